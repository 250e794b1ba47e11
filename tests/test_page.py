"""Bytes to text, and what kind of thing the bytes are."""

from __future__ import annotations

import pytest

from scraper.page import Page

WORDS = "Le café était fermé, à l’aube."


@pytest.mark.parametrize(
    ("body", "headers", "charset", "how"),
    [
        (WORDS.encode("utf-8"), {}, "utf-8", "content"),
        (WORDS.encode("utf-8"), {"content-type": "text/html; charset=iso-8859-1"}, "utf-8", "content"),
        (b"\xef\xbb\xbf" + WORDS.encode("utf-8"), {}, "utf-8", "bom"),
        (b"\xff\xfe" + WORDS.encode("utf-16-le"), {}, "utf-16-le", "bom"),
        (WORDS.encode("cp1252"), {}, "cp1252", "guess"),
        (WORDS.encode("cp1252"), {"content-type": "text/html; charset=iso-8859-1"}, "cp1252", "header"),
        (WORDS.encode("cp1252"), {"content-type": "text/html; charset=utf-8"}, "cp1252", "guess"),
        (WORDS.encode("cp1252"), {"content-type": "text/html; charset=klingon"}, "cp1252", "guess"),
        (b'<meta charset="utf-8"><p>' + WORDS.encode("cp1252"), {}, "cp1252", "guess"),
        (b'<meta charset="windows-1252"><p>' + WORDS.encode("cp1252"), {}, "cp1252", "meta"),
    ],
)
def test_charset(body: bytes, headers: dict[str, str], charset: str, how: str) -> None:
    page = Page(body, headers=headers)
    assert WORDS in page.text
    assert (page.charset, page.charset_from) == (charset, how)
    assert page.tree.body is not None
    assert WORDS in page.tree.body.text()


def test_a_few_spoilt_bytes_leave_a_page_utf_8() -> None:
    page = Page((WORDS * 5).encode("utf-8") + b" \xe9", headers={"content-type": "text/html; charset=utf-8"})
    assert page.text.startswith(WORDS)
    assert page.text.endswith("\ufffd")


def test_a_cut_character_is_left_out() -> None:
    body = WORDS.encode("utf-8")
    cut = body[: body.index("’".encode()) + 1]
    assert Page(cut, truncated=True).text == WORDS.partition("’")[0]


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"", "empty"),
        (b" \n ", "empty"),
        (b"%PDF-1.7", "pdf"),
        (b"\x89PNG\r\n", "image"),
        (b"ID3\x03", "audio"),
        (b"PK\x03\x04", "archive"),
        (b"\x00\x01\x02\x03", "binary"),
        (b'<?xml version="1.0"?><rss></rss>', "feed"),
        (b"<!DOCTYPE html><title>x</title>", "html"),
        (b"Play Live Radio\nNext Up:\n", "text"),
        ("¿Qué pasa?".encode("utf-16"), "text"),
        ("<!DOCTYPE html><title>¿Qué pasa?</title>".encode("utf-16"), "html"),
    ],
)
def test_kind(body: bytes, kind: str) -> None:
    assert Page(body).kind == kind


def test_kind_can_be_forced() -> None:
    assert Page(b"<p>x", kind="text").kind == "text"


def test_text_from_a_library_user() -> None:
    page = Page.of("<p>naïve \ud800</p>", url="https://www.bpr.org/x")
    assert page.text.startswith("<p>naïve ")
    assert page.tree.css_first("p") is not None


@pytest.mark.parametrize(
    "body", [b"", b"a", b"ab", b"abc", "é".encode(), "aé".encode(), "€".encode(), "a\U0001f600".encode()]
)
def test_a_cut_page_of_any_length_keeps_its_whole_characters(body: bytes) -> None:
    whole = body.decode()
    assert Page(body, truncated=True).text == whole
    for size in range(len(body)):
        text = Page(body[:size], truncated=True).text
        assert whole.startswith(text)
        assert size - len(text.encode()) < 4


def test_a_stray_byte_leaves_an_undeclared_page_utf_8() -> None:
    page = Page("<p>Café “é” niño</p>".encode() + b"\xff", headers={"content-type": "text/html"})
    assert (page.text, page.charset, page.charset_from) == ("<p>Café “é” niño</p>\ufffd", "utf-8", "guess")
    old = Page("<p>Café niño</p>".encode("cp1252"), headers={"content-type": "text/html"})
    assert (old.text, old.charset) == ("<p>Café niño</p>", "cp1252")


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("utf-16le", "utf-16-le"),
        ("UTF-16BE", "utf-16-be"),
        ('"utf-16"', "utf-16-le"),
        ("utf-32le", "utf-32-le"),
        ("ucs-2", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("text", ["<p>Rain all day", "<p>Café “naïve” 雨"])
def test_a_wide_charset_without_a_mark_is_read_as_declared(declared: str, encoding: str, text: str) -> None:
    page = Page(text.encode(encoding), headers={"content-type": f"text/html; charset={declared}"})
    assert (page.kind, page.text, page.charset, page.charset_from) == ("html", text, encoding, "header")


@pytest.mark.parametrize("body", [b"<p>plain text!", b"%PDF-1.7\n\0", b"ID3\x04" + b"\0" * 90])
def test_a_wide_charset_that_the_bytes_are_not_is_not_believed(body: bytes) -> None:
    page = Page(body, headers={"content-type": "text/html; charset=utf-16le"})
    assert page.kind == Page(body).kind
