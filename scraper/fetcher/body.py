"""The body as it was before its transfer: own decoding of content codings, in pieces and bounded.

httpx inflates a whole network chunk at one go, so that 1 MB on the wire can become a gigabyte in memory before anybody
looks. Here no step gives out more than a few megabytes, and reading stops where the cap is passed.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator

import msgspec

PIECE = 256 * 1024
"""Bytes that one step of decoding gives at most (zstd: 2 MiB, which is what 64 bytes of it can hold)."""

ACCEPT_ENCODING = "gzip, deflate, br, zstd"
_ZSTD_SLICE = 64
_ZSTD_WINDOW = 8 * 1024 * 1024  # the most that HTTP allows (RFC 9659)
_MAX_CODINGS = 3
_HEAD = 64  # bytes from which on a body's kind can be told
_SNIFFED = 1024
_DRAINED = 64 * 1024
_MAX_PARTS = 1000  # gzip members or zstd frames of one body; empty ones cost time and never fill the cap
_GZIP = b"\x1f\x8b"

Chunks = Iterable[bytes]


class BadBody(Exception):
    """The bytes are not what their Content-Encoding says."""


class ShortBody(Exception):
    """The body ended before its end: the connection broke, or a compressed stream stops in its middle."""


class TooLarge(Exception):
    """The decoded body is above the cap; `limit` is that cap in bytes."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"larger than {limit:,} bytes")
        self.limit = limit


class Body(msgspec.Struct, frozen=True, kw_only=True):
    """Decoded bytes; `raw_size` counts those on the wire. `broken` says why the body is short, where it is."""

    data: bytes
    raw_size: int
    codings: tuple[str, ...] = ()
    broken: str | None = None


def codings_of(header: str | None) -> tuple[str, ...]:
    """The codings of a Content-Encoding header in the order they were applied, without those that change nothing.

    Words that are no coding ("utf-8", "none") are sent by real servers and mean the body is as it is.

    >>> codings_of("GZIP, identity, br"), codings_of("utf-8")
    (('gzip', 'br'), ())
    """
    words = (word.strip().lower() for word in (header or "").split(","))
    codings = tuple(word.removeprefix("x-") for word in words if word.removeprefix("x-") in _DECODERS)
    if len(codings) > _MAX_CODINGS:
        raise BadBody(f"{len(codings)} content codings one upon the other")
    return codings


def read_body(
    chunks: Chunks,
    *,
    codings: tuple[str, ...] = (),
    limit: int,
    head: Callable[[bytes], None] | None = None,
    cut: bool = False,
) -> Body:
    """Reads and decodes a body up to `limit` bytes.

    `head` is called once with the first decoded bytes and may raise to stop there. Raises `BadBody`, and `TooLarge`
    unless `cut` says to take the first `limit` bytes. A body that breaks off is returned with what came of it, and
    `broken` set.
    """
    meter = _Meter(chunks, limit)
    data = bytearray()
    broken = None
    try:
        for piece in decode(meter, codings):
            data += piece
            if head is not None and len(data) >= _HEAD:
                head(bytes(data[:_SNIFFED]))
                head = None
            if len(data) > limit:
                raise TooLarge(limit)  # noqa: TRY301 (a body may be cut here, or further down)
        drain(meter)  # a decoder stops at the end of its stream, which may come before that of the message
    except ShortBody as error:
        broken = str(error)
    except TooLarge:
        if not cut:
            raise
        del data[limit:]
    if head is not None and data:
        head(bytes(data))
    return Body(data=bytes(data), raw_size=meter.size, codings=codings, broken=broken)


def drain(chunks: Chunks) -> None:
    """Reads a small rest, so that the connection can be used again; a large or a broken one is left."""
    size = 0
    try:
        for chunk in chunks:
            size += len(chunk)
            if size > _DRAINED:
                return
    except ShortBody:
        return


def decode(chunks: Chunks, codings: tuple[str, ...]) -> Iterator[bytes]:
    """Undoes `codings`, the last one first, in pieces of bounded size. Raises `BadBody` and `ShortBody`."""
    for coding in reversed(codings):
        chunks = _DECODERS[coding](chunks)
    return (piece for piece in chunks if piece)


