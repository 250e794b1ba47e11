from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from scraper.commands.run import configuration
from scraper.demo import Served, serve
from scraper.errors import ConfigError

Cli = Callable[..., tuple[int, str, str]]


@pytest.fixture
def station() -> Iterator[Served]:
    with serve(0) as served:
        served.site.busy.clear()
        yield served


def write(folder: Path, station: Served | None = None) -> Path:
    url = station.address if station else "http://127.0.0.1:9"
    path = folder / "config.yaml"
    path.write_text(
        f"contact: a@example.org\nfetch: {{delay: 0, group_delay: 0}}\n"
        f"stations: [{{host: wrvl.example, url: '{url}', feeds: [/news.rss]}}]\n"
    )
    return path


@pytest.mark.parametrize(
    "arguments", [["--limit", "0"], ["--since", "soon"], ["--station", "https://bpr.org/"], ["--allow-host", "a b"]]
)
def test_usage(cli: Cli, arguments: list[str]) -> None:
    assert cli("run", *arguments)[0] == 2


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (None, "no such file"),
        ("contact: a@example.org\nstations: [bpr.orgg]\n", 'did you mean "bpr.org"'),
        ("contact: a@example.org\n", "stations"),
        ("contact: [\n", "config.yaml:"),
        ("contact: a@example.org\nstations: [bpr.org]\nfetch: {delay: soon, dely: 1}\n", "dely"),
    ],
)
def test_a_configuration_that_is_wrong(cli: Cli, text: str | None, word: str) -> None:
    if text is not None:
        Path("config.yaml").write_text(text)
    code, out, err = cli("run")
    assert (code, out) == (78, "")
    assert word in err


def test_a_station_that_is_not_configured(cli: Cli, tmp_path: Path) -> None:
    write(tmp_path)
    code, _, err = cli("run", "--station", "wrvl.exampel")
    assert (code, err) == (78, "scraper: the configuration has no station wrvl.exampel, did you mean wrvl.example?\n")


def test_a_dry_run_and_what_it_says_of_sources(cli: Cli, tmp_path: Path, station: Served) -> None:
    write(tmp_path, station)
    arguments = ("run", "--dry-run", "--allow-host", station.host)
    code, out, err = cli(*arguments)
    assert (code, len(out.splitlines()), err) == (0, 12, "")
    assert cli(*arguments, "--limit", "2")[1].splitlines() == out.splitlines()[:2]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["config.yaml"]
    code, out, err = cli("run", "--dry-run")  # the address is not allowed now
    assert (code, out) == (69, "")
    assert "not a public address" in err


def test_a_pass_over_some_stations_with_a_limit(cli: Cli, tmp_path: Path, station: Served) -> None:
    write(tmp_path, station)
    said = cli(
        "run", "-v", "--store", "other.db", "--limit", "3", "--station", "wrvl.example", "--allow-host", station.host
    )
    assert said[:2] == (0, "")
    assert "found        12  12 of them new" in said[2]
    assert len(cli("show", "--store", "other.db")[1].splitlines()) == 2  # and a page that robots.txt forbids


def test_a_store_lies_beside_its_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "archive"
    folder.mkdir()
    file = str(write(folder))
    assert configuration(file, None, ()).store == str(folder / "stories.db")
    assert configuration(file, "here.db", ()).store == "here.db"
    Path(file).write_text("store: sqlite:////x/y.db\nstations: [bpr.org]\n")
    assert configuration(file, None, ("127.0.0.1:80",)).store == "sqlite:////x/y.db"
    assert configuration(file, None, ("127.0.0.1:80",)).fetch.allow_hosts == ("127.0.0.1:80",)
    with pytest.raises(ConfigError):
        configuration(str(folder / "no.yaml"), None, ())
