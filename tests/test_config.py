"""config.yaml: all that is wrong is told at once, each thing with its line; what is right becomes typed settings."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec
import pytest

from scraper import config
from scraper.config import Config, FetchSettings, RetriesSettings, RetrySettings, StationSettings, load, loads
from scraper.errors import ConfigError

ROOT = Path(__file__).parents[1]
DIRECTORY = ("bpr.org", "kut.org", "wunc.org")


def problems(text: str) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        loads(text, "c.yaml", known=lambda host: host.removeprefix("www.") in DIRECTORY, hosts=DIRECTORY)
    return str(caught.value).splitlines()


def only(text: str) -> str:
    found = problems(text)
    assert len(found) == 1, found
    return found[0]


def with_station(line: str) -> str:
    return f"stations: [bpr.org]\n{line}\n"


def test_the_example_of_the_project_holds_every_key_with_its_default() -> None:
    example = load(ROOT / "config.yaml", known=lambda host: host == "bpr.org")
    assert example == Config(stations=(StationSettings(host="bpr.org"),))
    text = (ROOT / "config.yaml").read_text(encoding="utf-8")
    for struct in (Config, FetchSettings, RetriesSettings, RetrySettings, StationSettings):
        for field in msgspec.structs.fields(struct):
            assert f"{field.name}:" in text, field.name


def test_all_kinds_of_values() -> None:
    made = loads(
        """
        contact: archive@example.org
        store: postgresql+psycopg://me@db/radio
        stations:
          - BPR.org
          - host: wxyz.example
            url: https://www.wxyz.example
            platform: wordpress
            feeds: [/news.rss, "https://feeds.example/1.xml"]
            sitemaps: [/sitemap.xml]
            sections: [/news]
            delay: 10
        max_runtime: 1h30m
        failure_threshold: 1
        fetch: {timeout: 30s, deadline: 2m, max_bytes: 0x10000, retry_statuses: [503], allow_hosts: ["127.0.0.1:8000"]}
        """,
        known=lambda host: host == "bpr.org",
    )
    assert made.contact == "archive@example.org"
    assert made.store == "postgresql+psycopg://me@db/radio"
    assert [station.host for station in made.stations] == ["bpr.org", "wxyz.example"]
    assert made.stations[1] == StationSettings(
        host="wxyz.example",
        url="https://www.wxyz.example",
        platform="wordpress",
        feeds=("/news.rss", "https://feeds.example/1.xml"),
        sitemaps=("/sitemap.xml",),
        sections=("/news",),
        delay=10.0,
    )
    assert made.max_runtime == 5400
    assert made.failure_threshold == 1
    assert made.fetch == FetchSettings(
        timeout=30, deadline=120, max_bytes=65536, retry_statuses=(503,), allow_hosts=("127.0.0.1:8000",)
    )


def test_a_class_of_trouble_keeps_what_is_not_said_of_it() -> None:
    made = loads(
        with_station("fetch: {attempts: 5, retries: {status: {budget: 30s}, name: {first_wait: 3}, read: }}\n")
        + "retry_later: [10m, 2d]",
        known=lambda host: True,
    )
    assert made.retry_later == (600.0, 172800.0)
    assert made.fetch.retries == RetriesSettings(
        status=RetrySettings(first_wait=2.0, budget=30.0), name=RetrySettings(attempts=1, first_wait=3.0)
    )


def test_all_problems_at_once_in_the_order_of_the_file() -> None:
    text = """contact: nobody
stations:
  - bpr.org
  - host: wxyz.example
    url: wxyz.example
    delay: fast
  - kut.ogr
fetch:
  timout: 5
  attempts: 0
