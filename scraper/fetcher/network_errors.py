"""What the network has done to us, in a line for people."""

from __future__ import annotations

import re

import httpcore

from scraper.fetcher.guard import CertificateError, NameUnknown
from scraper.fetcher.model import Exchange
from scraper.fetcher.retry import Trouble

_SENT = re.compile(r"(?:bytearray\()?b(['\"])(.*?)\1\)?(?=[\s,;.)]|$)", re.S)
_SHOWN = 60

_KINDS: tuple[tuple[type[Exception], str, str], ...] = (
    (NameUnknown, "name", "{error}"),
    (CertificateError, "certificate", "{error}"),
    (httpcore.ProxyError, "connect", "the proxy refuses ({error})"),
    (httpcore.ConnectTimeout, "connect", "no connection in time ({error})"),
    (httpcore.ConnectError, "connect", "no connection ({error})"),
    (httpcore.LocalProtocolError, "final", "the request cannot be sent ({error})"),
    (httpcore.TimeoutException, "timeout", "it did not answer in time ({error})"),
    (httpcore.NetworkError, "read", "the connection broke ({error})"),
    (httpcore.ProtocolError, "protocol", "it does not speak valid HTTP ({error})"),
)
NETWORK_ERRORS = tuple(error for error, _, _ in _KINDS)


def trouble_in(error: Exception, exchange: Exchange) -> Trouble:
    """The trouble that a network error is, with a line that says so."""
    kind, line = next((kind, line) for error_type, kind, line in _KINDS if isinstance(error, error_type))
    if kind == "protocol" and not exchange.received:  # it hung up instead of answering
        return Trouble("read", "it closed the connection without an answer")
    return Trouble(kind, line.format(error=told(error)))


def told(error: Exception) -> str:
    """The words of a library, without the way in which Python spells bytes; what a server sent is cut short.

    >>> told(ValueError("illegal chunk header: bytearray(b'ZZ\\\\r\\\\n')"))
    "illegal chunk header: 'ZZ'"
    """
    return _SENT.sub(_sent, str(error))


def _sent(found: re.Match[str]) -> str:
    text = re.sub(r"(?:\\[rn])+$", "", found[2])
    return f"'{text if len(text) <= _SHOWN else text[: _SHOWN - 1] + '…'}'"
