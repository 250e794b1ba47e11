"""The proxy that the environment names, for those who let it (``fetch.trust_env``).

Behind a proxy the address really reached is not ours to check: names are resolved at the proxy. What can be told from
the address alone (literals, ports, schemes) is still refused.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from scraper.errors import ConfigError


@dataclass(frozen=True, slots=True)
class Proxy:
    scheme: str
    host: str
    port: int
    auth: tuple[str, str] | None = None

    @property
    def url(self) -> str:
        name = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.scheme}://{name}:{self.port}"


def proxy_for(scheme: str, netloc: str) -> Proxy | None:
    """The proxy for one host by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, or None.

    Raises `ConfigError` for a proxy that is not reached by http or https.
    """
    from urllib.request import getproxies, proxy_bypass

    known = getproxies()
    text = known.get(scheme) or known.get("all")
    if not text or proxy_bypass(netloc):
        return None
    return parse(text)


def parse(text: str) -> Proxy:
    """A proxy's address as the environment spells it.

    >>> parse("proxy.example:3128").url
    'http://proxy.example:3128'
    """
    parts = urlsplit(text if "://" in text else f"http://{text}")
    try:
        port = parts.port
    except ValueError:
        port = 0
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise ConfigError(f"the environment names a proxy that cannot be used: {parts.scheme}://{parts.hostname or ''}")
    auth = (unquote(parts.username), unquote(parts.password or "")) if parts.username else None
    return Proxy(parts.scheme, parts.hostname, port or (443 if parts.scheme == "https" else 8080), auth)
