"""A record as one `<article>` element: semantic, escaped throughout, without scripts."""

from __future__ import annotations

from collections.abc import Callable
from html import escape as _escape

from scraper.article import Article, Audio, Block, Image
from scraper.writer.characters import lines, one_line
from scraper.writer.links import InlineLinks, safe_url


def to_html(article: Article, *, removed: bool = False) -> str:
    """See `scraper.writer.render.render`. One element a line."""
    links = InlineLinks(article)
    language = f' lang="{escape(article.language)}"' if article.language else ""
    parts = [f"<article{language}>", *_header(article)]
    parts += [_figure(image) for image in article.images[:1]]
    for block in article.blocks:
        parts += _BLOCKS.get(block.kind, _paragraph)(block, links)
    parts += [_figure(image) for image in article.images[1:]]
    parts += [_audio(audio) for audio in article.audio]
    parts += [*_footer(article, links), *(_removed(article) if removed else []), "</article>"]
    return "\n".join(part for part in parts if part)


def escape(text: str) -> str:
    """`text` on one line, fit for content and for quoted attributes."""
    return _escape(one_line(text))


def _header(article: Article) -> list[str]:
    parts = [f"<h1>{escape(article.title)}</h1>" if article.title else ""]
    if article.subtitle:
        parts.append(f"<p>{escape(article.subtitle)}</p>")
    if article.byline:
        parts.append(f"<address>{escape(article.byline)}</address>")
    if article.published:
        parts.append(f"<p>{_time(article.published)}</p>")
    if article.modified and article.modified != article.published:
        parts.append(f"<p>Updated {_time(article.modified)}</p>")
    inner = [part for part in parts if part]
    return ["<header>", *inner, "</header>"] if inner else []


def _time(stamp: str) -> str:
    shown = f"{stamp[:10]} {stamp[11:16]} UTC" if len(stamp) == 20 and stamp.endswith("Z") else stamp
    return f'<time datetime="{escape(stamp)}">{escape(shown)}</time>'


def _words(line: str, links: InlineLinks) -> str:
    return "".join(_anchor(words, url) if url else _escape(words) for words, url in links.pieces(line))


def _anchor(words: str, url: str) -> str:
    return f'<a href="{escape(url)}">{escape(words)}</a>'


def _broken(text: str, links: InlineLinks) -> str:
    return "<br>".join(_words(line, links) for line in lines(text))


def _paragraph(block: Block, links: InlineLinks) -> list[str]:
    words = _broken(block.text, links)
    return [f"<p>{words}</p>"] if words else []


def _heading(block: Block, links: InlineLinks) -> list[str]:
    level = min(6, max(2, block.level or 2))
    words = _words(one_line(block.text), links)
    return [f"<h{level}>{words}</h{level}>"] if words else []


def _quote(block: Block, links: InlineLinks) -> list[str]:
    inner = [f"<p>{_words(line, links)}</p>" for line in lines(block.text)]
    if block.attribution:
        inner.append(f"<cite>{escape(block.attribution)}</cite>")
    return ["<blockquote>", *inner, "</blockquote>"] if inner else []


def _list(block: Block, links: InlineLinks) -> list[str]:
    tag = "ol" if block.ordered else "ul"
    rows = [f"<li>{words}</li>" for item in block.items or [block.text] if (words := _broken(item, links))]
    return [f"<{tag}>", *rows, f"</{tag}>"] if rows else []


def _turn(block: Block, links: InlineLinks) -> list[str]:
    paragraphs = [_words(line, links) for line in lines(block.text)]
    if block.speaker:
        paragraphs[:1] = [" ".join([f"<cite>{escape(block.speaker)}:</cite>", *paragraphs[:1]])]
    return [f"<p>{words}</p>" for words in paragraphs]


def _sound(block: Block, links: InlineLinks) -> list[str]:
    words = _broken(block.text, links)
    return [f"<p><em>{words}</em></p>"] if words else []


def _note(block: Block, links: InlineLinks) -> list[str]:
    words = _broken(block.text, links)
    return [f'<p role="note"><em>{words}</em></p>'] if words else []


_BLOCKS: dict[str, Callable[[Block, InlineLinks], list[str]]] = {
    "heading": _heading,
    "quote": _quote,
    "list": _list,
    "turn": _turn,
    "sound": _sound,
    "note": _note,
}


def _figure(image: Image) -> str:
    url = safe_url(image.url)
    if not url:
        return ""
    credit = " / ".join(escape(name) for name in (image.credit, image.provider) if name)
    words = " ".join(part for part in (escape(image.caption or ""), f"<small>{credit}</small>" * bool(credit)) if part)
    caption = f"<figcaption>{words}</figcaption>" if words else ""
    return f'<figure><img src="{escape(url)}" alt="{escape(image.alt or "")}" loading="lazy">{caption}</figure>'


def _audio(audio: Audio) -> str:
    url = safe_url(audio.url)
    if not url:
        return ""
    caption = _anchor(audio.title or "Audio", url)
    player = f'<audio controls preload="none" src="{escape(url)}"></audio>'
    return f"<figure>{player}<figcaption>{caption}</figcaption></figure>"


def _footer(article: Article, links: InlineLinks) -> list[str]:
    inner: list[str] = []
    if links.others:
        rows = [f"<li>{_anchor(link.text or link.url, link.url)}</li>" for link in links.others]
        inner += ["<ul>", *rows, "</ul>"]
    source = safe_url(article.canonical_url) or safe_url(article.url)
    if source:
        inner.append(f"<p>{_anchor(article.station.name if article.station else source, source)}</p>")
    if article.copyright:
        inner.append(f"<p><small>{escape(article.copyright.notice)}</small></p>")
    return ["<footer>", *inner, "</footer>"] if inner else []


def _removed(article: Article) -> list[str]:
    rows = [f"<li>{escape(piece.kind)} ({escape(piece.rule)}): {escape(piece.text)}</li>" for piece in article.removed]
    return ["<details>", "<summary>Removed</summary>", "<ul>", *rows, "</ul>", "</details>"] if rows else []
