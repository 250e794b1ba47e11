"""Dates written for people in the languages of public broadcasters, with clocks of 12 and of 24 hours before and after them.

`dates.from_words` reads the common English and Spanish forms; what it does not find comes here, so that pages in English
do not pay for the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, tzinfo
from typing import NamedTuple

from scraper.extractor.patterns import lazily

MONTHS: dict[str, str] = {
    "en": "january february march april may june july august september october november december"
    " jan feb mar apr may jun jul aug sep oct nov dec sept",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    " ene feb mar abr may jun jul ago sep oct nov dic setiembre",
    "de": "januar februar märz april mai juni juli august september oktober november dezember"
    " jan feb mär apr mai jun jul aug sep okt nov dez jänner",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
    " janv févr mars avr mai juin juil août sept oct nov déc",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"
    " gen feb mar apr mag giu lug ago set ott nov dic",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
    " jan fev mar abr mai jun jul ago set out nov dez",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december"
    " jan feb mrt apr mei jun jul aug sep okt nov dec",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december"
    " jan feb mar apr maj jun jul aug sep okt nov dec",
    "no": "januar februar mars april mai juni juli august september oktober november desember"
    " jan feb mar apr mai jun jul aug sep okt nov des",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia"
    " sty lut mar kwi maj cze lip sie wrz paź lis gru",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря"
    " янв фев мар апр мая июн июл авг сен окт ноя дек",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
}
"""Months by language: twelve names, twelve short ones, others of September or January last."""
_LATE = {"sept": 9, "setiembre": 9, "jänner": 1}
_NUMBERS = {
    name: _LATE.get(name, place % 12 + 1) for names in MONTHS.values() for place, name in enumerate(names.split())
}
_NAMES = "|".join(sorted(map(re.escape, _NUMBERS), key=len, reverse=True))
_DAY = lazily(
    rf"\b(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|º|ª)?\.?\s+(?:de\s+|d['’]\s*)?(?P<m1>{_NAMES})\b\.?,?\s*(?:de\s+|del\s+)?(?P<y1>(?:19|20)\d\d)"
    rf"|\b(?P<m2>{_NAMES})\b\.?\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?P<y3>(?:19|20)\d\d)\s*[年년]\s*(?P<m3>\d{1,2})\s*[月월]\s*(?P<d3>\d{1,2})\s*[日일]"
    r"|\b(?P<y4>(?:19|20)\d\d)[-./](?P<m4>\d{1,2})[-./](?P<d4>\d{1,2})\b"
    r"|\b(?P<d5>\d{1,2})\.\s?(?P<m5>\d{1,2})\.\s?(?P<y5>(?:19|20)?\d\d)\b",
    re.I,
)
"""A day: by the month's name before or after it, in Chinese, Japanese or Korean, by numbers from year to day, or with
points from day to year. With slashes the order is anyone's guess, so those are not read."""
_CLOCK = lazily(
    r"(?:(?P<ahead>UTC|GMT|HKT)\s+)?(?<![\d.:])(?P<h>[01]?\d|2[0-4])(?:[:.h時时点]|\s?Uhr\s?)(?P<m>[0-5]\d)?(?:[:.分][0-5]\d)?(?![\d.:])\s*(?P<half>[apAP]\.?\s?[mM]\b\.?)?\s*(?:Uhr|uur|h\b|分)?"
    r"\s*(?P<zone>UTC|GMT|BST|MSK|МСК|HKT|CEST|CET|MEZ|MESZ|NZDT|NZST|AEDT|AEST|[ACEMP][SD]?T|AK[SD]?T|H[SD]?T)?(?![A-Za-z])"
)
_ZONES = {
    "BST": "+01:00", "MSK": "Europe/Moscow", "МСК": "Europe/Moscow", "HKT": "Asia/Hong_Kong", "CEST": "Europe/Berlin", "CET": "Europe/Berlin",
    "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin", "NZDT": "Pacific/Auckland", "NZST": "Pacific/Auckland", "AEDT": "Australia/Sydney", "AEST": "Australia/Brisbane",
}  # fmt: skip
_NEAR = 40
"""Characters between a day and its clock at most."""

