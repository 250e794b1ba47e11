"""Bodies: any coding cut into any chunks gives the same bytes, and never more than the limit and a piece is held."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator
from itertools import pairwise

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scraper.fetcher.body import PIECE, BadBody, Body, ShortBody, TooLarge, decode, read_body

ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": lambda data: brotli.compress(data, quality=1),
    "zstd": zstandard.compress,
}
CODINGS = st.lists(st.sampled_from(list(ENCODERS)), max_size=3)
LARGEST_STEP = 2 * 1024 * 1024  # what 64 bytes of zstd can hold


def coded(data: bytes, codings: list[str]) -> bytes:
    for coding in codings:
        data = ENCODERS[coding](data)
    return data


def cut(data: bytes, places: list[int]) -> list[bytes]:
    bounds = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(bounds)]


@given(st.binary(max_size=3000), CODINGS, st.lists(st.integers(0, 10_000), max_size=20))
def test_given_any_chunking_when_decoded_then_the_bytes_are_the_same(data, codings, places) -> None:
    body = read_body(cut(coded(data, codings), places), codings=tuple(codings), limit=10_000)
    assert (body.data, body.broken) == (data, None)


@given(st.sampled_from(list(ENCODERS)), st.integers(1, 40), st.lists(st.integers(0, 10**6), max_size=5))
def test_given_a_bomb_when_decoded_then_each_step_is_bounded(coding, tenths, places) -> None:
    bomb = coded(b"\0" * (tenths * 200_000), [coding])
    sizes = [len(piece) for piece in decode(cut(bomb, places), (coding,))]
    assert sum(sizes) == tenths * 200_000
    assert max(sizes) <= max(PIECE, LARGEST_STEP)


@given(st.binary(max_size=4000), st.integers(0, 3000), CODINGS, st.lists(st.integers(0, 10_000), max_size=8))
def test_given_a_limit_when_read_then_it_is_kept_to_the_byte(data, limit, codings, places) -> None:
    pulled = [0]

    def source() -> Iterator[bytes]:
        for chunk in cut(coded(data, codings), places):
            pulled[0] += len(chunk)
            yield chunk

    if len(data) > limit:
        with pytest.raises(TooLarge):
            read_body(source(), codings=tuple(codings), limit=limit)
        assert read_body(source(), codings=tuple(codings), limit=limit, cut=True).data == data[:limit]
    else:
        assert read_body(source(), codings=tuple(codings), limit=limit).data == data


@given(st.lists(st.binary(max_size=200), max_size=20), CODINGS, st.integers(0, 5000))
def test_given_any_bytes_when_read_as_any_coding_then_there_is_a_verdict_within_the_limit(
    chunks, codings, limit
) -> None:
    try:
        body = read_body(chunks, codings=tuple(codings), limit=limit)
    except (BadBody, TooLarge, ShortBody):
        return
    assert isinstance(body, Body)
    assert len(body.data) <= limit
