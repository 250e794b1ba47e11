"""An explanation as JSON, for programs."""

from __future__ import annotations

from typing import Any

import msgspec

from scraper.explain.tally import counts
from scraper.extractor.explanation import Explanation


def to_dict(told: Explanation, *, source: str) -> dict[str, Any]:
    """`passages` in page order (`scraper.extractor.account.Passage`), `counts` of them, the record as everywhere."""
    return {
        "source": source,
        "page_type": told.page_type,
        "sign": told.sign or None,
        "reason": told.reason or None,
        "platform": {
            "name": told.platform,
            "since": told.since or None,
            "until": told.until or None,
            "why": told.why,
        },
        "sources": told.sources,
        "counts": [count._asdict() for count in counts(told.passages)],
        "passages": msgspec.to_builtins(told.passages),
        "record": told.record.to_dict() if told.record else None,
    }


def to_json(told: Explanation, *, source: str) -> str:
    """On one line."""
    return msgspec.json.encode(to_dict(told, source=source)).decode()
