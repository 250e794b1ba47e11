"""Given dates in the words of many languages, when read, then the moment comes out, or the day without a zone."""

from __future__ import annotations

import pytest

from scraper.extractor import dates, datewords

BERLIN = "Europe/Berlin"


@pytest.mark.parametrize(
    ("value", "local", "want"),
    [
        ("Stand: 28.04.2023 17:23 Uhr", BERLIN, "2023-04-28T15:23:00Z"),
        ("Veröffentlicht am 27.12.24 um 07:39 Uhr", BERLIN, "2024-12-27T06:39:00Z"),
        ("22. März 2024, 6:00 Uhr", BERLIN, "2024-03-22T05:00:00Z"),
        ("22. März 2024, 6:00 Uhr", None, "2024-03-22"),
        ("пятница, 6 января 2012 г., 02:14 GMT 06:14 MCK", None, "2012-01-06T02:14:00Z"),
        ("28 ноября 2011, 16:04", "Europe/Moscow", "2011-11-28T12:04:00Z"),
        ("Publié le 1er août 2012 à 14h30", "Europe/Paris", "2012-08-01T12:30:00Z"),
        ("12 de março de 2021", None, "2021-03-12"),
        ("10. desember 2019 kl. 14.30", "Europe/Oslo", "2019-12-10T13:30:00Z"),
        ("2012年1月17日 20:00", "Asia/Taipei", "2012-01-17T12:00:00Z"),
        ("2012-01-12 HKT 15:15", None, "2012-01-12T07:15:00Z"),
        ("02:00 GMT, Monday, 11 January 2010", None, "2010-01-11T02:00:00Z"),
        ("Saturday, 14 May 2005, 14:17 GMT 15:17 UK", None, "2005-05-14T14:17:00Z"),
        ("11 January 2012 Last updated at 02:29 GMT", None, "2012-01-11T02:29:00Z"),
        ("Published: 9:58AM Thursday January 12, 2012", "Pacific/Auckland", "2012-01-11T20:58:00Z"),
        ("Posted: Jan 11, 2012 11:32 AM MT", None, "2012-01-11T18:32:00Z"),
        ("Posted: Jul 11, 2012 12:05 AM ET", None, "2012-07-11T04:05:00Z"),
        ("31.02.2024", BERLIN, None),
        ("03/04/2024", BERLIN, None),
        ("The films of 2001", None, None),
        ("Ergebnis 2:1, 3.4", BERLIN, None),
    ],
)
def test_words(value: str, local: str | None, want: str | None) -> None:
    assert datewords.read(value, local=local) == want


def test_the_common_reader_hands_over_what_it_does_not_know() -> None:
    assert dates.from_words("22. März 2024, 6:00 Uhr", local=BERLIN) == "2024-03-22T05:00:00Z"
    assert dates.from_words("January 12, 2012 23:39:46", local="Australia/Sydney") == "2012-01-12T12:39:00Z"


def test_slashes_from_year_to_day() -> None:
    assert dates.from_iso("2012/01/11 02:29:24", naive="UTC") == "2012-01-11T02:29:24Z"


@pytest.mark.parametrize(
    ("host", "want"),
    [
        ("www1.wdr.de", BERLIN),
        ("www.rnz.co.nz", "Pacific/Auckland"),
        ("wuft.org", None),
        ("cbc.ca", None),
        (None, None),
    ],
)
def test_a_country_with_one_zone_tells_it(host: str | None, want: str | None) -> None:
    assert datewords.zone_of(host) == want
