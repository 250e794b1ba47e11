"""Public-media sites on plain Drupal: the node and its field names. Drupal 7 wrote `field-name-body` (Marketplace before
2014, WFDD); from Drupal 8 on the base themes write `field--name-body`, and the node's parts as `node__…` (GPB)."""

from __future__ import annotations

from msgspec.structs import replace

from scraper.extractor.platforms.base import Drop, Platform

_DRUPAL_7 = Platform(
    name="drupal",
    until="2015-11-18",
    marks=('.node-episode .field,.node-story .field,.node-article .field', '[property="dc:title"].node-title', "body.node-type-story,body.node-type-episode,body.node-type-article"),
    types=(
        ("body.node-type-episode,.node-episode.view-mode-full", "episode"),
        ("body[class*='page-taxonomy'],body.front,body[class*='page-search']", "list"),
        (".node-story,.node-article,.node-episode,body.node-type-story,body.node-type-article", "article"),
    ),
    root=("#block-system-main", "article.node", ".node", "#content", "main"),
    body=(
        ".field-name-body .field-item:not(.view *)",
        ".field-name-body:not(.view *)",
        ".field-name-field-body .field-item:not(.view *)",
        ".field-name-field-lede .field-item:not(.view *),.field-name-field-description .field-item:not(.view *)",
    ),
    title=("h1.node-title", "h1.title", "h1#page-title", "meta:og:title", "h1", "title:"),
    authors=(
        ".field-name-field-byline a:not(.view a)",
        ".field-name-field-author a:not(.view a)",
        ".byline a:not(.view a)",
        ".submitted .username:not(.view *)",
        "ld:author.name",
    ),
    byline=(".field-name-field-byline:not(.view *)", ".byline:not(.view *)"),
    published=("[property='dc:date']@content!day", "meta:article:published_time", "[property='dc:date dc:created']@content", "ld:datePublished", "time[datetime]@datetime"),
    visible_date=(".field-name-field-date", ".submitted", ".date-display-single"),
    section=(".breadcrumb a:last-of-type", "meta:article:section"),
    program=(".pane-node-title a", ".field-name-field-program a", ".field-name-field-show a"),
    tags=(".field-name-field-tags a", ".field-name-field-topics a"),
    caption=("figcaption", ".caption", ".field-name-field-caption"),
    credit=(".credit", ".field-name-field-credit"),
    figures=("figure,.field-type-image",),
    audio=("audio[src]", "audio source[src]", ".apm-player-utilities a[href*='.mp3']", ".node a[href*='.mp3']"),
    drops=(
        Drop("drupal.label", "navigation", ".field-label"),
        Drop("drupal.share", "share", "[class*='share'],.addthis_toolbox,.service-links"),
        Drop("drupal.player", "player", ".apm-player,.apm-player-utilities,[class*='player']"),
        Drop("drupal.related", "promo", "[class*='related'],.view"),
        Drop("drupal.ad", "ad", ".ad,[id^='div-gpt'],[class*='advert']"),
    ),
    rest=True,
    regions=(
        Drop("drupal.header", "navigation", "#header,header"),
        Drop("drupal.sidebar", "promo", "#sidebar-first,#sidebar-second,.sidebar,aside"),
        Drop("drupal.footer", "footer", "#footer,footer"),
    ),
)  # fmt: skip

PLATFORM = replace(
    _DRUPAL_7,
    since="2015-11-19",
    until="",
    marks=(".node--type-article .field--name-body,.node--type-story .field--name-body,.node--type-episode .field--name-body",),
    types=(
        ("body.page-node-type-episode,.node--type-episode.node--view-mode-full", "episode"),
        ("body[class*='path-taxonomy'],body.path-frontpage,body[class*='path-search']", "list"),
        ("[class*='node--type-']", "article"),
    ),
    root=("main", ".node--view-mode-full", "#content"),
    body=(".field--name-body:not(.view *)", ".field--name-field-body:not(.view *)"),
    title=("h1 .field--name-title", "h1.page-title", "meta:og:title", "h1", "title:"),
    authors=(
        ".field--name-field-byline a:not(.view a)",
        ".field--name-field-author a:not(.view a)",
        ".field--name-uid a:not(.view a)",
        "ld:author.name",
    ),
    byline=(".field--name-field-byline:not(.view *)", ".field--name-field-author:not(.view *)"),
    published=("meta:article:published_time", "ld:datePublished", ".node__submitted time[datetime]@datetime"),
    visible_date=(".field--name-created", ".node__submitted"),
    tags=(".field--name-field-tags a", ".field--name-field-topics a"),
    caption=("figcaption", ".caption", ".field--name-field-caption"),
    credit=(".credit", ".field--name-field-credit"),
    figures=("figure,.field--type-image",),
    copyright=("footer[role='contentinfo']", "#footer"),
    regions=(
        Drop("drupal.header", "navigation", "header[role='banner'],#header"),
        Drop("drupal.meta", "navigation", ".node__meta"),
        Drop("drupal.tags", "navigation", ".field--name-field-tags"),
        Drop("drupal.related", "promo", ".views-element-container"),
        Drop("drupal.sidebar", "promo", ".sidebar,aside"),
        Drop("drupal.footer", "footer", "footer[role='contentinfo'],#footer"),
    ),
)  # fmt: skip

EARLIER = (_DRUPAL_7,)
