"""BR (Bavaria): BR24's stories."""

from scraper.extractor.platforms.base import Drop, Platform

PLATFORM = Platform(
    name="br",
    hosts=("br.de",),
    mixed=True,
    types=(("#articlebody,[class*='ArticleModuleText_content']", "article"),),
    root=("main > article", "article:has(#articlebody)", "main"),
    body=("[class*='ArticleModuleTeaser_teaserText'],#articlebody", "#articlebody", "[class*='ArticleModuleText_content']"),
    title=("[class*='ArticleModuleTeaser_title']", "h1", "meta:og:title"),
    byline=(),
    authors=("[class*='ArticleAuthor_authorName']", "[class*='ArticleAuthor_author__']", "ld:author.name"),
    published=("article > header time[datetime]@datetime", "ld:datePublished", "meta:article:published_time"),
    modified=("ld:dateModified", "meta:article:modified_time"),
    section=("meta:article:section", "ld:articleSection"),
    tags=("[class*='ArticleItemTag_name']",),
    figures=("figure,[class*='ArticleModuleImage']",),
    caption=("[class*='Metadata'] [class*='caption']", "figcaption"),
    credit=("[class*='copyright' i]",),
    lead_caption="[class*='MetadataBox_caption']",
    copyright=("body > footer",),
    zone="Europe/Berlin",
    drops=(
        Drop("br.player", "player", "[class*='MediaAudioVideo'],[class*='ArticleModuleAudio'],[class*='ArticleModuleVideo']"),
        Drop("br.teaser", "promo", "[class*='ArticleModuleTeaserBox'],[class*='ArticleListItem'],[class*='RelatedLink'],[class*='ArticleModuleLink'],p:has(> a[href*='br24-blickt-nach-europa'])"),
        Drop("br.newsletter", "newsletter", "[class*='Newsletter' i],p:has(a[href*='newsletter'])"),
        Drop("br.embed", "embed", "[class*='ArticleModuleEmbed'],[class*='EmbedConsent'],[class*='SocialEmbed']"),
        Drop("br.metadata", "caption", "[class*='MetadataBox']"),
    ),
    rest=True,
    regions=(
        Drop("br.header", "navigation", "body > header,nav"),
        Drop("br.share", "share", "[class*='SocialMediaSharer']"),
        Drop("br.tags", "navigation", "[class*='SidebarSectionTags']"),
        Drop("br.broadcast", "promo", "[class*='SourceOrigin']"),
        Drop("br.related", "promo", "[class*='ArticleFooter_section']"),
        Drop("br.footer", "footer", "body > footer"),
    ),
)  # fmt: skip
