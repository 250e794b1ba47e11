"""Our measures beside the shared scorers on the shared pages: written apart, they must say the same."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from pages import needs_shared

from benchmarks.extraction import corpus
from benchmarks.extraction.answers import answer_of
from benchmarks.extraction.cases import Case
from benchmarks.extraction.normal import lines
from benchmarks.extraction.scoring import judge

TOOLS = corpus.SHARED.parent / "tools"


def load(name: str) -> ModuleType:
    needs_shared()
    spec = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_of(case: Case, kind: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((corpus.SHARED / "gold" / kind / f"{case.name}.json").read_text("utf-8"))
    return data


def shared(group: str) -> list[Case]:
    return [case for case in corpus.shared() if case.group.startswith(group)]


def answers(gold: dict[str, Any]) -> list[dict[str, Any]]:
    """The gold as an answer, and spoilt in ways in which peers spoil it."""
    paragraphs = gold["paragraphs"]
    title, authors = gold.get("title"), gold.get("authors") or []
    furniture = gold.get("must_not_contain") or ["Donate now"]
    told = [
        (paragraphs, title, authors, gold.get("published")),
        (paragraphs[1:], f"{title} | Station", authors[:1], "2001-01-01"),
        ([title or "", *paragraphs, *furniture[::2]], title, [*authors, "Staff"], None),
        (["- " + paragraphs[0], " ".join(paragraphs[1:3]), *paragraphs[3:], *paragraphs[-1:]], None, [], None),
        ([word for text in paragraphs for word in text.split(". ")], title, authors, gold.get("published")),
        ([], title, authors, gold.get("published")),
    ]
    return [
        {"text": "\n\n".join(texts), "title": title, "authors": names, "date": date}
        for texts, title, names, date in told
    ]


def as_record(answer: dict[str, Any]) -> dict[str, Any]:
    blocks = [{"kind": "paragraph", "text": text} for text in lines(answer["text"])]
    authors = [{"name": name} for name in answer["authors"]]
    return {"page_type": "article", "text": answer["text"], "blocks": blocks, "title": answer["title"],
            "authors": authors, "published": answer["date"]}  # fmt: skip


def test_radio_pages_are_judged_alike() -> None:
    theirs = load("score_real")
    compared = 0
    for case in shared("radio"):
        gold = gold_of(case, "html")
        if not case.story:
            continue
        for answer in answers(gold):
            ours, other = judge(case, answer_of(answer)), theirs.score_html(as_record(answer), gold)
            assert ours.paragraph_f1 == pytest.approx(other["para"]), case.name
            assert ours.token_f1 == pytest.approx(other["token"]), case.name
            assert len(ours.leaks) == other["leaks"], case.name
            assert ours.title == other["title"], case.name
            assert ours.date == other["day"], case.name
            if answer["text"]:
                assert ours.authors == other["authors"], case.name
            compared += 1
    assert compared == 60


def test_turns_are_judged_alike() -> None:
    theirs = load("score_real")
    (case,) = shared("page text")
    gold = gold_of(case, "text")
    told = [{key: turn[key] for key in ("speaker", "label", "role", "text")} for turn in gold["transcript_turns"]]
    spoilt = [told, told[1:], told[:-2], [{**turn, "role": "guest"} for turn in told], told[::-1]]
    spoilt.append([{**turn, "speaker": turn["label"]} for turn in told])
    for turns in spoilt:
        score = judge(case, answer_of({"text": "x", "turns": turns}))
        other = theirs.turn_scores({"transcript": {"turns": turns}}, gold)
        assert (score.turns, score.roles) == (pytest.approx(other[0]), pytest.approx(other[1]))


def test_broadcasters_are_judged_alike(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    theirs = load("evaluate")
    cases = shared("broadcasters")
    assert len(cases) == 60
    scores = []
    for number, case in enumerate(cases):
        spoilt = answers(gold_of(case, "broadcasters"))
        answer = spoilt[number % len(spoilt)]
        (tmp_path / f"{case.name}.json").write_text(json.dumps(as_record(answer)), "utf-8")
        scores.append(judge(case, answer_of(answer)))
    summary = theirs.score_broadcasters(tmp_path, corpus.SHARED / "gold" / "broadcasters", brief=True)
    capsys.readouterr()
    for key, name in (("f1", "token_f1"), ("precision", "precision"), ("recall", "recall")):
        mean = sum(getattr(score, name) for score in scores) / len(scores)
        assert mean == pytest.approx(summary[key], abs=0.0005)
