"""What the store remembers of stories, to learn what recurs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from scraper.extractor.learned.model import PARAGRAPH, Seen, Sighting, Verdict, key_of, pack
from scraper.writer import learned
from scraper.writer.archive import Archive
from scraper.writer.learning import Learning
from scraper.writer.results import PageResult

HOST = "wgul.example"


def sighting(number: int, *lines: str) -> Sighting:
    own = f"story {number}"
    texts = {key_of(text): text for text in (own, *lines)}
    packed = pack(Seen(key, PARAGRAPH) for key in texts)
    return Sighting(host=HOST, story=f"url:{number}", mark=own, about={"tags": ["a"]}, lines=packed, texts=texts)


def all_learned(sightings: Sequence[Sighting], texts: Mapping[str, str], held: Mapping[str, Verdict]) -> list[Verdict]:
    return [
        Verdict(key=key, text=text, kind="appeal", learned=True, edge=False, pages=2, of_pages=len(sightings))
        for key, text in texts.items()
    ]


def learner(archive: Archive) -> Learning[Sighting, Verdict]:
    return archive.learning(Sighting, Verdict)


def rows(archive: Archive, table: str) -> list[dict[str, Any]]:
    with archive._reading() as connection:
        return [dict(row._mapping) for row in connection.exec_driver_sql(f"SELECT * FROM {table}")]


def test_words_are_kept_of_lines_that_recur_alone(archive: Archive) -> None:
    learner(archive).see([sighting(1, "give", "x"), sighting(2, "give"), sighting(3)])
    assert [row["text"] for row in rows(archive, "learned_lines")] == ["give"]
    assert [row["story"] for row in rows(archive, "learned_pages")] == ["url:1", "url:2", "url:3"]


def test_a_story_seen_again_takes_its_own_place_and_a_copy_none(archive: Archive) -> None:
    one = sighting(1, "give")
    learner(archive).see([one, sighting(2, "give"), sighting(1, "other"), sighting(2)])
    copy = Sighting(host=HOST, story="npr:1", mark=one.mark, lines=one.lines, texts=one.texts)
    learner(archive).see([copy])
    assert [row["story"] for row in rows(archive, "learned_pages")] == ["url:1", "url:2"]


def test_the_window_is_bounded(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learned, "WINDOW", 5)
    monkeypatch.setattr(learned, "MOST_TEXTS", 1)
    learner(archive).see([sighting(number, "give", "more") for number in range(9)])
    assert [row["story"] for row in rows(archive, "learned_pages")] == [f"url:{number}" for number in range(4, 9)]
    assert len(rows(archive, "learned_lines")) == 1


def test_the_version_grows_with_each_change_and_not_without(archive: Archive) -> None:
    learner(archive).see([sighting(1, "give"), sighting(2, "give")])
    version, verdicts = learner(archive).learn(HOST, all_learned)
    assert (version, [verdict.text for verdict in verdicts]) == (1, ["give"])
    assert learner(archive).learn(HOST, all_learned)[0] == 1
    assert learner(archive).known(HOST) == (1, verdicts)
    learner(archive).see([sighting(3, "join"), sighting(4, "join")])
    assert learner(archive).learn(HOST, all_learned)[0] == 2
    assert learner(archive).learn(HOST, lambda *_: [])[0] == 3
    assert learner(archive).known(HOST) == (3, [])
    assert [(one.host, one.stories, one.learned, one.version) for one in learner(archive).hosts()] == [(HOST, 4, 0, 3)]


def test_what_was_learned_before_is_told_to_who_weighs(archive: Archive) -> None:
    told: list[Mapping[str, Verdict]] = []

    def weigh(s: Sequence[Sighting], texts: Mapping[str, str], held: Mapping[str, Verdict]) -> list[Verdict]:
        told.append(held)
        return all_learned(s, texts, held)

    learner(archive).see([sighting(1, "give"), sighting(2, "give")])
    learner(archive).learn(HOST, weigh)
    learner(archive).learn(HOST, weigh)
    assert [list(held) for held in told] == [[], [key_of("give")]]


def test_forgetting_keeps_the_version(archive: Archive) -> None:
    learner(archive).see([sighting(1, "give"), sighting(2, "give")])
    learner(archive).learn(HOST, all_learned)
    assert learner(archive).forget(HOST) == 2
    assert learner(archive).known(HOST) == (2, [])
    assert rows(archive, "learned_lines") == rows(archive, "learned_pages") == []


def test_a_story_and_what_was_seen_of_it_are_written_together_or_not_at_all(
    archive: Archive, make: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    article = make()

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(learned, "_keep_texts", killed)
        with pytest.raises(KeyboardInterrupt):
            archive.write(article, PageResult(url=article.url), sighting(1))
    assert (archive.count(), rows(archive, "learned_pages")) == (0, [])
    for _ in range(2):
        archive.write(article, PageResult(url=article.url), sighting(1))
    assert (archive.count(), len(rows(archive, "learned_pages"))) == (1, 1)


def test_the_stories_of_a_host_come_oldest_first(archive: Archive, make: Any) -> None:
    for name in ("a", "b"):
        archive.write(make(id=f"url:{name}"))
    host = rows(archive, "stories")[0]["host"]
    assert [article.id for article in learner(archive).stories(host)] == ["url:a", "url:b"]


def test_a_record_read_by_other_rules_is_no_proof_against_the_server(path: Path, make: Any) -> None:
    from msgspec.structs import replace

    from scraper.writer.stories import _reads_otherwise

    one = make()
    other = replace(one, text="shorter", provenance=replace(one.provenance, learned=2))
    assert not _reads_otherwise(one, other)
    assert _reads_otherwise(one, replace(other, provenance=one.provenance))
