"""The tables of the store. How an older database gets there stands in `scraper.writer.migrations`.

Times are text, RFC 3339 in UTC to the second; comparing the text compares the times.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from scraper.writer.measure import COUNTS

REVISIONS = ("0001", "0002", "0003", "0004")
"""All schema revisions, oldest first; the last is what this code reads and writes."""

VERSION_TABLE = "schema_version"

STATES = ("new", "done", "failed", "gone", "refused")
"""What is known of a page: not fetched yet; its story is stored; it could not be had; it is no more; it has no story,
or may not be had. Whether a run has it in hand just now is another matter: see `leased_until`."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

stories = Table(
    "stories",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("host", Text, nullable=False),  # of the address that answered, without "www."; "" where none is known
    Column("id", Text, nullable=False),
    Column("url", Text),
    Column("canonical_url", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("published", Text),
    Column("modified", Text),
    Column("page_type", Text, nullable=False),
    Column("platform", Text, nullable=False),
    Column("station", Text),
    Column("station_domain", Text),
    Column("origin", Text),
    Column("section", Text),
    Column("program", Text),
    Column("language", Text),
    Column("text", Text, nullable=False),
    Column("first_seen", Text, nullable=False),
    Column("last_seen", Text, nullable=False),
    Column("changed_at", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("gone_at", Text),
    Column("record", Text, nullable=False),  # the whole JSON, as Article.to_json gives it
    UniqueConstraint("host", "id"),
    CheckConstraint("json_valid(record)", name="record").ddl_if(dialect="sqlite"),
)
Index(None, stories.c.id)
Index(None, stories.c.url)
Index(None, stories.c.canonical_url)
Index(None, stories.c.published)

runs = Table(
    "runs",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("started", Text, nullable=False),
    Column("ended", Text),
    Column("exit_code", Integer),
    Column("summary", Text),  # JSON
)

pages = Table(
    "pages",
    metadata,
    Column("key", Text, primary_key=True),  # scraper.addresses.key
    Column("url", Text, nullable=False),  # as found: this is what is fetched
    Column("host", Text, nullable=False),  # what it is queued under
    Column("discovered_from", Text),
    Column("published", Text),  # a hint of the source, or of the address
    Column("first_seen", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),  # failures in a row, of one kind
    Column("failing_since", Text),
    Column("next_try_at", Text),  # null: at once when new, else never
    Column("leased_by", Integer, ForeignKey(runs.c.number, ondelete="SET NULL")),
    Column("leased_until", Text),
    Column("status", Integer),
    Column("final_url", Text),
    Column("etag", Text),
    Column("last_modified", Text),
    Column("content_sha256", Text),
    Column("fetched_at", Text),
    Column("page_type", Text),
    Column("error", Text),
    Column("story", Integer, ForeignKey(stories.c.number, ondelete="SET NULL")),
    Column("lastmod", Text),  # the last change that any source told of, believed or not
    Column("lying", Boolean, nullable=False, server_default=false()),  # its validators stayed while its story changed
    CheckConstraint(f"state IN ({', '.join(map(repr, STATES))})", name="state"),
)
Index("ix_pages_new", pages.c.host, pages.c.state, pages.c.published, pages.c.first_seen)
Index("ix_pages_due", pages.c.host, pages.c.next_try_at)
Index(None, pages.c.story)
Index(None, pages.c.leased_by)

hosts = Table(
    "hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("delay", Float),  # seconds between requests, as they have settled
    Column("rest_until", Text),
    Column("reason", Text),
    Column("state", Text, nullable=False),  # JSON: the whole state
)

robots = Table(
    "robots",
    metadata,
    Column("origin", Text, primary_key=True),  # https://www.bpr.org
    Column("status", Integer),
    Column("fetched_at", Text, nullable=False),
    Column("expires_at", Text, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("state", Text, nullable=False),  # JSON: all the rest
)

sources = Table(
    "sources",
    metadata,
    Column("station", Text, primary_key=True),  # what its pages are queued under
    Column("key", Text, primary_key=True),  # scraper.addresses.key
    Column("url", Text, nullable=False),
    Column("kind", Text, nullable=False),  # feed, sitemap or page
    Column("etag", Text),  # of the answer last read whole, as are the next five
    Column("last_modified", Text),
    Column("sha256", Text),  # of its body
    Column("listed", Text),  # SHA-256 of what it listed
    Column("newest", Text),
    Column("children", Text, nullable=False),  # JSON: [[url, kind]]
    Column("asked_at", Text),
    Column("read_at", Text),
    Column("unchanged_at", Text),  # the last "not modified" since then
    Column("unchanged", Integer, nullable=False),  # their number
    Column("next_poll_at", Text),  # null: at the next pass
    Column("interval", Float, nullable=False),  # seconds
    Column("failures", Integer, nullable=False),  # in a row
    Column("lying", Boolean, nullable=False),  # its validators are not to be believed
    Column("status", Integer),
    Column("error", Text),
)

learned_pages = Table(
    "learned_pages",
    metadata,
    Column("number", Integer, primary_key=True),  # grows with each story: the order in which they were seen
    Column("host", Text, nullable=False),
    Column("story", Text, nullable=False),  # the record's id
    Column("mark", Text, nullable=False),  # names its words: copies have the same
    Column("about", Text, nullable=False),  # JSON: what it shares with its like
    Column("lines", LargeBinary, nullable=False),  # scraper.extractor.learned.model.pack
    UniqueConstraint("host", "story"),
)

learned_lines = Table(
    "learned_lines",
    metadata,
    Column("host", Text, primary_key=True),
    Column("key", Text, primary_key=True),  # scraper.extractor.learned.model.key_of
    Column("text", Text, nullable=False),
    Column("kind", Text),  # null until it is weighed, as are the counts
    Column("learned", Boolean, nullable=False, server_default=false()),
    Column("edge", Boolean, nullable=False, server_default=false()),
    Column("pages", Integer),
    Column("of_pages", Integer),
    Column("signs", Text),  # JSON: [words]
    Column("reason", Text),  # why it is kept
)

learned_hosts = Table(
    "learned_hosts",
    metadata,
    Column("host", Text, primary_key=True),
    Column("version", Integer, nullable=False),  # grows with each change of what is learned
    Column("changed_at", Text, nullable=False),
)

measures = Table(
    "measures",
    metadata,
    Column("run", Integer, primary_key=True),  # the last that is counted in
    Column("host", Text, primary_key=True),  # what its pages are queued under
    Column("platform", Text, primary_key=True),  # of the records; "" for what became no record
    Column("grain", Text, nullable=False),  # run, day or week
    Column("at", Text, nullable=False),  # when the run, the day or the week began
    *(Column(name, Integer, nullable=False) for name in COUNTS),
    Column("lengths", Text, nullable=False),  # JSON, as are the next four: see scraper.writer.measure
    Column("seconds", Text, nullable=False),
    Column("paragraphs", Text, nullable=False),
    Column("refusals", Text, nullable=False),
    Column("samples", Text, nullable=False),
    Column("newest", Text),
)
Index("ix_measures_at", measures.c.grain, measures.c.at)
Index("ix_measures_host", measures.c.host, measures.c.platform, measures.c.grain, measures.c.at)

alarms = Table(
    "alarms",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("scope", Text, nullable=False),  # host or platform
    Column("subject", Text, nullable=False),  # which
    Column("kind", Text, nullable=False),  # what was measured
    Column("raised_at", Text, nullable=False),
    Column("raised_run", Integer, nullable=False),
    Column("figure", Float),
    Column("past", Float),
    Column("pages", Integer, nullable=False),
    Column("past_pages", Integer, nullable=False),
    Column("samples", Text, nullable=False),  # JSON: [address]
    Column("cause", Text, nullable=False),
    Column("seen_at", Text, nullable=False),
    Column("cleared_at", Text),
    Column("cleared_run", Integer),
    Column("ended", Text),  # back or usual
)
Index("ix_alarms_subject", alarms.c.subject, alarms.c.kind)
Index(None, alarms.c.cleared_at)
