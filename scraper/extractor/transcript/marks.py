"""What stands between the words of a transcript: sounds, stage directions, corrections, notices."""

from __future__ import annotations

import re

from scraper.extractor.patterns import lazily

_SOUNDBITE = r"\((?i:soundbite)\b(?:[^()]|\([^()]{0,80}\)){0,300}\)\.?"
_CLIP = r"\((?:(?:BEGIN|END)\b[^()a-z]{0,40}|COMMERCIAL BREAK)\)"
_NOTE = (
    r"\[(?:(?i:post-? ?(?:broadcast|publication)|editor['’]s note)|CORRECTION|CLARIFICATION)"
    r"(?:[^\[\]]|\[[^\[\]]{0,80}\]){0,3000}(?:\]|$)"
)
_COPYRIGHT = (
    r"(?:Copyright\s+(?:©\s*|\(c\)\s*)?|©\s*)(?:19|20)\d\d [^\n]{1,80}?"
    r"(?:\.(?=\s+(?:All|To|Visit|NPR|Acc|[A-Z]{3})|\s*$)|$)(?:\s+All [Rr]ights [Rr]eserved\.?)?"
    r"(?:\s+Visit our website[^\n]{0,140}?information\.)?(?:\s+To see more, visit \S+(?: \.)?)?"
)
_NPR_COPYRIGHT = (  # the wording behind the year has changed often; it ends before a label
    r"Copyright\s+(?:©\s*|\(c\)\s*)?(?:19|20)\d\d,? (?:NPR|National Public Radio)\b"
    r"(?:(?!\s[A-Z][A-Z.'’\-]+[\s,:])[^\n])*"
)
_NOTICE = (
    r"(?:^|(?<=[.!?)\]…\"”’'] )|(?<=[)\]]))(?:"
    r"Transcript provided by NPR, Copyright (?:NPR|National Public Radio|\d{4} NPR)\.?"
    rf"|{_NPR_COPYRIGHT}|{_COPYRIGHT}"
    r"|Visit our website terms of use(?:[^\n]{0,140}?information\.|[^\n]{0,140}(?=\s|$))"
    r"|NPR transcripts are (?:created|produced) on [^\n]*"
    r"|This text may not be in its final form[^\n]*"
    r"|Accuracy and availability of NPR transcripts[^\n]*)"
)
_MARK = lazily(rf"(?P<sound>{_SOUNDBITE}|{_CLIP})|(?P<note>{_NOTE})|(?P<footer>{_NOTICE})")
_WHOLE = lazily(r"(?:\((?:[^()]|\([^()]{0,80}\)){1,200}\)\.?\s*)+")
_GROUP = lazily(r"\((?:[^()]|\([^()]{0,80}\)){1,200}\)\.?")
_CUE_AT = lazily(r" ?(\((?:[^()]|\([^()]{0,80}\)){1,120}\))(\.(?!\.))?")
_LAST = lazily(r"(?<=[.!?…\"”’'\-–—)\]])\s+\([^()a-z]{5,200}\)\.?$")
_FIRST = lazily(r"\([^()a-z]{5,200}\)\.?\s+")
_TAPE_ON = lazily(r"\(\s*(?:soundbite(?! of (?:laughter|applause|cheering|cheers|crosstalk)\b)|begin)\b", re.I)
_TAPE_OFF = lazily(r"\(\s*(?:end|commercial)\b", re.I)
_SPOKEN = frozenset("ph sic unintelligible inaudible crosstalk".split())
_CUE_WORDS = frozenset(
    "ph sic unintelligible inaudible crosstalk laughter laughs laughing chuckles through via as in non-english foreign"
    " applause sighs gasps whistles coughs sobs beep bell imitates imitating mimics mimicking vocalizes sniffles"
    " untranslated voiceover voice-over off-mic reading singing speaking rapping chanting whispering shouting crying"
    " phonetic bleep on off spanish french arabic".split()
)
_NOT_CUES = frozenset(
    "during nothing something anything everything king spring morning evening according including regarding being"
    " having concerning depending considering following assuming".split()
)
_MARKER = lazily(
    r"(?:(?:read|view|see|click|here is|here's|below is|full|complete|rush|audio|radio|interview|episode|story|show"
    r"|edited|the|a|an|web|video|raw|lightly)\s+){0,5}(?:transcripts|(?:transcript|transcripci[oó]n)"
    r"(?: (?:of|from|for) [^.!?]{1,60})?)(?: (?:below|here))?\s*[:.]?",
    re.I,
)
_ANNOUNCED = lazily(r"(?:transcript\s*:\s+)+(?=\S)", re.I)
_REMARKS = (
    *("This ", "The ", "Editor", "Producer", "Publisher", "Correction", "Clarification", "Web ", "Digital ", "Radio "),
    *(
        "Transcript",
        "Story",
        "Audio",
        "Edited",
        "Produced",
        "Adapted",
        "EDITOR",
        "PRODUCER",
        "CORRECTION",
        "CLARIFICATION",
    ),
)
"""How a written remark begins: a cheap look before the pattern."""
_AFTERWORD = lazily(
    r"(?:(?:This|The) (?:\w+ ){0,2}(?:interview|conversation|transcript|story|piece|segment|episode|version)"
    r" (?:above |below )?(?:was|has been|is|were|may)\b[^.]{0,60}?\b(?:edited|condensed|produced|adapted|abridged"
    r"|generated|created|updated|transcribed|translated|corrected|supported|contain errors"
    r"|automat\w+|machine\w*|computer\w*)\b"
    r"|(?:This|The) (?:audio|broadcast|web|radio|digital) (?:version|story|piece)\b"
    r"|(?:Editor|Producer|Publisher)['’]s note\b|Correction\b|Clarification\b|(?:Web|Digital|Radio) (?:story|version)\b"
    r"|(?:Transcript|Story|Audio|Edited|Produced|Adapted)(?: \w+){0,3} by )",
    re.I,
)
_SHOW = lazily(
    r"[“\"][A-Z][^“”\"]{2,50}[”\"] (?:brings (?:you|listeners)|is (?:a production|produced|hosted|edited)|airs)\b"
)
_REMARK = lazily(
    r"\b(?:interview|conversation|transcript|discussion|exchange|excerpts?)\b[^.!?]{0,40}"
    r"\b(?:has been|have been|was|were|is|are)\b(?: \w+ly)? (?:edited|condensed)\b",
    re.I,
)

