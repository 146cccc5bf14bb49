"""An address to fetch, taken apart once, so that what is checked is what is asked."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from accession import Reason
from ingest.zips import Refused

_PORTS = {"http": 80, "https": 443}
_KEPT = "/%:=&?~#+!$,;'@()*[]|"
_LONGEST = 8_000
_ON_THE_WEB = re.compile(r"https?://", re.IGNORECASE)
_USER = re.compile(r"^(\s*\w+:/*)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Target:
    """`url` as it was asked for, without its fragment; `host` in ASCII, `path` with its query."""

    url: str
    scheme: str
    host: str
    port: int
    path: str

    @property
    def origin(self) -> str:
        """The address of the whole site: what a robots.txt speaks for."""
        return f"{self.scheme}://{self.named}"

    @property
    def named(self) -> str:
        """The host as a request names it, with the port where it is not the usual one."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == _PORTS[self.scheme] else f"{host}:{self.port}"

    def at(self, location: str) -> Target:
        """Give the address that a redirect from here leads to; servers write blanks and UTF-8 into it."""
        with suppress(UnicodeError):
            location = location.encode("latin-1").decode()
        try:
            return target_of(urljoin(self.url, location.strip().replace(" ", "%20")))
        except ValueError as error:
            raise _malformed(location) from error


def target_of(url: str) -> Target:
    """Take an address apart; raises `Refused` where it is none of the web's, or bears a password."""
    url = url.strip()
    if len(url) > _LONGEST or not url.isprintable() or any(one.isspace() for one in url):
        raise _malformed(url)
    try:
        parts = urlsplit(url)
        host, port = _host(parts), parts.port
    except ValueError as error:
        raise _malformed(url) from error
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not host:
        raise Refused(
            Reason.REFUSED_ADDRESS, f"not an address of http or https: {without_password(url)[:80]}"
        )
    if "@" in parts.netloc:
        detail = "an address with a user name or a password in it is not fetched"
        raise Refused(Reason.REFUSED_ADDRESS, detail)
    path = quote(parts.path or "/", safe=_KEPT) + (
        f"?{quote(parts.query, safe=_KEPT)}" if parts.query else ""
    )
    whole = parts._replace(fragment="").geturl()
    return Target(whole, scheme, host, _PORTS[scheme] if port is None else port, path)


def is_on_the_web(name: str) -> bool:
    """Whether a name is meant for an address on the web, and not for a file."""
    return _ON_THE_WEB.match(name) is not None


def without_password(url: str) -> str:
    """Give an address as it may be shown and kept."""
    return _USER.sub(r"\1…@", url)


def _host(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    return host if host.isascii() else host.encode("idna").decode()


def _malformed(url: str) -> Refused:
    return Refused(
        Reason.MALFORMED, f"an address that cannot be read: {without_password(url)[:80]}"
    )
