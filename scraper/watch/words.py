"""Alarms in words: the likely cause, and the one line that is shown."""

from __future__ import annotations

from scraper.watch.figures import Finding
from scraper.watch.kinds import KINDS
from scraper.writer.alarm import Alarm
from scraper.writer.measure import total

_CAUSES = {
    "rules": "the site has probably got a new template, unknown to the platform's rules; what is read is a guess",
    "body": "the template has probably changed, and the story's container is not found any more",
    "several": "the story's container has probably changed, so that only a part of it is read",
    "title": "the template has probably changed where it shows the headline",
    "date": "the template has probably changed where it tells the date",
    "authors": "the template has probably changed where it names the author",
    "fresh": "its sources answer but list nothing new: its feeds have probably moved, or the station rests",
    "sources": "its feeds and pages cannot be read: the site is down, has moved, or keeps us out",
}
_REFUSALS = {
    "consent": "the site answers with a page that asks for consent",
    "error": "the site answers with error pages, or asks for proof that we are human",
    "empty": "the site answers with empty pages: it may need JavaScript now",
    "list": "what were stories is read as lists: the template has probably changed",
}
_MOST_OF_PARAGRAPH = 60


def cause_of(finding: Finding, *, hosts: tuple[int, int] | None = None) -> str:
    """What has probably happened. `hosts`: of a platform, how many hosts show it, and of how many."""
    cause = _cause(finding)
    if hosts is not None:
        return f"{hosts[0]} of {hosts[1]} stations of the platform show it at once; {cause}"
    return cause


def _cause(finding: Finding) -> str:
    if finding.kind == "body":
        refusals = total(finding.now).refusals
        most = max(refusals, key=lambda kind: refusals[kind], default="")
        if 2 * refusals.get(most, 0) > finding.pages * (1 - finding.figure):
            return _REFUSALS.get(most, _CAUSES["body"])
    if finding.kind == "length":
        if finding.figure < finding.past:
            return "only a part of the story is read: the template has probably changed, or a paywall has come"
        return "more than the story is read: a footer or a list of other stories has probably come in"
    if finding.kind == "common":
        return f"something that is no story comes with it, which begins: {finding.detail[:_MOST_OF_PARAGRAPH]!r}"
    return _CAUSES[finding.kind]


def sentence(alarm: Alarm) -> str:
    """An alarm in one line, without its samples.

    >>> sentence(Alarm(scope="host", subject="bpr.org", kind="body", raised_at="2031-08-12T14:00:00Z", raised_run=7,
    ...     figure=0.1, past=0.98, pages=10, past_pages=400, cause="the template has probably changed"))
    'bpr.org: pages with a body: 10% of 10, usually 98%; the template has probably changed (since 2031-08-12)'
    """
    name = alarm.subject if alarm.scope == "host" else f"platform {alarm.subject}"
    kind = KINDS.get(alarm.kind)
    title = kind.title if kind else alarm.kind
    return f"{name}: {title}: {_figures(alarm)}; {alarm.cause} (since {alarm.raised_at[:10]})"


def _figures(alarm: Alarm) -> str:
    kind = KINDS.get(alarm.kind)
    now, past = alarm.figure or 0.0, alarm.past or 0.0
    if kind is None or kind.unit == "share":
        return f"{now:.0%} of {alarm.pages:,}, usually {past:.0%}"
    if kind.unit == "characters":
        return f"{now:,.0f} over {alarm.pages:,}, usually {past:,.0f}"
    if alarm.kind == "fresh":
        return f"{now:,.0f}, never before more than {past:,.0f}"
    return f"{now:,.0f}"
