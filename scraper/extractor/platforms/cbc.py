"""CBC (Canada): the pages of the years around 2010 with their `#storybody`, and the ones of today."""

from scraper.extractor.platforms.base import Drop, Platform

_HOSTS = ("cbc.ca",)
_TYPES = ((".detailBodyContainer,#storybody,.story-content,.storyWrapper", "article"),)
_MARKS = ("#content #storybody",)

PLATFORM = Platform(
    name="cbc",
    since="2018-01-01",
    hosts=_HOSTS,
    mixed=True,
    marks=_MARKS,
    types=_TYPES,
    root=("#detailContent", ".detailBodyContainer", "main"),
    body=("#detailContent .story", ".detailMainCol .story", "main .story", ".storyWrapper"),
    title=("h1.detailHeadline", "main h1", "meta:og:title", "title:"),
    subtitle=("h2.deck", ".deck"),
    byline=(),
    authors=(".authorText a", ".authorText", ".authorprofile-name", "ld:author.name"),
    published=("ld:datePublished", "time.timeStamp[datetime]@datetime", "meta:article:published_time"),
    modified=("ld:dateModified", "meta:article:modified_time"),
    section=(".detail-link-label", "ld:articleSection", "meta:article:section"),
    tags=(".tags a", "ld:keywords"),
    bios=(".authorprofile-item",),
    bio_name=".authorprofile-name",
    bio_role=".authorprofile-title",
    bio_text=".authorprofile-biography",
    caption=("figcaption", ".image-caption"),
    notes=".clarifications,.corrections-and-clarifications,.corrections",
    copyright=("footer", "body"),
    drops=(
        Drop("cbc.related", "promo", ".similarLinks,.relatedlinks,.relatedlinks-list,.embeddedContent:has(a),p:has(> strong:only-child):has(+ div .player),.promo"),
        Drop("cbc.player", "player", ".mediaEmbed,.video-item,.player,[class*='video-player'],.player-placeholder,.audio-player,[class*='media-player'],[class*='mediaPlayer']"),
        Drop("cbc.video-lead-in", "player", "h3:has(> span.media-label),.media-heading"),
        Drop("cbc.share", "share", ".engagement-widgets,.share,[class*='social']"),
        Drop("cbc.newsletter", "newsletter", "[class*='newsletter'],.subscribe"),
        Drop("cbc.ad", "ad", ".ad,[class*='adSlot'],[class*='ad-risingstar']"),
        Drop("cbc.embed", "embed", ".embed,.twitter-tweet,.instagram-media"),
        Drop("cbc.bio", "bio", ".authorprofile,.authorprofile-item"),
        Drop("cbc.hidden", "navigation", ".a11y,.visuallyHidden"),
    ),
    rest=True,
    regions=(
        Drop("cbc.header", "navigation", "header,.topNav,nav"),
        Drop("cbc.share", "share", ".engagement-widgets"),
        Drop("cbc.bio", "bio", ".authorprofile"),
        Drop("cbc.related", "promo", ".relatedlinks,.rightrail,aside"),
        Drop("cbc.comments", "comments", ".vf-comments,#comments,[class*='comment']"),
        Drop("cbc.footer", "footer", "footer"),
    ),
)  # fmt: skip

STORYBODY = Platform(
    name="cbc",
    since="2009-01-01",
    until="2017-12-31",
    hosts=_HOSTS,
    mixed=True,
    marks=_MARKS,
    types=_TYPES,
    root=("#content",),
    body=("#storybody", ".story-content"),
    title=("#storyhead h1", ".story-title", "h1", "meta:og:title", "title:"),
    subtitle=("#storyhead .deck", ".story-deck", ".deck"),
    byline=("#storyhead .byline",),
    authors=(),
    published=("#storyhead .posted", ".posted", "meta:date"),
    modified=("#storyhead .lastupdated", ".lastupdated"),
    section=("meta:cbc.section", "#sectionheader h2"),
    tags=("#storytags a",),
    figures=("span.photo,.leadimage,figure",),
    caption=("em.caption", ".caption", "figcaption"),
    credit=("em.credit", ".credit"),
    copyright=("#footer", "footer"),
    drops=(
        Drop("cbc.table", "embed", ".sidebar table"),
        Drop("cbc.related", "promo", "#storyextra,.digdeeper,.sidebar"),
        Drop("cbc.share", "share", "#storytools,.sclt-share"),
        Drop("cbc.player", "player", ".video,.audio,.mediaplayer,#storybody > a"),
        Drop("cbc.hidden", "navigation", ".offLeft"),
    ),
    rest=True,
    regions=(
        Drop("cbc.header", "navigation", "#header,#masthead,#nav"),
        Drop("cbc.related", "promo", "#storyextra,#sectionheadlines,.module"),
        Drop("cbc.share", "share", "#storytools,#connected"),
        Drop("cbc.ad", "ad", "#advert300x250"),
        Drop("cbc.footer", "footer", "#footer"),
    ),
)  # fmt: skip

EARLIER = (STORYBODY,)
