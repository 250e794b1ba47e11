"""Newsrooms of public media on Brightspot outside NPR's Grove: LAist, and the Chicago Sun-Times with WBEZ.

The engine and most of the class names are Grove's, so the table is Grove's but for what differs: the headline and its
second line stand in the lede, further people behind the label "Contributors:", the topics once more inside the story's
container. The clock trap differs too: article:published_time is UTC here as there, while the Sun-Times' data layer
(Publish_Date, Last_Time_Updated) holds US Eastern wall time that claims no zone, though the newsroom is in Chicago.
"""

from __future__ import annotations

from msgspec.structs import replace

from scraper.extractor.platforms.base import Drop
from scraper.extractor.platforms.grove import PLATFORM as GROVE

PLATFORM = replace(
    GROVE,
    name="brightspot",
    hosts=("laist.com", "chicago.suntimes.com", "wbez.org"),
    mixed=True,
    marks=(),
    title=("h1.Page-headline", *GROVE.title),
    byline=(*GROVE.byline, ".AuthorByline-InPage"),
    authors=(*GROVE.authors, "layer:Author"),
    published=(*GROVE.published, "layer:Publish_Date!eastern"),
    modified=(*GROVE.modified, "layer:Last_Time_Updated!eastern"),
    drops=(Drop("brightspot.tags", "navigation", '[class*="TagData"]'), *GROVE.drops),
)
