"""Core Publisher (Drupal 7), NPR Digital Services' shared system before Grove; much of the web archive, 2011 to 2021."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="core-publisher",
    marks=(
        ".post-body .field-name-body,h1.post-title",
        'body[class*="triton-player"]',
        'link[href*="/sites/all/modules/npr"],script[src*="core_publisher"],[class*="core-publisher"]',
    ),
    types=(
        ('body[class*="page-taxonomy"],body[class*="page-search"],body.front,body[class*="node-type-program"],body[class*="page-programs"],body[class*="page-tags"]', "list"),
        ('body[class*="node-type-person"],body[class*="page-people"]', "person"),
        ('.post-body .field-name-body,h1.post-title,[property="content:encoded"]', "article"),
    ),
    root=(".l-main", ".node-full", "article.node", ".node-post", "#main", "#content", "main"),
    body=('.post-body [property="content:encoded"]', ".post-body .field-name-body", ".post-body", ".field-name-body", ".node .content"),
    title=("h1.post-title", "h1.title", "h1[property='dc:title']", "h1", "meta:og:title", "title:"),
    byline=(".by-date .submitted", ".submitted", ".by-date", ".post-byline", ".byline"),
    authors=("meta:author", "meta:dc.creator"),
    published=("meta:datePublished", "meta:article:published_time", "ld:datePublished", "time[datetime]@datetime", ".pub-date [content]@content"),
    visible_date=(".pub-date", ".by-date", ".post-date"),
    section=(".field-name-field-category a", ".post-category a", "meta:article:section", "meta:category"),
    program=(".field-name-field-program a", ".post-program a", ".program-link a", "meta:program"),
    tags=(".field-name-field-tags a", ".field-name-field-tags li", ".tags a"),
    story_id=("meta:story_id",),
    bios=(".author-bio", ".field-name-field-author-bio", ".author-profile"),
    figures=("figure,.image-container,.field-name-field-image,.media-image,.wysiwyg-image,.npr-image,.post-image",),
    caption=("figcaption", ".caption", ".image-caption", ".field-name-field-image-caption", ".wysiwyg-caption"),
    credit=(".credit", ".image-credit", ".photo-credit", ".media-credit"),
    provider=(".provider", ".image-source"),
    audio=("audio[src]", "audio source[src]", ".audio-download a", '.audio-element a[href*=".mp3"]', 'a[href*=".mp3"]', "[data-audio-src]"),
    copyright=(".copyright", "#footer", "footer", ".region-footer"),
    drops=(
        Drop("core-publisher.share", "share", ".social-share,.service-links,.addthis_toolbox,[class*='share']"),
        Drop("core-publisher.related", "promo", ".related,.field-name-field-related,.view-related,[class*='related']"),
        Drop("core-publisher.tags", "navigation", ".field-name-field-tags"),
        Drop("core-publisher.audio", "player", ".audio-player,.field-name-field-audio,.npr-audio,.jp-jplayer,.mejs-container"),
        Drop("core-publisher.embed", "embed", ".twitter-tweet,.instagram-media,.media_embed,.fb-post"),
        Drop("core-publisher.credit", "caption", ".credit,.image-credit,.caption,.image-caption"),
    ),
    rest=True,
    regions=(
        Drop("core-publisher.header", "navigation", "#header,header,#navigation,.navigation"),
        Drop("core-publisher.player", "player", "#player,.jp-audio,[id*='stream-player'],.listen-live"),
        Drop("core-publisher.tags", "navigation", ".field-name-field-tags"),
        Drop("core-publisher.share", "share", ".social-share"),
        Drop("core-publisher.related", "promo", ".related"),
        Drop("core-publisher.sidebar", "promo", "#sidebar,.sidebar,aside,.region-sidebar-second"),
        Drop("core-publisher.footer", "footer", "#footer,footer,.region-footer"),
    ),
)  # fmt: skip
