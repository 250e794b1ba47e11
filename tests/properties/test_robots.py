"""robots.txt beside a reference model, written plainly from RFC 9309, sections 2.2.1 to 2.2.3."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import quote

from hypothesis import assume, given
from hypothesis import strategies as st

from scraper.fetcher.robots import TOKEN, Robots

SITE = "https://a.example"
UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~"


@dataclass
class Group:
    """User-agent lines that follow each other, and the rules up to the next such line."""

    agents: list[str] = field(default_factory=list)
    rules: list[tuple[str, str]] = field(default_factory=list)


def octets(path: str) -> str:
    """Spelled as it is compared: what is not ASCII is percent-encoded, an encoded unreserved character is itself."""

    def one(found: re.Match[str]) -> str:
        byte = int(found[1], 16)
        return chr(byte) if chr(byte) in UNRESERVED else f"%{byte:02X}"

    return re.sub(r"%([0-9A-Fa-f]{2})", one, "".join(c if c.isascii() else quote(c) for c in path))


def matches(pattern: str, path: str) -> bool:
    """`*` is any run of characters, `$` at the end is the end of the path; else the pattern is how the path begins."""
    anchored = pattern.endswith("$")
    parts = [re.escape(part) for part in pattern.removesuffix("$").split("*")]
    return re.match(".*".join(parts) + (r"\Z" if anchored else ""), path, re.DOTALL) is not None


def allowed(groups: list[Group], path: str) -> bool:
    """The rules of all groups for us together, else of those for everybody; the longest match counts, allow first."""
    ours = [group for group in groups if any(agent.lower() == TOKEN for agent in group.agents)]
    ours = ours or [group for group in groups if "*" in group.agents]
    path = octets(path)
    found = [
        (len(octets(pattern)), kind == "allow")
        for group in ours
        for kind, pattern in group.rules
        if pattern and matches(octets(pattern), path)
    ]
    return max(found)[1] if found else True


AGENTS = st.sampled_from(
    ["*", TOKEN, TOKEN.upper(), TOKEN.title(), "public-radio", "radio-scraper", f"{TOKEN}-news", "x"]
)
PIECES = st.sampled_from([*"/ab.?=", "%2F", "%7E", "~", "%61", "é", "%c3%a9", "%C3%A9", "%3c"])
PATHS = st.lists(PIECES, max_size=5).map(lambda pieces: "/" + "".join(pieces))
PATTERNS = st.lists(PIECES | st.just("*"), max_size=5).map(lambda pieces: "/" + "".join(pieces))
RULES = st.tuples(
    st.sampled_from(["allow", "disallow"]),
    st.builds("".join, st.tuples(PATTERNS, st.sampled_from(["", "$"]))) | st.just(""),
)
GROUPS = st.builds(Group, st.lists(AGENTS, min_size=1, max_size=3), st.lists(RULES, min_size=1, max_size=4))
NOISE = st.sampled_from(["", "# a comment", "Sitemap: https://a.example/s.xml", "Unknown: thing"])
CASES = st.sampled_from([str.lower, str.upper, str.title])


def written(groups: list[Group], noise: str, case: object, end: str) -> bytes:
    lines = ["# robots", noise]
    for group in groups:
        lines += [f"{case('user-agent')}: {agent}" for agent in group.agents]
        lines += [noise, *(f"{case(kind)}: {pattern}" for kind, pattern in group.rules), ""]
    return end.join(lines).encode()


@given(st.lists(GROUPS, max_size=4), PATHS, NOISE, CASES, st.sampled_from(["\n", "\r\n", "\r"]))
def test_given_any_groups_when_asked_then_the_reference_model_agrees(groups, path, noise, case, end) -> None:
    assume(path != "/robots.txt" and not path.startswith("//"))
    text = written(groups, noise, case, end)
    assert Robots(text).allows(SITE + path) == allowed(groups, path), text


@given(st.lists(RULES, min_size=1, max_size=5), PATHS)
def test_given_groups_of_one_agent_when_split_anywhere_then_they_count_as_one(rules, path) -> None:
    assume(not path.startswith("//"))
    whole = written([Group([TOKEN], rules)], "", str.title, "\n")
    split = written(
        [Group([TOKEN], [rule]) for rule in rules] + [Group(["*"], [("disallow", "/")])], "", str.title, "\n"
    )
    assert Robots(whole).allows(SITE + path) == Robots(split).allows(SITE + path)


@given(st.binary(max_size=400), PATHS)
def test_given_any_bytes_when_read_then_there_is_an_answer(body, path) -> None:
    rules = Robots(b"User-agent: *\n" + body)
    assert rules.allows(SITE + path) in (True, False)
    assert rules.crawl_delay is None or 0 <= rules.crawl_delay < float("inf")
    assert isinstance(rules.opt_outs(SITE + path), tuple)
    assert all(isinstance(url, str) for url in rules.sitemaps)
