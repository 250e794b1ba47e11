"""Is a line after a picture's credit its caption, or already the story's first sentence?

Plain text does not tell the two apart, so their language has to: captions stay in the present, say where and on which
date, and are short; first sentences report, look back, name a weekday, and the next paragraph goes on from them. The
weights were set on some 300 captions and first paragraphs of news pages; at `ENOUGH` nine of ten fall right.
"""

from __future__ import annotations

import re
from functools import cache

import msgspec

from scraper.extractor.text import words

ENOUGH = 3
"""Points from which a line after sure credits is a caption."""
_MONTHS = (
    r"(?:Jan(?:uary|\.)|Feb(?:ruary|\.)|March|April|May|June|July|Aug(?:ust|\.)|Sept(?:ember|\.)|Oct(?:ober|\.)"
    r"|Nov(?:ember|\.)|Dec(?:ember|\.))"
)
_DAY = r"\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"


class _Sign(msgspec.Struct, frozen=True):
    points: int
    pattern: str
    flags: int = 0


_ANYWHERE = (
    _Sign(5, r"^(?:From|At) (?:left|right|top)\b"),
    _Sign(2, r"\b[a-z]{3,}s (?:from|up|down|over|through|past|along|into|across|toward)\b"),
    _Sign(3, r"\((?:[^()]*/[^()]*|AP Photo[^()]*|[Pp]hoto[^()]*)\)\.?$|^FILE\b|\bfile photo\b"),
    _Sign(3, rf"{_MONTHS} \d|\bin {_MONTHS}|\b(?:19|20)\d\d\b"),
    _Sign(2, r"\b(?:pictured|shown|seen here|left|right|center|from left|pos(?:es?|ing)|stand(?:s|ing)?|sit(?:s|ting)?"
             r"|walk(?:s|ing)?|speak(?:s|ing)?|looks?|hold(?:s|ing)?|waits?|works?|plays?|perform(?:s|ing)?|gathers?"
             r"|attends?|hang(?:s|ing)?|lies?|rests?|covers?|prepares?|wear(?:s|ing)?|carr(?:y|ies)|rides?|watch(?:es)?"
             r"|greets?|outside|in front of|photo|image|above|below|view of|map|chart|rendering)\b", re.I),
    _Sign(-2, r"\b\w+(?:n['’]t|['’]ve|['’]re|['’]ll)\b|\b(?:it|that|what|there|he|she)['’]s\b", re.I),
)  # fmt: skip
_FIRST_SENTENCE = (
    _Sign(-6, r"^[A-Z][A-Z .'’]{3,}(?:, [A-Z][\w. ]{1,15})?(?: \(.{2,12}\))? ?(?:—|–|--|-) "),
    _Sign(-4, r"^(?:They|It|It['’]s|He|She|We|I|You|There|Imagine|His|Her|Their|Nobody|Somebody|Everybody|No one)\b"),
    _Sign(-3, r"^(?:At|On|In|By|Since|Every|For|Last|This|Until|Before|After|When|If|From|During|About|Nearly|Almost"
              r"|Once|Some|Now|As|What|Why|How|Who|Six|Welcome) "),
    _Sign(-3, r"(?<!who )(?<!which )(?<!that )(?<!where )(?<!is )(?<!are )\b(?:said|says|say|according to|announce[ds]"
              r"|will|would|plans? to|wants? to|voted|approved|told|could|can|can['’]t|may|asked|ordered|ruled)\b"),
    _Sign(-3, r"\b(?:is|are|was|were) (?:\w+ )?(?!being|standing|sitting|wearing|holding|seen|pictured)\w{2,}ing\b"),
    _Sign(-3, r"(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!\bbeen )\b[a-z]{3,}ed\b"),
    _Sign(-2, r"\b(?:has|have|had) (?:\w+ )?(?:\w+ed|been|become|taken|begun|gone|grown|fallen|found|come|made)\b"),
    _Sign(-2, r"\b(?:but|because|after|while|even|more than|fewer than|first time|one of the|nobody|until|than)\b"),
    _Sign(-3, r"\b(?:now|also|still|meanwhile|however|instead|again)\b|\bthat \w+\.?$"),
    _Sign(-2, r"\$|\b(?:percent|million|billion)\b"),
)  # fmt: skip
_ENDS_IN_A_DAY = rf"\bon {_DAY}(?: \w+)?(?:, .{{3,20}})?\.$"
_PLACE = r"\b(?:at|on|in|near|outside|beside|under|over|above|behind) (?:the|a|an|[A-Z])"
_RESUMES = (
    r"(?:He|She|They|His|Her|Their|But|And|That|Those|These|So|Now|It|This|Most|Both|Neither|Instead|Still|Then)\b"
)
_NAME = r"\b[A-Z][\w'’.-]+(?: [A-Z]\.)? (?:[A-Z][\w'’-]+ )?[A-Z][\w'’-]+\b"


def is_caption(text: str, *, alt: str | None = None, following: str | None = None, enough: int = ENOUGH) -> bool:
    """True for a caption. `alt` is the picture's alternative text, `following` the paragraph that comes next: there a
    caption's person is named in full once more, a first sentence's is not.

    >>> is_caption("A wolf in Yellowstone National Park.", following="A judge has restored protections for wolves.")
    True
    >>> is_caption("A judge restored protections on Thursday.", following="The ruling came after a long fight.")
    False
    """
    return _weigh(text, alt, following) >= enough


def _weigh(text: str, alt: str | None, following: str | None) -> int:
    first = re.split(r"(?<=[a-z0-9)][.?!]) (?=[A-Z\"“])", text, maxsplit=1)[0]
    score = sum(sign.points for sign in _ANYWHERE if _compiled(sign.pattern, sign.flags).search(text))
    score += sum(sign.points for sign in _FIRST_SENTENCE if _compiled(sign.pattern, sign.flags).search(first))
    count = len(text.split())
    score += 3 if text[-1] not in '.?!"”…' else 0
    score += 3 if count <= 14 else -3 if count > 30 else 0
    score -= 2 if count <= 6 and text[-1] in ".?!" else 0
    score += 3 if count < 22 and _compiled(_PLACE).search(text) else 0
    score -= 4 if _compiled(_DAY).search(first) and not _compiled(_ENDS_IN_A_DAY).search(first) else 0
    score += 4 if alt and alike(text, alt) else 0
    if following:
        names = {" ".join(name.split()[-2:]) for name in _compiled(_NAME).findall(text)}
        score += 5 if any(name in following for name in names) else 0
        score -= 3 if _compiled(_RESUMES).match(following) else 0
        score -= 2 if following[0] in '"“' else 0
    return score


def alike(text: str, alt: str) -> bool:
    """A good part of all words, or half of the telling ones (two at least), are the same."""
    mine, other = set(words(text)), set(words(alt))
    telling = {word for word in other if len(word) > 3}
    shared = mine & telling
    return len(mine & other) > 0.35 * len(mine | other) or (len(shared) >= 2 and len(shared) >= 0.5 * len(telling))


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(pattern, flags)
