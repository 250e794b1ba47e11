"""Words that the label reader weighs: offices, roles, strangers, and what stands before a colon but is nobody's name.

Data only. All entries are in lower case with straight apostrophes and without full stops, as `names.key` makes them.
"""

from __future__ import annotations


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


ROLES: dict[str, str] = {
    **dict.fromkeys(("host", "hosts", "co-host", "cohost", "guest host", "anchor", "co-anchor", "moderator"), "host"),
    **dict.fromkeys(("presenter", "substitute host"), "host"),
    **dict.fromkeys(("byline", "reporter", "reporting", "correspondent", "bylines"), "reporter"),
}
"""What may follow a name after a comma, and the role of the record that it stands for."""

OFFICES = _set(
    "mr mrs ms miss mx pres dr prof professor sen senator rep representative congressman congresswoman president vice "
    "former gov governor rev reverend gen general secretary attorney judge justice chief mayor sheriff capt captain "
    "lt lieutenant col colonel maj major sgt sergeant officer deputy detective father sister brother rabbi imam "
    "bishop archbishop cardinal pope king queen prince princess prime minister ambassador amb commander cmdr admiral "
    "adm sir dame lord lady coach dean superintendent commissioner delegate councilman councilwoman councilmember "
    "undersecretary assistant private corporal cpl spc specialist staff special agent inspector petty master chairman "
    "chairwoman chancellor assemblyman assemblywoman speaker premier ret pfc ltjg hon honorable magistrate solicitor "
    "first state"
)
"""Offices and courtesies that stand before a name, in mixed case ("Mr. DOWD", "Secretary of State ANN POE")."""

OFFICES_IN_CAPITALS = _set(
    "mr mrs ms dr prof professor sen senator rep representative congressman congresswoman president gov governor rev "
    "gen lt col sgt capt amb ambassador secretary adm cmdr maj cpl former mayor sheriff lieutenant captain colonel "
    "sergeant admiral commander commissioner superintendent councilman councilwoman councilmember assemblyman "
    "assemblywoman rabbi imam reverend archbishop"
)
"""Those that are taken off a label wholly in capitals, where a given name could look like an office."""

_ONE_OFFICE = {
    **dict.fromkeys(("mrs", "miss"), "ms"),
    **{"professor": "prof", "senator": "sen", "representative": "rep", "governor": "gov", "president": "pres"},
    **{"reverend": "rev", "general": "gen", "captain": "capt", "lieutenant": "lt", "colonel": "col", "sergeant": "sgt"},
    **{"ambassador": "amb", "commander": "cmdr", "admiral": "adm", "major": "maj"},
}


def office(word: str) -> str:
    """One spelling of an office: "Mrs." and "Ms.", "Senator" and "SEN." are the same."""
    small = word.lower().strip(".,")
    return _ONE_OFFICE.get(small, small)


PARTICLES = _set(
    "and of the de del della der den von van al el bin ibn bint y e da das dos do la las los du di ten ter"
)

SUFFIXES = _set("jr sr ii iii iv v md phd esq")

STRANGERS = _set(
    "announcer narrator crowd audience chorus choir group protesters protestors translator interpreter caller "
    "operator dispatcher interviewer reporter demonstrators children students singers musicians congregation"
)
"""Labels of one word that name no person."""

STRANGER_HEADS = _set(
    "unidentified ai-generated computer-generated computerized automated recorded synthesized robotic electronic"
)
"""First words of labels that name no person ("UNIDENTIFIED PERSON #2", "AI-GENERATED VOICE")."""

MACHINE_NOUNS = _set("voice voices recording announcement announcer message")

NEVER_IN_NAMES = _set(
    "what what's who who's when where where's why how how's which the this that these those things know we we're you "
    "you're your our their its my mine his her ours it's is isn't are aren't was were for from with about updated "
    "transcript correction clarification challenge answers questions ingredients tickets photos headlines takeaways "
    "takeaway here here's there there's if or not don't doesn't didn't can can't should would could have has had "
    "because after before more's week's today's"
)
"""Words of headings and notices: no name holds one (unless a role follows the name)."""