"""
    assert problems(text) == [
        'c.yaml:1: contact: expected an e-mail address or the address of a page, got "nobody"',
        'c.yaml:5: stations[1].url: expected an address such as https://www.example.org, got "wxyz.example", '
        'did you mean "https://wxyz.example"?',
        'c.yaml:6: stations[1].delay: expected a length of time such as 20, 90s or 1h30m, got "fast"',
        'c.yaml:7: stations[2]: the directory has no station kut.ogr, did you mean "kut.org"?',
        'c.yaml:9: fetch.timout: unknown key, did you mean "timeout"?',
        "c.yaml:10: fetch.attempts: expected a whole number from 1 to 20, got 0",
    ]


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("fetch: {timeout: -1}", "fetch.timeout: expected a number of seconds from 0.1 to 600, got -1"),
        ("fetch: {timeout: 1e9}", "fetch.timeout: expected a number of seconds from 0.1 to 600, got 1000000000.0"),
        ("fetch: {timeout: .nan}", "fetch.timeout: expected a length of time such as 20, 90s or 1h30m, got nan"),
        ("fetch: {timeout: true}", "fetch.timeout: expected a length of time such as 20, 90s or 1h30m, got true"),
        ("fetch: {timeout: }", "fetch.timeout: expected a length of time such as 20, 90s or 1h30m, got nothing"),
        ("fetch: {timeout: 1:30}", 'fetch.timeout: expected a length of time such as 20, 90s or 1h30m, got "1:30"'),
        ("fetch: {attempts: 1.5}", "fetch.attempts: expected a whole number, got 1.5"),
        ("fetch: {attempts: 999}", "fetch.attempts: expected a whole number from 1 to 20, got 999"),
        ("fetch: {max_bytes: 10MB}", 'fetch.max_bytes: expected a number of bytes, got "10MB"'),
        ("fetch: {retry_statuses: 503}", "fetch.retry_statuses: expected a list, got 503"),
        ("fetch: {retry_statuses: [200]}", "fetch.retry_statuses[0]: expected an HTTP status from 400 to 599, got 200"),
        ("fetch: {allow_hosts: [x/y]}", "fetch.allow_hosts[0]: expected a host with a port such as 127.0.0.1:8000, got "
                                        '"x/y"'),
        ("fetch: {trust_env: yes}", 'fetch.trust_env: expected true or false, got "yes"'),
        ("fetch: [delay]", "fetch: expected keys with values, got a list"),
        ("failure_threshold: 20", "failure_threshold: expected a share from 0 to 1, got 20"),
        ("failure_threshold: -0.1", "failure_threshold: expected a share from 0 to 1, got -0.1"),
        ("max_runtime: 0", "max_runtime: expected a number of seconds from 1 to 2592000, got 0"),
        ("store: ''", 'store: expected a path such as stories.db, or a database URL (sqlite or postgresql), got ""'),
        ("store: mysql://x/y", "store: expected a path such as stories.db, or a database URL (sqlite or postgresql), "
                               'got "mysql://x/y"'),
        ("contact: 5", "contact: expected an e-mail address or the address of a page, got 5"),
        ("store: postgres://me:secret@db/x", "store: expected a path such as stories.db, or a database URL (sqlite or "
                                      'postgresql), got "postgres://me:***@db/x", did you mean "postgresql://…"?'),
        ("retry_later: 1h", 'retry_later: expected a list, got "1h"'),
        ("retry_later: [1h, 5]", "retry_later[1]: expected a number of seconds from 60 to 31536000, got 5"),
        ("fetch: {retries: 3}", "fetch.retries: expected keys with values, got 3"),
        ("fetch: {retries: {timeout: 3}}", "fetch.retries.timeout: expected keys with values, got 3"),
        ("fetch: {retries: {timout: {}}}", 'fetch.retries.timout: unknown key, did you mean "timeout"?'),
        ("fetch: {retries: {read: {atempts: 2}}}", 'fetch.retries.read.atempts: unknown key, did you mean "attempts"?'),
        ("fetch: {retries: {read: {attempts: 0}}}", "fetch.retries.read.attempts: expected a whole number from 1 to 20,"
                                                    " got 0"),
        ("fetch: {retries: {final: {attempts: 2}}}", "fetch.retries.final: unknown key"),
        ("stores: x", 'stores: unknown key, did you mean "store"?'),
        ("zzz: x", "zzz: unknown key"),
        ("store: !!python/name:os.system x", "the tag tag:yaml.org,2002:python/name:os.system has no meaning here"),
    ],
)  # fmt: skip
def test_a_wrong_value_is_told_with_what_was_expected(line: str, problem: str) -> None:
    assert only(with_station(line)) == f"c.yaml:2: {problem}"


@pytest.mark.parametrize(
    ("station", "problem"),
    [
        ("https://www.kut.org/news", 'stations[0]: expected a host such as bpr.org, got "https://www.kut.org/news", '
                                     'did you mean "kut.org"?'),
        ("5", "stations[0]: expected a host such as bpr.org, or keys with values, got 5"),
        ("{url: 'https://x.example'}", "stations[0]: the station's host is missing"),
        ("{host: x.example}", "stations[0]: the directory has no station x.example; give its url (with host: and url:) "
                              "to scrape it all the same"),
        ("{host: bpr.org, feeds: [news.rss]}", "stations[0].feeds[0]: expected a path such as /news or an address, got "
                                               '"news.rss", did you mean "/news.rss"?'),
        ("{host: bpr.org, feeds: /news.rss}", 'stations[0].feeds: expected a list, got "/news.rss"'),
        ("{host: bpr.org, sitemaps: ['ftp://x/y']}", "stations[0].sitemaps[0]: expected a path such as /news or an "
                                                     'address, got "ftp://x/y"'),
        ("{host: bpr.org, platform: wordpres}", "stations[0].platform: expected one of grove, npr, core-publisher, "
                                                'wordpress, got "wordpres", did you mean "wordpress"?'),
        ("{host: bpr.org, delay: -1}", "stations[0].delay: expected a number of seconds from 0 to 3600, got -1"),
        ("{host: bpr.org, dely: 1}", 'stations[0].dely: unknown key, did you mean "delay"?'),
        ("{host: x.example, url: x}", 'stations[0].url: expected an address such as https://www.example.org, got "x"'),
    ],
)  # fmt: skip
def test_a_wrong_station(station: str, problem: str) -> None:
    assert only(f"stations:\n  - {station}\n") == f"c.yaml:2: {problem}"


@pytest.mark.parametrize("text", ["", "# nothing\n", "stations: []\n", "stations:\n"])
def test_a_configuration_names_a_station(text: str) -> None:
    assert only(text) == "c.yaml:1: stations: name at least one station, such as bpr.org"


def test_a_station_given_twice() -> None:
    text = "stations:\n  - bpr.org\n  - kut.org\n  - host: www.bpr.org\n    url: https://www.bpr.org\n"
    assert only(text) == "c.yaml:4: stations[2]: bpr.org is listed twice, first on line 2"


def test_a_key_given_twice() -> None:
    text = "stations: [bpr.org]\nfetch:\n  delay: 3\n  delay: 4\n"
    assert only(text) == "c.yaml:4: fetch.delay: given twice, first on line 3"


def test_words_stay_words() -> None:
    made = loads("stations: [no, on, 2024-01-31]\nstore: off\n")
    assert [station.host for station in made.stations] == ["no", "on", "2024-01-31"]
    assert made.store == "off"


def test_a_station_of_ones_own_needs_no_directory() -> None:
    made = loads("stations: [{host: x.example, url: 'http://127.0.0.1:8000'}]", known=lambda _: False)
    assert made.stations[0].url == "http://127.0.0.1:8000"
    assert loads("stations: [x.example]").stations[0].host == "x.example"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("stations: [bpr.org\nstore: x\n", "c.yaml:2: not valid YAML: did not find expected ',' or ']'"),
        ("\tstations: x\n", "c.yaml:1: not valid YAML: found character that cannot start any token"),
        ("stations: [bpr.org]\n---\nstore: x\n", "c.yaml:2: not valid YAML: but found another document"),
        ("- bpr.org\n", "c.yaml:1: expected keys with values, got a list"),
        ("just words\n", 'c.yaml:1: expected keys with values, got "just words"'),
        ("stations: &x [*x]\n", "c.yaml:1: nested too deeply, or too many values"),
    ],
)
def test_slips_of_syntax(text: str, problem: str) -> None:
    assert only(text) == problem


def test_aliases_cannot_blow_up() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 10)]
    assert only("\n".join(lines)).endswith("nested too deeply, or too many values")


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    missing = tmp_path / "none.yaml"
    with pytest.raises(ConfigError, match=r"none\.yaml: no such file; scraper init writes one"):
        load(missing)
    with pytest.raises(ConfigError, match="cannot be read"):
        load(tmp_path)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"store: x\ncontact: \xe9\n")
    with pytest.raises(ConfigError, match=r"latin\.yaml:2: not UTF-8"):
        load(latin)
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (1024 * 1024 + 1))
    with pytest.raises(ConfigError, match="larger than"):
        load(large)


def test_a_byte_order_mark_is_no_key(tmp_path: Path) -> None:
    file = tmp_path / "bom.yaml"
    file.write_bytes(b"\xef\xbb\xbfstations: [bpr.org]\n")
    assert load(file).stations[0].host == "bpr.org"


def test_every_setting_has_a_reader() -> None:
    """A field without a reader would be an error of the program for whoever sets it."""
    from scraper._yaml import read

    reading = config._Reading(read(""), None, ())
    names = {field.name for field in msgspec.structs.fields(Config)}
    assert set(reading.top_readers) == names - {"stations", "fetch", "log"}
    assert set(reading.fetch_readers) == {field.name for field in msgspec.structs.fields(FetchSettings)} - {"retries"}
    assert set(reading.retry_readers) == {field.name for field in msgspec.structs.fields(RetrySettings)}
    assert set(reading.station_readers) == {field.name for field in msgspec.structs.fields(StationSettings)}


def test_importing_the_settings_does_not_import_yaml() -> None:
    code = "import sys, scraper.config; sys.exit('yaml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
