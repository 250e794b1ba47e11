"""A config.yaml of one's own says what the project's says, with other values."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from scraper.config import loads
from scraper.deploy import template
from scraper.deploy.settings import OwnStation, config_text, scalar

ROOT = Path(__file__).parents[2]


def test_the_template_is_the_projects_own() -> None:
    assert template("config.yaml") == (ROOT / "config.yaml").read_text(encoding="utf-8")


def test_given_values_when_they_are_written_then_the_file_says_them_and_all_else_stays() -> None:
    text = config_text(
        contact="https://example.org/bot?x=1&y=2",
        stations=[OwnStation("bpr.org"), OwnStation("127.0.0.1", "http://127.0.0.1:8017")],
        store='my "own" stories: 1.db',
        allow_hosts=["127.0.0.1:8017"],
    )
    config = loads(text, known=lambda host: host == "bpr.org")
    assert config.contact == "https://example.org/bot?x=1&y=2"
    assert config.store == 'my "own" stories: 1.db'
    assert [(station.host, station.url) for station in config.stations] == [
        ("bpr.org", None),
        ("127.0.0.1", "http://127.0.0.1:8017"),
    ]
    assert config.fetch.allow_hosts == ("127.0.0.1:8017",)
    ours, theirs = text.splitlines(), template("config.yaml").splitlines()
    changed = set(theirs) - set(ours)
    assert changed == {"contact:", "store: stories.db", "  allow_hosts: []"}
    assert [line for line in ours if line.startswith("#")] == [line for line in theirs if line.startswith("#")]


def test_no_contact_is_left_open() -> None:
    assert loads(config_text(contact=None, stations=[OwnStation("bpr.org")])).contact is None


@pytest.mark.parametrize(
    "text", ["bpr.org", "no", "NULL", "1e5", "0x1f", "12:30", "a b", "- x", "#x", "@x", "é", "a: b", "a:"]
)
def test_scalars_mean_themselves(text: str) -> None:
    assert yaml.safe_load(f"key: {scalar(text)}") == {"key": text}