COUNTRIES = {
    "at": "Europe/Vienna", "be": "Europe/Brussels", "ch": "Europe/Zurich", "cz": "Europe/Prague", "de": "Europe/Berlin", "dk": "Europe/Copenhagen",
    "ee": "Europe/Tallinn", "es": "Europe/Madrid", "fi": "Europe/Helsinki", "fr": "Europe/Paris", "gr": "Europe/Athens", "hk": "Asia/Hong_Kong",
    "ie": "Europe/Dublin", "it": "Europe/Rome", "jp": "Asia/Tokyo", "kr": "Asia/Seoul", "lt": "Europe/Vilnius", "lv": "Europe/Riga",
    "nl": "Europe/Amsterdam", "no": "Europe/Oslo", "nz": "Pacific/Auckland", "pl": "Europe/Warsaw", "pr": "America/Puerto_Rico", "se": "Europe/Stockholm",
    "sg": "Asia/Singapore", "tw": "Asia/Taipei", "ua": "Europe/Kyiv", "uk": "Europe/London",
}  # fmt: skip
"""Zones of countries that have one, by the last label of a host."""


class _Clock(NamedTuple):
    hour: int
    minute: int
    zone: str | None


def read(value: str, *, local: tzinfo | str | None = None) -> str | None:
    """The first day in a text, with its clock where one stands near and its zone is named or `local`; RFC 3339 in UTC, or
    a day.

    >>> read("Stand: 28.04.2023 17:23 Uhr", local="Europe/Berlin")
    '2023-04-28T15:23:00Z'
    >>> read("пятница, 6 января 2012 г., 02:14 GMT")
    '2012-01-06T02:14:00Z'
    """
    from scraper.extractor import dates

    for found in _DAY().finditer(value):
        day = _day(found)
        if day is None:
            continue
        for clock in _clocks(value, found.start(), found.end()):
            named = _ZONES.get(clock.zone, clock.zone) if clock.zone else None
            place = dates.zone(named) or (dates.zone(local) if isinstance(local, str) else local)
            if named and named.startswith("+"):
                return dates.from_iso(f"{day}T{clock.hour:02}:{clock.minute:02}:00{named}")
            return dates.from_iso(f"{day}T{clock.hour:02}:{clock.minute:02}:00", wall=place) or day.isoformat()
        return day.isoformat()
    return None


def zone_of(host: str | None) -> str | None:
    """The zone of the country that a host is in, where it has one alone.

    >>> zone_of("www1.wdr.de"), zone_of("wuft.org")
    ('Europe/Berlin', None)
    """
    return COUNTRIES.get(host.rpartition(".")[2].lower()) if host else None


def _day(found: re.Match[str]) -> date | None:
    parts = found.groupdict()
    number = next(n for n in "12345" if parts[f"y{n}"])
    year, month, day = parts[f"y{number}"], parts[f"m{number}"], parts[f"d{number}"]
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), _NUMBERS.get(month.lower()) or int(month), int(day))
    except ValueError:
        return None


def _clocks(value: str, start: int, end: int) -> Iterator[_Clock]:
    """Clocks near a day: those after it before those ahead of it."""
    ahead = max(0, start - _NEAR)
    after = list(_CLOCK().finditer(value, end, end + _NEAR))
    for found in [*after, *reversed(list(_CLOCK().finditer(value, ahead, start)))]:
        half = (found["half"] or "").lower()
        hour = int(found["h"]) % (12 if half else 24) + (12 if half.startswith("p") else 0)
        if found["m"] is not None or half:
            yield _Clock(hour, int(found["m"] or 0), found["zone"] or found["ahead"])
