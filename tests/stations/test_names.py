"""What bylines and copyright notices call a station leads to it; other people's names do not."""

from __future__ import annotations

import re

import pytest

from scraper import stations
from scraper.stations import table
from scraper.stations.names import fold


@pytest.mark.parametrize(
    ("text", "domain"),
    [
        ("WUFT", "wuft.org"),
        ("WUFT-FM", "wuft.org"),
        ("WUFT News", "wuft.org"),
        ("KERA News", "keranews.org"),
        ("KERA", "keranews.org"),
        ("North Carolina Public Radio", "wunc.org"),
        ("north  carolina public radio", "wunc.org"),
        ("Radio IQ", "wvtf.org"),
        ("Northwest Public Broadcasting", "nwpb.org"),
        ("The Ohio Statehouse News Bureau", "statenews.org"),
        ("Statehouse News Bureau", "statenews.org"),
        ("89.3 KPCC", "laist.com"),
        ("WUSF Public Media", "wusf.org"),
        ("90.5 WESA", "wesa.fm"),
        ("WAMC/Northeast Public Radio", "wamc.org"),
        ("Hawaii Public Radio", "hawaiipublicradio.org"),
        ("Hawai‘i Public Radio", "hawaiipublicradio.org"),
        ("GBH News", "wgbh.org"),
        ("WGBH", "wgbh.org"),
        ("WFPL", "lpm.org"),
        ("The Public’s Radio", "oceanstatemedia.org"),
        ("KPLU", "knkx.org"),
        ("WILL", "will.illinois.edu"),
    ],
)
def test_name_leads_to_the_station(text: str, domain: str):
    entry = stations.by_name(text)
    assert entry is not None
    assert entry.domain == domain


@pytest.mark.parametrize(
    "text",
    [
        "NPR",
        "NPR News",
        "KFF Health News",
        "Mountain West News Bureau",
        "WHO",
        "Will",
        "know",
        "KUT and KUTX",
        "WUSF fan club",
        "Kansas",
        "Associated Press",
        "Public Radio",
        "",
    ],
)
def test_other_names_lead_nowhere(text: str):
    assert stations.by_name(text) is None


def test_call_sign_is_in_capitals():
    assert stations.by_call("WUFT").domain == "wuft.org"
    assert stations.by_call(" KUT-HD2 ").domain == "kut.org"
    assert [stations.by_call(word) for word in ("wuft", "Will", "WUFT News", "WZZZ", "NPR", "")] == [None] * 6


def test_call_sign_of_two_lines_is_the_station_that_bears_it():
    assert stations.by_call("WBST").domain == "indianapublicradio.org"
    assert stations.by_call("WBSB").domain == "895thenote.org"


def test_every_name_is_one_station_s():
    named: dict[str, str] = {}
    for entry in table.entries():
        for name in {fold(text).removeprefix("the ") for text in (entry.name, *entry.other_names)}:
            assert named.setdefault(name, entry.domain) == entry.domain, name


def test_a_call_sign_as_name_is_the_station_s_own():
    for entry in table.entries():
        for name in (entry.name, *entry.other_names):
            if re.fullmatch(r"[KW][A-Z]{3}", name) and stations.by_call(name):
                assert stations.by_call(name) == entry, name
