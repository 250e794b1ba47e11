from __future__ import annotations

import sys

import pytest

from scraper.errors import ConfigError, Refused
from scraper.fetcher.proxy import parse, proxy_for

h = sys.modules["hostile_server"]


@pytest.fixture
def proxied(server, monkeypatch):
    for name in (
        "http_proxy",
        "https_proxy",
        "all_proxy",
        "no_proxy",
        "HTTP_PROXY",
        "HTTPS_PROXY",
        "ALL_PROXY",
        "NO_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://user:p%40ss@{server.host}")
    return server


def test_given_a_proxy_in_the_environment_when_trusted_then_requests_go_through_it(proxied, make) -> None:
    proxied.routes["http://station.example/page"] = h.answer()
    fetcher = make(settings={"trust_env": True, "allow_hosts": ()})
    assert fetcher.fetch("http://station.example/page").body == h.STORY
    assert proxied.requests[-1].headers["proxy-authorization"] == "Basic dXNlcjpwQHNz"
    for url in (f"http://{proxied.host}/x", "http://10.0.0.1/", "http://station.example:6379/"):
        with pytest.raises(Refused):
            fetcher.fetch(url)


def test_given_a_proxy_in_the_environment_when_not_trusted_then_it_is_left_alone(proxied, make) -> None:
    with pytest.raises(Refused, match="not a public address"):
        make(settings={"allow_hosts": ()}, resolve=lambda host, port: ["10.0.0.1"]).fetch("http://station.example/")
    assert proxied.requests == []


def test_given_hosts_without_a_proxy_when_asked_then_there_is_none(proxied, monkeypatch) -> None:
    monkeypatch.setenv("no_proxy", "station.example")
    assert proxy_for("http", "station.example") is None
    assert proxy_for("http", "other.example").host == "127.0.0.1"
    assert proxy_for("https", "other.example") is None


@pytest.mark.parametrize("text", ["socks5://proxy.example:1080", "http://", "http://proxy.example:99999", "http://p:0"])
def test_given_a_proxy_that_cannot_be_used_when_read_then_it_is_a_config_error(text) -> None:
    with pytest.raises(ConfigError, match="proxy that cannot be used"):
        parse(text)