def unpack(data: bytes, limit: int) -> Body:
    """A file that is itself gzip (``sitemap.xml.gz`` served as such) unpacked; other bytes as they are.

    Raises `TooLarge` and `BadBody`.
    """
    if not data.startswith(_GZIP):
        return Body(data=data, raw_size=len(data))
    return read_body([data], codings=("gzip",), limit=limit)


class _Meter:
    """Counts bytes on the wire, and stops a stream that decodes to nothing for ever."""

    def __init__(self, chunks: Chunks, limit: int) -> None:
        self._chunks = iter(chunks)
        self._limit = limit
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._chunks:
            self.size += len(chunk)
            if self.size > self._limit + PIECE:
                raise TooLarge(self._limit)
            yield chunk


def _start(chunks: Chunks, least: int) -> tuple[bytes, Iterator[bytes]]:
    """The first bytes of a stream (at least `least`, where there are so many) and the whole stream."""
    source = iter(chunks)
    start = b""
    for chunk in source:
        start += chunk
        if len(start) >= least:
            break

    def whole() -> Iterator[bytes]:
        yield start
        yield from source

    return start, whole()


def _gunzip(chunks: Chunks) -> Iterator[bytes]:
    start, chunks = _start(chunks, 2)
    if not start:
        return
    if not start.startswith(_GZIP):  # said to be gzip and is not: some servers say so of every answer
        yield from chunks
        return
    decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
    members = 1
    for chunk in chunks:
        data = chunk
        while data:
            if decoder.eof:
                if not data.startswith(_GZIP):  # padding after the last member
                    return
                members = _count(members)
                decoder = zlib.decompressobj(zlib.MAX_WBITS | 16)
            yield from _zlib_pieces(decoder, data)
            data = decoder.unused_data if decoder.eof else b""
    if not decoder.eof:
        raise ShortBody("the gzip stream stops in its middle")


def _inflate(chunks: Chunks) -> Iterator[bytes]:
    start, chunks = _start(chunks, 2)
    if not start:
        return
    has_header = len(start) > 1 and start[0] & 15 == 8 and (start[0] << 8 | start[1]) % 31 == 0
    decoder = zlib.decompressobj(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS)
    for chunk in chunks:
        yield from _zlib_pieces(decoder, chunk)
        if decoder.eof:
            return
    raise ShortBody("the deflate stream stops in its middle")


def _zlib_pieces(decoder: zlib._Decompress, data: bytes) -> Iterator[bytes]:
    try:
        piece = decoder.decompress(data, PIECE)
        yield piece
        while not decoder.eof and (decoder.unconsumed_tail or len(piece) == PIECE):
            piece = decoder.decompress(decoder.unconsumed_tail, PIECE)
            yield piece
    except zlib.error as error:
        raise BadBody(f"broken compression: {error}") from error


def _unbrotli(chunks: Chunks) -> Iterator[bytes]:
    import brotli

    decoder = brotli.Decompressor()
    fed = False
    try:
        for chunk in chunks:
            fed = fed or bool(chunk)
            piece = decoder.process(chunk, output_buffer_limit=PIECE)
            while piece or not decoder.can_accept_more_data():
                yield piece
                piece = decoder.process(b"", output_buffer_limit=PIECE) if not decoder.is_finished() else b""
            if decoder.is_finished():
                return
    except brotli.error as error:
        raise BadBody(f"broken compression: {error}") from error
    if fed:
        raise ShortBody("the brotli stream stops in its middle")


def _unzstd(chunks: Chunks) -> Iterator[bytes]:
    import zstandard

    maker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    decoder = maker.decompressobj()
    frames = 0
    try:
        for chunk in chunks:
            at = 0
            while at < len(chunk):
                if decoder.eof or not frames:
                    frames = _count(frames)
                    decoder = maker.decompressobj()
                piece = chunk[at : at + _ZSTD_SLICE]
                yield decoder.decompress(piece)
                at += len(piece) - (len(decoder.unused_data) if decoder.eof else 0)
    except zstandard.ZstdError as error:
        raise BadBody(f"broken compression: {error}") from error
    if frames and not decoder.eof:
        raise ShortBody("the zstd stream stops in its middle")


def _count(parts: int) -> int:
    if parts >= _MAX_PARTS:
        raise BadBody(f"more than {_MAX_PARTS} compressed parts in a row")
    return parts + 1


_DECODERS: dict[str, Callable[[Chunks], Iterator[bytes]]] = {
    "gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}
