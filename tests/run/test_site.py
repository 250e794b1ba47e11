from __future__ import annotations

import pytest

from scraper.config import Config, StationSettings
from scraper.errors import ConfigError
from scraper.run import sites_of
from scraper.run.site import group_of

OWN = StationSettings(host="wxyz.example", url="http://127.0.0.1:8000/", platform="wordpress", delay=1.0)


def config(*stations: StationSettings | str) -> Config:
    return Config(stations=tuple(StationSettings(host=one) if isinstance(one, str) else one for one in stations))


def test_the_directory_completes_what_the_configuration_leaves_out() -> None:
    bpr, own = sites_of(config("www.bpr.org", OWN))
    assert (bpr.host, bpr.url, bpr.place, bpr.platform) == ("bpr.org", "https://bpr.org", "bpr.org", "grove")
    assert "wcqs.org" in bpr.hosts
    assert (own.host, own.place, own.platform, own.hosts) == ("wxyz.example", "127.0.0.1:8000", "wordpress", ())
    assert own.url == "http://127.0.0.1:8000/"


def test_stations_that_share_servers_are_a_group() -> None:
    assert group_of(sites_of(config("bpr.org", "wunc.org", OWN))) == {"bpr.org": "grove", "wunc.org": "grove"}


def test_some_of_them() -> None:
    stations = config("bpr.org", "wunc.org", OWN)
    assert [site.host for site in sites_of(stations, ["www.wunc.org", "wcqs.org"])] == ["bpr.org", "wunc.org"]
    with pytest.raises(ConfigError, match=r"no station wunk\.org, did you mean wunc\.org\?"):
        sites_of(stations, ["wunk.org"])
    with pytest.raises(ConfigError, match=r"its stations are bpr\.org, wunc\.org"):
        sites_of(stations, ["q.net"])


def test_none_at_all() -> None:
    with pytest.raises(ConfigError, match="name at least one station"):
        sites_of(config())