NO_NAMES = frozenset(
    {
        *_set(
            "note notes update updates correction corrections clarification transcript music credits listen watch "
            "read related more photos photo video videos audio q a question answer questions answers source sources "
            "alert breaking bonus who what when where why how cost costs price prices tickets admission location date "
            "dates time times place phone email e-mail address hours website web fax contact contacts info "
            "information rsvp details directions claim claims fact facts myth myths true false verdict rating ruling "
            "before after pro con pros cons yes no for against winner winners loser losers win loss score final highs "
            "lows hi lo warning caution danger tip tips age occupation party education experience family hometown "
            "residence district office endorsements background monday tuesday wednesday thursday friday saturday "
            "sunday today tonight tomorrow yesterday weekend morning afternoon evening overnight noon midnight "
            "breakfast lunch dinner dessert artist album song track label title author genre composer conductor "
            "performer publisher year pages length director cast writer producer producers editor editors engineer "
            "engineers runtime studio network ingredients directions method serves yield prep cook total makes sugar "
            "butter salt flour water filling dough sauce republican republicans democrat democrats democratic "
            "independent independents libertarian gop total totals summary background context analysis opinion "
            "editorial commentary review reviews challenge solution solutions puzzle hint clue category categories "
            "step steps part chapter section act scene episode season series volume north south east west city state "
            "county nation world local national international politics business sports weather traffic news headline "
            "headlines teaser tease promo interview interviews segment story stories exclusive developing live "
            "editors editor's dateline byline spoiler disclosure disclaimer copyright problem result results findings "
            "conclusion bottom-line takeaway takeaways lesson lessons plaintiff defendant petitioner respondent "
            "exhibit charge charges sentence"
        ),
        *(
            "editor's note|editors' note|producer's note|publisher's note|read more|see also|more information|to serve"
            "|breaking news|bottom line|last week|next week|fun fact|full disclosure|trigger warning|content warning"
            "|on air|web extra|web only|extra credit|prep time|cook time|total time|age group|date and time|new york"
            "|los angeles|san francisco|san diego|san antonio|salt lake city|oklahoma city|las vegas|new orleans"
            "|st louis|mexico city|hong kong|tel aviv|gaza city|vatican city|united nations|united states|white house"
            "|supreme court|north carolina|south carolina|new mexico|new jersey|new hampshire|west virginia"
            "|north dakota|south dakota|mr|mrs|ms|dr"
        ).split("|"),
        *_set(
            "washington atlanta baltimore boston chicago cincinnati cleveland denver detroit honolulu houston "
            "indianapolis miami milwaukee minneapolis philadelphia pittsburgh seattle sacramento beijing berlin "
            "brussels cairo geneva havana islamabad jerusalem kabul kyiv kiev london madrid moscow paris rome tehran "
            "tokyo baghdad beirut damascus seoul taipei delhi nairobi johannesburg"
        ),
    }
)
"""Whole labels that are nobody, unless an earlier full label ends with the word (ABEL WASHINGTON ... WASHINGTON:)."""

OUTLETS = _set("npr pbs bbc cbc cnn ap nbc cbs abc msnbc c-span voa pri prx apm afp upi reuters propublica marketplace")
"""Newsrooms that sign their own questions in a printed interview."""

ASKERS = _set("q a question answer interviewer")

CALL_LETTER_NAMES = _set(
    "king kent kane kahn katz kaur keen kern kerr keys kemp kidd kirk klee klum knox koch kohn kohl kuhn kurt kyle "
    "kate katy karl kara khan kian kim kay kip ken kwok kwon kang karp wade ward webb west wood wolf wong wang weil "
    "weir weld will winn wise witt wren wynn wyle watt wahl walz way wei wen wes woo wray wall ware wick wild wolk "
    "wirt wyly wynn"
)
"""People's names of three or four letters that would read as call letters."""

COMMON = _set(
    "a an and the but so or for nor yet if when while then than that this these those there here he she it they we "
    "you i his her its their our your my who what why how where which is was are were be been do does did has have "
    "had can could will would shall should may might must not no yes well now today tonight yesterday thanks thank hi "
    "hello hey good morning afternoon evening night welcome dear with without from to of in on at by as about after "
    "before because since until one two three another each every some many most all both either neither only even "
    "still also just again once ask asks says said say according earlier later mr mrs ms dr sen rep gov gen president "
    "senator professor sir reporter correspondent host saint st aunt uncle sister brother father mother little old "
    "young big poor late former new thing things question answer point part step example note first second third last "
    "next like even though although unlike whether maybe perhaps meanwhile however instead joining reporting let "
    "let's that's it's i'm he's she's"
)
"""Words that may stand before a surname in running speech without being a given name."""

MAC_NAMES = _set(
    "macarthur macaulay macdonald macdougall macfarlane macgregor macinnes macintosh macintyre maciver mackinnon "
    "mackenna maclachlan maclaren maclaughlin maclean macleod macmillan macnair macnamara macneil macneill macniven "
    "macphail macpherson macqueen macrae mactavish mactaggart macwhirter macgillis maccallum maccormack macauliffe "
    "macleish"
)
"""Names in which the letter after Mac is a capital; the many others (Mack, Macron, Macy) have a small one."""

INNER_CAPITALS: dict[str, str] = {
    word.lower(): word
    for word in (
        "DeSantis DeVos DeJoy DeWine DeGeneres DeLauro DeFazio DeSoto DeLillo DeMarco DeRosa DeNiro DiCaprio DiMaggio "
        "DiAngelo DuBois LeBron LeBlanc LaBelle LaHood LaPierre LaPook LaMalfa LaGuardia LoBiondo VanDyke FitzGibbon"
    ).split()
}

NOBODY = NO_NAMES | OUTLETS | ASKERS
"""All labels that are nobody by themselves."""
