from __future__ import annotations

import gzip
import itertools
import random
import zlib

import brotli
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from scraper.fetcher.body import PIECE, BadBody, TooLarge, codings_of, decode, read_body, unpack

ENCODERS = {
    "gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": brotli.compress,
    "zstd": zstandard.compress,
}

QUICK = {**ENCODERS, "br": lambda data: brotli.compress(data, quality=1)}


def cut(data: bytes, size: int) -> list[bytes]:
    return [data[at : at + size] for at in range(0, len(data), size)]


@given(st.sampled_from(list(ENCODERS)), st.integers(1, 2000), st.integers(1, 300))
def test_given_a_stream_cut_anywhere_when_read_then_it_is_broken_and_a_start(coding, keep, size) -> None:
    data = random.Random(7).randbytes(4000)
    coded = ENCODERS[coding](data)[:keep]
    body = read_body(cut(coded, size), codings=(coding,), limit=10_000)
    if coding == "gzip" and keep < 2:  # one byte does not say what it is
        return
    assert body.broken is not None
    assert data.startswith(body.data)


@pytest.mark.parametrize("coding", ENCODERS)
def test_given_a_bomb_when_decoded_then_no_piece_is_large(coding) -> None:
    bomb = QUICK[coding](b"\0" * (16 * 1024 * 1024))
    largest = max(len(piece) for piece in decode([bomb], (coding,)))
    assert largest <= max(PIECE, 2 * 1024 * 1024)


@pytest.mark.parametrize("coding", ENCODERS)
def test_given_noise_when_decoded_then_it_is_a_bad_body(coding) -> None:
    noise = {"gzip": b"\x1f\x8b\x08\xff", "deflate": b"\x78\x9c", "br": b"\xff", "zstd": b""}[
        coding
    ] + b"\xff\xfe" * 500
    with pytest.raises(BadBody):
        read_body([noise], codings=(coding,), limit=10_000)


def test_given_a_limit_when_read_then_it_is_exact() -> None:
    assert read_body([b"x" * 50, b"y" * 50], limit=100).data == b"x" * 50 + b"y" * 50
    with pytest.raises(TooLarge) as error:
        read_body([b"x" * 50, b"y" * 51], limit=100)
    assert error.value.limit == 100
    assert read_body([b"x" * 50, b"y" * 51], limit=60, cut=True).data == b"x" * 50 + b"y" * 10


def test_given_a_head_reader_when_read_then_it_sees_the_first_bytes_once() -> None:
    seen = []
    read_body([b"ab", b"c" * 100, b"d"], limit=1000, head=seen.append)
    read_body([b"short"], limit=1000, head=seen.append)
    read_body([], limit=1000, head=seen.append)
    assert seen == [b"ab" + b"c" * 100, b"short"]


def test_given_empty_frames_without_end_when_read_then_it_is_a_bad_body() -> None:
    for coding, part in (("gzip", gzip.compress(b"")), ("zstd", zstandard.compress(b""))):
        with pytest.raises(BadBody, match="1000 compressed parts"):
            read_body([part * 100] * 20, codings=(coding,), limit=10_000_000)


@pytest.mark.parametrize(
    ("header", "codings"),
    [
        (None, ()),
        ("", ()),
        ("identity", ()),
        ("none", ()),
        ("X-GZIP", ("gzip",)),
        ("gzip,br", ("gzip", "br")),
        ("aws-chunked, zstd", ("zstd",)),
    ],
)
def test_given_a_content_encoding_when_read_then_real_codings_remain(header, codings) -> None:
    assert codings_of(header) == codings


def test_given_a_gzip_file_when_unpacked_then_the_limit_holds() -> None:
    data = b"<urlset/>" * 1000
    assert unpack(gzip.compress(data), 9000).data == data
    assert unpack(data, 1).data == data
    assert unpack(gzip.compress(data)[:-4], 9000).broken is not None
    with pytest.raises(TooLarge):
        unpack(gzip.compress(data), 8999)


def test_given_a_stream_that_decodes_to_nothing_for_ever_when_read_then_it_is_too_large() -> None:
    empty_blocks = itertools.repeat(b"\x00\x00\x00\xff\xff" * 1000)
    with pytest.raises(TooLarge):
        read_body(empty_blocks, codings=("deflate",), limit=10_000)
