"""``scraper stations WORD`` and did-you-mean."""

from __future__ import annotations

import pytest

from scraper import stations


def domains(word: str) -> list[str]:
    return [entry.domain for entry in stations.find(word)]


@pytest.mark.parametrize(
    "word", ["wunc.org", "www.wunc.org", "WUNC", "wunc", "Chapel Hill", "chapel", "North Carolina Public Radio"]
)
def test_host_call_sign_name_and_city_find_the_station(word: str):
    assert domains(word) == ["wunc.org"]


def test_exact_match_comes_first():
    assert domains("kut") == ["kut.org", "kutx.org", "ksut.org"]
    assert domains("WVPB") == ["wvpublic.org"]


def test_state_by_code_and_by_name():
    oregon = ["ijpr.org", "klcc.org", "kmhd.org", "opb.org"]
    assert sorted(domains("OR")) == sorted(domains("oregon")) == oregon
    kansas = domains("KS")
    assert "kmuw.org" in kansas
    assert "kcur.org" not in kansas
    assert set(domains("Kansas")[: len(kansas)]) == set(kansas), "the state, then Kansas City"
    assert "kcur.org" not in domains("in"), "two letters are a state, never a piece of a word"


def test_words_find_as_a_phrase_or_each_by_itself():
    assert domains("Kansas City") == ["bridge909.org", "kcur.org"]
    assert domains("Portland, OR") == ["kmhd.org", "opb.org"]
    assert domains("wvxu cincinnati") == ["wvxu.org"]


def test_case_and_accents_do_not_count():
    assert domains("HAWAIʻI") == domains("hawaii") == ["hawaiipublicradio.org"]
    assert domains("hagatna") == domains("Hagåtña") == ["islapublic.org"]


def test_alias_and_licensee_s_other_call_sign_find_the_station():
    assert domains("scpr.org") == ["laist.com"]
    assert domains("WFPL") == ["lpm.org"]


def test_no_word_lists_all_and_a_strange_word_none():
    assert domains("") == domains("  ") == list(stations.hosts())
    assert domains("zzz") == []


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("wunk.org", "wunc.org"),
        ("kcur", "kcur.org"),
        ("WUNC", "wunc.org"),
        ("WUNK", "wunc.org"),
        ("bpr.com", "bpr.org"),
        ("https://www.kqde.org/news", "kqed.org"),
        ("michiganpublik.org", "michiganpublic.org"),
        ("iowa public radio", "iowapublicradio.org"),
    ],
)
def test_did_you_mean(typed: str, meant: str):
    assert stations.suggest(typed)[0] == meant


def test_no_suggestion_far_from_everything_nor_for_npr():
    assert stations.suggest("newspaper.example") == []
    assert stations.suggest("zzz") == []
    assert stations.suggest("https://www.npr.org/") == []
