"""NPR Grove (Brightspot): some 150 member stations, KPBS, and other sites on the same engine.

Two generations of class names are in use (ArticlePage-* and ArtP-*); rules go by the common suffix where they can.
The clock trap: a page's <meta> inside the timestamp and article:published_time are UTC, with or without saying so;
JSON-LD and the data layer hold US Eastern wall time under a false Z.
"""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="grove",
    marks=(
        'meta[name="brightspot.contentId"]',
        'meta[name="brightspot-dataLayer"]',
        "ps-brightspot-persistent-player",
        ".ArtP-mainContent,.ArticlePage-mainContent,.EventPage-mainContent,.RSEP-mainContent,.PodcastEpisodePage-mainContent",
        '[class^="ArtP-"],[class^="ArticlePage-"],[class^="EventPage-"],[class^="Page-header-persistent"]',
        'img[src*="npr.brightspotcdn.com"]',
    ),
    types=(
        ('html[class*="EventPage"],.EventPage-mainContent,[class^="EventP-"]', "event"),
        ('html[class*="ErrorPage"],html[class*="NotFound"],.ErrorPage,.ErrorPage-content,[class^="ErrorPage-"]', "error"),
        ('html[class*="AuthorPage"],html[class*="PersonPage"],html[class*="AuthorP "],html.AuthP,.AuthorPage-mainContent,[class^="AuthorPage-"],[class^="PersonPage-"]', "person"),
        ('html[class*="SearchResults"],.SearchResultsModule,[class^="SearchResultsPage-"]', "list"),
        ('html[class*="EpisodePage"],html.RSEP,[class^="RSEP-"],[class^="RadioShowEpisodePage-"],[class^="PodcastEpisodePage-"]', "episode"),
        ('html[class*="ArticlePage"],html[class~="ArtP"],html[class*="LongForm"],.ArtP-mainContent,.ArticlePage-mainContent,[class*="-articleBody"]', "article"),
        ('html[class*="HomePage"],html[class*="SectionPage"],html[class*="TagPage"],html[class*="ShowPage"],html[class*="PodcastPage"],html[class*="CategoryPage"],html[class*="ListPage"]', "list"),
    ),
    root=("article[class*='-mainContent']", "main[class*='-main']", "main", "article"),
    body=('[class*="-articleBody"]', ".RichTextArticleBody", '[class*="Page-body-content"] .RichTextModule'),
    title=('h1[class*="-headline"]', '[class*="-mainContent"] h1', "meta:og:title", "layer:storyTitle", "ld:headline", "h1", "title:"),
    subtitle=('[class*="-subheadline"]', '[class*="-subHeadline"]'),
    byline=('[class*="-byline"] [class*="-authors"]', '[class*="-authors"]', '[class*="-authorBy"]'),
    authors=("ld:author.name", "layer:author", "meta:author"),
    published=(
        '[class*="-timestamp"] meta@content',
        "meta:article:published_time!utc",
        "ld:datePublished!eastern",
        "layer:publishedDate!eastern",
        "layer:publishDate!eastern",
    ),
    visible_date=('[class*="-datePublished"]', '[class*="-timestamp"]'),
    modified=("meta:article:modified_time!utc",),
    section=('[class*="-breadcrumbs"] a', '[class*="-breadcrumbs"]', "meta:article:section"),
    program=("layer:program", "ld:partOfSeries.name"),
    tags=('[class*="-tags-list"] a,[class*="-tags-list"] span', '[class*="-tags"] a', "meta:article:tag"),
    story_id=("layer:nprStoryId",),
    bios=('[class*="-bottomByline"] [class*="-authorInfo"]:not([class*="-authorInfo-"])', '[class*="-bottomByline"] [class$="-aui"]', '[class*="-bottomByline"]'),
    bio_name='[class*="-bio-name"]',
    bio_text='[class*="-bio-content"]',
    figures=("figure,.Figure,.Carousel-slide,.CarouselSlide",),
    caption=(".Figure-caption", "figcaption", ".CarouselSlide-infoDescription", ".Carousel-caption"),
    credit=(".Figure-credit", ".CarouselSlide-infoAttribution"),
    provider=(".Figure-source",),
    quotes=".Quote,.QuoteEnhancement,.Quote-wrapper",
    audio=("ps-stream-url[data-stream-url]", "audio[src]", "audio source[src]"),
    own_audio='[class*="PromoAudioEpisode"],[class^="PromoAE"]',
    copyright=(".fullattribution", "footer", '[class*="-copyright"]', "ps-header"),
    drops=(
        Drop("grove.audio-promo", "promo", '[class*="PromoAudioEpisode"],[class^="PromoAE"]'),
        Drop("grove.newsletter", "newsletter", '.SendGridSubscribe,[class*="Newsletter"],[class*="newsletter"]'),
        Drop("grove.ad", "ad", ".AdModule,ps-google-dfp-ad,.GoogleDfpAd,.RTEHashTagLabAdModule,[class*='Sponsor']"),
        Drop("grove.audio", "player", ".AudioEnhancement,.AudioEnh,ps-stream,.StreamPill,ps-brightspot-persistent-player"),
        Drop("grove.video", "player", ".VideoEnhancement,.VideoEnh,ps-youtubeplayer,[class*='VideoPlayer']"),
        Drop("grove.promo", "promo", 'ps-promo,[class^="Promo"],[class^="ListPromo"],[class*="RelatedList"],[class*="RelatedContent"],[class^="ListA"],[class^="ListB"],[class^="ListC"],[class^="ListD"],[class^="ListE"],[class^="ListF"],[class^="ListG"],[class^="ListH"],.RichTextSidebarModule'),
        Drop("grove.donate", "appeal", '[class*="donate" i],[class*="Donation"],.CallToAction,[class*="pledge" i]'),
        Drop("grove.share", "share", 'ps-actionbar,.ActionBar,[class*="-actions"],.SocialBar,.SocialLink'),
        Drop("grove.tags", "navigation", '[class*="-tags"]'),
        Drop("grove.embed", "embed", ".HtmlModule,.HTMLModule,.ExternalContent,.twitter-tweet,.instagram-media,.fb-post,.Tweet,.TweetEmbed,.tiktok-embed,[class*='Embed']"),
    ),
    regions=(
        Drop("grove.header", "navigation", 'ps-header,header[class*="Page-header"],.PH,.Page-header'),
        Drop("grove.player", "player", "ps-brightspot-persistent-player"),
        Drop("grove.above", "alert", '.Page-above'),
        Drop("grove.alert", "alert", 'ps-alert,.Alert,.Banner,[class*="AlertBar"],[class*="-alert"],[class*="BreakingNews"]'),
        Drop("grove.share", "share", "ps-actionbar"),
        Drop("grove.tags", "navigation", 'article [class$="-tags"],main [class$="-tags"]'),
        Drop("grove.bio", "bio", '[class$="-bottomByline"]'),
        Drop("grove.aside", "promo", 'aside[class*="-aside"]'),
        Drop("grove.below", "promo", '.Page-below,[class$="-below"]'),
        Drop("grove.footer", "footer", "footer.Page-footer,ps-footer,footer"),
    ),
)  # fmt: skip
