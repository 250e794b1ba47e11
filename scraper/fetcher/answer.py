"""One answer read as far as it is worth: a body, a redirect, news of no change, or trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from http import HTTPStatus

from scraper.errors import NotAnArticle
from scraper.fetcher.body import BadBody, TooLarge, codings_of, drain, read_body
from scraper.fetcher.client import Head
from scraper.fetcher.content import refuse_bytes, refuse_type
from scraper.fetcher.retry import Trouble

REDIRECTS = frozenset((301, 302, 303, 307, 308))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a request is after: `accept` is page, feed, sitemap or robots, `limit` the cap on the decoded body, and
    `conditional` tells that validators were sent.
    """

    accept: str
    limit: int
    conditional: bool
    retry_statuses: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    head: Head
    body: bytes = b""
    raw_size: int = 0
    codings: tuple[str, ...] = ()
    truncated: bool = False


def read_answer(head: Head, chunks: Iterable[bytes], wanted: Wanted, retry_after: float | None) -> Answer:
    """Raises `Trouble`, and `NotAnArticle` where the body is no text or too large."""
    status = head.status
    if status in (204, 205) or (status == 304 and wanted.conditional):
        return Answer(head)
    if 200 <= status < 300:
        return _read(head, chunks, wanted)
    drain(chunks)
    if status in REDIRECTS:
        return Answer(head)
    kind = "status" if status in wanted.retry_statuses else "final"
    raise Trouble(kind, f"it answers {named(status)}", status=status, retry_after=retry_after)


def named(status: int) -> str:
    """A status with its name.

    >>> named(503)
    '503 Service Unavailable'
    """
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _read(head: Head, chunks: Iterable[bytes], wanted: Wanted) -> Answer:
    is_robots = wanted.accept == "robots"
    content_type = head.get("content-type")
    if not is_robots and (refused := refuse_type(content_type)):
        raise NotAnArticle("other", f"{refused}, not a web page")
    if not is_robots and (head.length or 0) > wanted.limit:
        raise NotAnArticle("other", str(TooLarge(wanted.limit)))
    look = _sniff(content_type, wanted.accept)
    try:
        codings = codings_of(head.get("content-encoding"))
        body = read_body(chunks, codings=codings, limit=wanted.limit, head=look, cut=is_robots)
    except TooLarge as error:
        raise NotAnArticle("other", str(error)) from error
    except BadBody as error:
        raise Trouble("protocol", f"its body cannot be decoded: {error}", status=head.status) from error
    truncated = body.broken is not None or head.status == 206
    answer = Answer(head, body.data, body.raw_size, body.codings, truncated)
    if body.broken is not None:
        partial = answer if body.data and not is_robots else None
        raise Trouble("read", body.broken, status=head.status, partial=partial)
    return answer


def _sniff(content_type: str | None, accept: str) -> Callable[[bytes], None]:
    def look(start: bytes) -> None:
        refused = (
            None if accept == "robots" else refuse_bytes(start, content_type, zipped=accept in ("feed", "sitemap"))
        )
        if refused:
            raise NotAnArticle("other", f"{refused}, not a web page")

    return look