Piece = tuple[str, str]
"""(kind, text): kind is words, sound, note, footer or marker ("Transcript:" before the words that it announces)."""


def split(line: str) -> list[Piece]:
    """One line in its pieces, in order; nothing is lost but the white space between them.

    >>> split("So did we all. (SOUNDBITE OF MUSIC) Copyright 2011 NPR.")
    [('words', 'So did we all.'), ('sound', '(SOUNDBITE OF MUSIC)'), ('footer', 'Copyright 2011 NPR.')]
    """
    if line[:10].lower() == "transcript" and (found := _ANNOUNCED().match(line)):
        return [("marker", found[0].strip()), *split(line[found.end() :])]
    if line[:1] == "(" and _WHOLE().fullmatch(line) and is_sound(line):
        return [("sound", found.strip()) for found in _GROUP().findall(line)]
    if not _may_hold_mark(line):
        return _peel(line) if "(" in line else [("words", line)]
    pieces: list[Piece] = []
    at = 0
    for found in _MARK().finditer(line):
        if not found[0].strip():
            continue
        _add_words(pieces, line[at : found.start()])
        pieces.append((found.lastgroup or "words", found[0].strip()))
        at = found.end()
    _add_words(pieces, line[at:])
    return pieces


def first_words(line: str) -> str:
    """The first words of a line, behind the sounds and notices that stand before them; empty where there are none."""
    if line[:1] != "(" and line[:10].lower() != "transcript" and not _may_hold_mark(line):
        return line
    return next((text for kind, text in split(line) if kind == "words"), "")


def _may_hold_mark(line: str) -> bool:
    """Plain look-ups, many times cheaper than the pattern that they spare."""
    if "(" in line and (
        "OUNDBITE" in line or "oundbite" in line or "(BEGIN" in line or "(END" in line or "(COMM" in line
    ):
        return True
    if "[" in line or "opyright" in line or "©" in line:
        return True
    return "NPR tr" in line or "website terms" in line or "final form" in line


