"""What a platform is: a table that says where a template keeps things. The engine is written once, elsewhere.

Sources of a field are strings, tried in order until one gives something:

    h1.ArtP-headline                a CSS selector; the element's text
    time[datetime]@datetime         ... or one of its attributes
    meta:og:title                   a <meta> by name, property or itemprop
    ld:author.name                  a value of the page's schema.org story object
    layer:program                   a value of Brightspot's data layer
    title:                          the <title>
    class:\\bid(\\d+)\\b              the group of a pattern, searched in the classes of <html> and <body> (" a b c ")

A date source may end in ``!utc`` (a clock without a zone is UTC), ``!eastern`` (the clock shows US Eastern time, whatever
zone the value claims) or ``!day`` (only its day counts); a program source in ``!episode`` (asked on episode pages only).
"""

from __future__ import annotations

import msgspec


class Drop(msgspec.Struct, frozen=True):
    """What is taken out: elements that `select` (CSS) finds; `rule` and `kind` are what `removed[]` shows."""

    rule: str
    kind: str
    select: str


class Platform(msgspec.Struct, frozen=True, kw_only=True):
    """One template.

    name            what `platform` says in the record
    since, until    first and last day (2021-03-31) of this version of the template; "" where it is open. A module's
                    `EARLIER` holds the versions before its `PLATFORM`, newest first
    hosts           hosts that serve nothing else (their subdomains too)
    mixed           true where the hosts serve other templates too: a page with none of the containers is nobody's
    marks           CSS selectors; one match recognises the template
    types           (sign, page type), the first match decides; what none decides is left to general rules. A sign is a
                    CSS selector, or "class:PATTERN", searched in the classes of <html> and <body> (" a b c ")
    root            element that holds the story with its head; default: the whole body
    body            containers of the story's words, first selector that matches (all its matches are read, in order)
    spoken          container of a transcript apart from `body`
    bios            boxes that present the authors; name, words and role inside them are `bio_name`, `bio_text`, `bio_role`
    quotes          CSS of quotations that are no <blockquote>
    quote_by        CSS of who said it, inside a quotation, where it is no <cite>
    speakers        CSS of names that stand apart above what their people say, in a transcript
    drops           furniture inside the body, each piece removed one by one
    regions         furniture outside the body, one entry each
    zone            zone (Europe/Berlin) of clocks that name none; default: the one that the page names, or its country's
    rest            true where not all regions are known by name: whatever stands outside the story is listed as removed
    visible_date    where the date stands in words, for a person to read
    date_only       sources that give the day at best, asked last
    notes           CSS of correction boxes and the like: a note each
    audio_title     the title of an audio module, inside the module
    site_names      what a machine-made title may have tacked on beside the site's own names
    own_audio       promos whose audio is the story's own
    lead_caption    caption of the lead picture where it stands outside its figure
    """

    name: str
    since: str = ""
    until: str = ""
    hosts: tuple[str, ...] = ()
    mixed: bool = False
    marks: tuple[str, ...] = ()
    types: tuple[tuple[str, str], ...] = ()
    root: tuple[str, ...] = ()
    body: tuple[str, ...] = ()
    spoken: tuple[str, ...] = ()
    title: tuple[str, ...] = ("meta:og:title", "h1", "title:")
    subtitle: tuple[str, ...] = ()
    teaser: tuple[str, ...] = ("meta:og:description", "meta:description")
    byline: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ("meta:article:published_time", "ld:datePublished", "time[datetime]@datetime")
    modified: tuple[str, ...] = ("meta:article:modified_time", "ld:dateModified")
    visible_date: tuple[str, ...] = ()
    date_only: tuple[str, ...] = ()
    section: tuple[str, ...] = ("meta:article:section", "ld:articleSection")
    program: tuple[str, ...] = ()
    tags: tuple[str, ...] = ("meta:article:tag",)
    story_id: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    bios: tuple[str, ...] = ()
    bio_name: str = ""
    bio_text: str = ""
    bio_role: str = ""
    quotes: str = ""
    quote_by: str = ""
    speakers: str = ""
    figures: tuple[str, ...] = ("figure",)
    lead_caption: str = ""
    own_audio: str = ""
    audio_title: str = ""
    caption: tuple[str, ...] = ("figcaption",)
    credit: tuple[str, ...] = ()
    provider: tuple[str, ...] = ()
    audio: tuple[str, ...] = ("audio[src]", "audio source[src]")
    copyright: tuple[str, ...] = ()
    notes: str = ""
    drops: tuple[Drop, ...] = ()
    regions: tuple[Drop, ...] = ()
    zone: str = ""
    rest: bool = False

    @property
    def known(self) -> bool:
        """Whether it is a template at all: the generic table is for pages of none."""
        return bool(self.hosts or self.marks)

    def covers(self, day: str) -> bool:
        """Whether the template looked like this on a day (2021-03-31).

        >>> Platform(name="x", until="2021-03-31").covers("2020-01-01")
        True
        """
        return self.since <= day and (not self.until or day <= self.until)
