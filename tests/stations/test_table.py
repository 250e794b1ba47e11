"""The table: each line well-formed, each host of the facts found, each site known by its host alone."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest

from scraper import stations
from scraper.article import Station
from scraper.stations import states, table

FACTS = Path(__file__).parents[3] / "shared" / "data" / "stations.json"
ENTRIES = table.entries()
HOST = re.compile(r"[a-z0-9]+(?:[.-][a-z0-9]+)*\.[a-z]{2,4}")


def test_file_is_sorted_and_has_nine_columns_a_line():
    header, *rows = Path(table.TABLE).read_text(encoding="utf-8").splitlines()
    assert header.split("\t") == [*table.Entry._fields]
    assert [len(row.split("\t")) for row in rows] == [9] * len(rows)
    assert all(cell == cell.strip() != "" for row in rows for cell in row.split("\t"))
    assert rows == sorted(rows, key=lambda row: row.partition("\t")[0])


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.domain)
def test_line_is_well_formed(entry: stations.Entry):
    assert all(HOST.fullmatch(host) for host in entry.hosts)
    assert all(re.fullmatch(r"[KW][A-Z]{2,3}", call) for call in entry.call_signs)
    assert len(set(entry.call_signs)) == len(entry.call_signs)
    assert (entry.city is None) == (entry.state is None)
    assert entry.state is None or entry.state in states.STATES
    assert entry.platform in (None, "grove", "wordpress", "brightspot", "arc", "drupal")
    assert stations.get(entry.home) == entry
    assert not re.search(r"\bstream|listen|live|\bHD\d|\bMP3\b", entry.name, re.I), "a stream's name"
    assert entry.name not in entry.other_names


def test_hosts_are_unique():
    every = [host for entry in ENTRIES for host in entry.hosts]
    assert len(set(every)) == len(every)
    assert set(stations.hosts(aliases=True)) == set(every)
    assert stations.hosts() == tuple(entry.domain for entry in ENTRIES)


def test_only_newsrooms_have_no_call_sign():
    assert [entry.domain for entry in ENTRIES if entry.call_sign is None] == ["nenc.news", "statenews.org"]


@pytest.fixture(scope="module")
def facts() -> list[dict]:
    if not FACTS.exists():
        pytest.skip("no ../shared/data/stations.json on this machine: the table is not compared with the facts")
    return json.loads(FACTS.read_text(encoding="utf-8"))


def test_every_host_of_the_facts_is_known_with_and_without_www(facts: list[dict]):
    assert len(facts) == 272
    for fact in facts:
        assert stations.get(fact["domain"]), fact["domain"]
        assert stations.get(f"https://www.{fact['domain']}/2024-05-01/slug") == stations.get(fact["domain"])


def test_every_call_sign_of_the_facts_is_known(facts: list[dict]):
    calls = {call for fact in facts for row in fact["stations"] for call in row["call"].split("/")}
    assert len(calls) > 300
    assert {call for call in calls if stations.by_call(call) is None} == set()


def test_state_is_one_of_the_facts(facts: list[dict]):
    for fact in facts:
        entry = stations.get(fact["domain"])
        assert entry is not None
        if fact["domain"] != "nenc.news":
            assert entry.state in fact["states"] or entry.domain == "wwfm.org", fact["domain"]


def test_verified_grove_sites_are_marked(facts: list[dict]):
    marked = {fact["domain"] for fact in facts if fact["template"] == "grove"}
    moved = {"indianapublicmedia.org", "ualrpublicradio.org"}  # old hosts: what they served before is another matter
    assert {host for host in marked if stations.platform_of(host) != "grove"} == moved


@pytest.mark.parametrize(
    ("host", "name", "call_sign", "city", "state"),
    [
        ("bpr.org", "Blue Ridge Public Radio", "WCQS", "Asheville", "NC"),
        ("wunc.org", "WUNC", "WUNC", "Chapel Hill", "NC"),
        ("wusf.org", "WUSF", "WUSF", "Tampa", "FL"),
        ("wuft.org", "WUFT", "WUFT", "Gainesville", "FL"),
        ("kunc.org", "KUNC", "KUNC", "Greeley", "CO"),
        ("kcur.org", "KCUR", "KCUR", "Kansas City", "MO"),
        ("kbbi.org", "KBBI", "KBBI", "Homer", "AK"),
        ("alaskapublic.org", "Alaska Public Media", "KSKA", "Anchorage", "AK"),
        ("boisestatepublicradio.org", "Boise State Public Radio", "KBSU", "Boise", "ID"),
        ("iowapublicradio.org", "Iowa Public Radio", "WOI", "Ames", "IA"),
        ("ijpr.org", "Jefferson Public Radio", "KSOR", "Ashland", "OR"),
        ("ipm.org", "Indiana Public Media", "WFIU", "Bloomington", "IN"),
        ("lpm.org", "Louisville Public Media", "WFPK", "Louisville", "KY"),
        ("keranews.org", "KERA", "KERA", "Dallas", "TX"),
        ("laist.com", "LAist", "KPCC", "Pasadena", "CA"),
        ("mprnews.org", "MPR News", "KNOW", "St. Paul", "MN"),
        ("marfapublicradio.org", "Marfa Public Radio", "KRTS", "Marfa", "TX"),
        ("nwpb.org", "Northwest Public Broadcasting", "KJEM", "Pullman", "WA"),
        ("spokanepublicradio.org", "Spokane Public Radio", "KPBX", "Spokane", "WA"),
        ("troypublicradio.org", "Troy Public Radio", "WTSU", "Troy", "AL"),
        ("wamc.org", "WAMC", "WAMC", "Albany", "NY"),
        ("wfsu.org", "WFSU", "WFSU", "Tallahassee", "FL"),
        ("wosu.org", "WOSU Public Media", "WOSU", "Columbus", "OH"),
        ("will.illinois.edu", "Illinois Public Media", "WILL", "Urbana", "IL"),
        ("xpn.org", "WXPN", "WXPN", "Philadelphia", "PA"),
        ("ypradio.org", "Yellowstone Public Radio", "KEMC", "Billings", "MT"),
        ("islapublic.org", "Isla Public Media", "KPRG", "Hagåtña", "GU"),
        ("statenews.org", "Ohio Statehouse News Bureau", None, "Columbus", "OH"),
        ("nenc.news", "New England News Collaborative", None, None, None),
    ],
)
def test_hand_checked_stations(host: str, name: str, call_sign: str | None, city: str | None, state: str | None):
    expected = Station(name=name, call_sign=call_sign, domain=host, city=city, state=state)
    assert stations.station_of(f"https://www.{host}/news/2024-05-01/slug") == expected


@pytest.mark.parametrize(
    ("host", "domain"),
    [
        ("news.wosu.org", "wosu.org"),
        ("radio.wosu.org", "wosu.org"),
        ("kera.org", "keranews.org"),
        ("news.wfsu.org", "wfsu.org"),
        ("news.prairiepublic.org", "prairiepublic.org"),
        ("kvcr.org", "kvcrnews.org"),
        ("radio.wpsu.org", "wpsu.org"),
        ("ualrpublicradio.org", "littlerockpublicradio.org"),
        ("radioiq.org", "wvtf.org"),
        ("indianapublicmedia.org", "ipm.org"),
        ("news.wbfo.org", "btpm.org"),
        ("kplu.org", "knkx.org"),
        ("weku.fm", "weku.org"),
        ("wyomingpublicradio.net", "wyomingpublicmedia.org"),
        ("wusfnews.wusf.usf.edu", "wusf.org"),
        ("news.azpm.org", "radio.azpm.org"),
        ("scpr.org", "laist.com"),
    ],
)
def test_aliases_and_subdomains_lead_to_the_station(host: str, domain: str):
    station = stations.station_of(host)
    assert station is not None
    assert station.domain == domain


@pytest.mark.parametrize(
    "spelling",
    [
        "bpr.org",
        "BPR.org.",
        "www.bpr.org:443",
        "bpr.org/news/x",
        "//www.bpr.org/news",
        " https://user:word@www.bpr.org/?u=https://x.example/ ",
        "http://amp.bpr.org/x",
    ],
)
def test_every_spelling_of_an_address(spelling: str):
    entry = stations.get(spelling)
    assert entry is not None
    assert entry.domain == "bpr.org"


@pytest.mark.parametrize(
    "stranger",
    [
        "npr.org",
        "www.npr.org",
        "https://text.npr.org/1",
        "evilnpr.org",
        "npr.org.example.test",
        "wunc.org.evil.com",
        "evilwunc.org",
        "radiomilwaukee.org.evil.com",
        "https://bpr.org@clone.example/",
        "https://clone.example\\@bpr.org/",
        "https://clone.example/?u=https://bpr.org/",
        "https://clone.example/bpr.org",
        "tinnymod.com",
        "martialxchange.com",
        "bpr.com",
        "org",
        "bpr",
        "b\u0440r.org",  # a Cyrillic letter
        "ftp://bpr.org/x",
        "mailto:news@bpr.org",
        "http://[::1",
        "",
        None,
    ],
)
def test_strangers_and_lookalikes_are_no_station(stranger: str | None):
    assert stations.get(stranger) is None
    assert stations.station_of(stranger) is None
    assert stations.platform_of(stranger) is None


def test_a_university_is_not_its_station():
    assert stations.get("https://www.etsu.edu/wets/default.php") == stations.get("etsu.edu")
    assert stations.get("chemistry.etsu.edu") is None


def test_home_is_where_the_stories_are():
    homes = {domain: stations.get(domain).home for domain in ("bpr.org", "wfsu.org", "etsu.edu")}
    assert homes == {
        "bpr.org": "https://bpr.org/",
        "wfsu.org": "https://news.wfsu.org/",
        "etsu.edu": "https://www.etsu.edu/wets/default.php",
    }


def test_platform_is_told_of_the_story_site_alone():
    assert stations.platform_of("https://news.wfsu.org/x") == "grove"
    assert stations.platform_of("https://wfsu.org/x") is None
    assert stations.platform_of("www.keranews.org") == "grove"
    assert stations.platform_of("kera.org") is None
    assert stations.platform_of("wfdd.org") == "drupal"
    assert stations.platform_of("kqed.org") is None


def test_table_is_read_once_and_only_when_asked(monkeypatch: pytest.MonkeyPatch):
    opened: list[str] = []

    def counted(name: str) -> io.FileIO:
        opened.append(name)
        return io.FileIO(name)

    monkeypatch.setattr(table, "FileIO", counted)
    table.lines.cache_clear()
    table._domains.cache_clear()
    assert opened == []
    for _ in range(3):
        stations.station_of("bpr.org")
        stations.platform_of("kera.org")
        stations.hosts()
        stations.find("ohio")
    assert opened == [table.TABLE]


def test_importing_the_directory_reads_nothing_and_loads_no_other_package():
    import subprocess
    import sys

    code = (
        "import sys, scraper.stations as s; print(s.table.lines.cache_info().currsize, "
        "*[m for m in ('msgspec', 'difflib', 'unicodedata', 'scraper.stations.search') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["0"]