def _add_words(pieces: list[Piece], text: str) -> None:
    text = text.strip()
    if text:
        pieces.extend(_peel(text))


def _peel(text: str) -> list[Piece]:
    """Sounds in capitals at the start and the end of a run of words: "It was. (APPLAUSE)"."""
    if text[:1] == "(" and _WHOLE().fullmatch(text) and is_sound(text):
        return [("sound", found.strip()) for found in _GROUP().findall(text)]
    before: list[Piece] = []
    after: list[Piece] = []
    while text[:1] == "(" and (found := _FIRST().match(text)) and found[0].isupper() and is_sound(found[0].strip()):
        before.append(("sound", found[0].strip()))
        text = text[found.end() :]
    while ")" in text[-2:]:
        found = _LAST().search(text, max(0, len(text) - 240))
        if not found or not found[0].isupper() or not is_sound(found[0].strip()):
            break
        after.append(("sound", found[0].strip()))
        text = text[: found.start()]
    return [*before, ("words", text), *reversed(after)] if text else [*before, *reversed(after)]


def is_sound(group: str) -> bool:
    """A bracket that stands for itself: short, no sentence, not a mark of unclear speech."""
    inner = group.strip(" .()").lower()
    return (
        bool(inner)
        and (inner not in _SPOKEN or group.strip(" .") == "(CROSSTALK)")
        and len(group) <= 400
        and (group.isupper() or (len(inner.split()) <= 12 and ". " not in inner))
    )


def starts_tape(sound: str) -> bool:
    """Does the sound open a recording (SOUNDBITE, BEGIN VIDEO CLIP)? Laughter and applause are heard in the room."""
    return _TAPE_ON().match(sound) is not None


def ends_tape(sound: str) -> bool:
    return _TAPE_OFF().match(sound) is not None


def is_correction(note: str) -> bool:
    return "correction" in note[:40].lower() or "clarification" in note[:40].lower()


def is_marker(text: str) -> bool:
    """The line or heading that announces a transcript.

    >>> is_marker("Transcript:"), is_marker("Read the full transcript"), is_marker("Transcripts lie")
    (True, True, False)
    """
    return len(text) <= 90 and "ranscrip" in text.lower() and _MARKER().fullmatch(text) is not None


def is_afterword(text: str) -> bool:
    """A written remark on the interview or the story, as it stands below a transcript."""
    if text[:1] in ("“", '"'):
        return _SHOW().match(text) is not None
    return text.startswith(_REMARKS) and _AFTERWORD().match(text) is not None


def is_remark(text: str) -> bool:
    """A sentence that says how the interview below was made ready: written, whatever stands around it."""
    return len(text) < 400 and ("edited" in text or "condensed" in text) and _REMARK().search(text) is not None


def take_cues(text: str) -> tuple[str, list[str]]:
    """The words without their stage directions, and these as shown. A turn that is nothing else keeps them.

    >>> take_cues("(Laughter) My fern, Sanjay (ph), likes it.")
    ('My fern, Sanjay, likes it.', ['(Laughter)', '(ph)'])
    """
    if "(" not in text:
        return text, []
    cues: list[str] = []

    def one(found: re.Match[str]) -> str:
        if not _is_cue(found[1][1:-1]):
            return found[0]
        cues.append(found[1])
        before = text[max(0, found.start() - 4) : found.start()].rstrip()[-1:]
        return "" if before in '.!?…"” ' else found[2] or ""

    bare = _CUE_AT().sub(one, text)
    if not cues:
        return text, []
    bare = "\n".join(line for line in (line.strip() for line in bare.split("\n")) if any(map(str.isalnum, line)))
    return bare or text, cues


def _is_cue(inner: str) -> bool:
    parts = inner.split()
    if not parts or len(parts) > 8:
        return False
    first = parts[0].lower().strip(",.;:")
    if inner.isupper():
        return len(first) > 1
    if first in _CUE_WORDS:
        return parts[0][0].isupper() or len(parts) <= 3 or first in ("imitating", "mimicking")
    if parts[-1].lower() in ("spoken", "language"):
        return True
    return parts[0][0].isupper() and first.endswith("ing") and first not in _NOT_CUES
