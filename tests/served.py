"""The site that pages of the docs fetch from: what stands in docs/served, on this machine."""

from __future__ import annotations

from http.server import BaseHTTPRequestHandler
from mimetypes import guess_type

from tests.site import Reply, Route, Site, moved
from tests.transcript import ROOT

SHOWN = "127.0.0.1:8000"
"""How a page names the site, whose port is another each time."""


def served() -> Site:
    """Give the site: with a feed that says when nothing is new, one that moved, and one that is gone."""
    site = Site()
    here = f"127.0.0.1:{site.port}".encode()
    for path in sorted((ROOT / "docs" / "served").iterdir()):
        body = path.read_bytes().replace(SHOWN.encode(), here)
        kind = guess_type(path.name)[0] or "text/plain"
        site.routes[f"/{path.name}"] = Reply(body, headers={"Content-Type": kind, "ETag": '"7"'})
    site.routes |= {
        "/feed.xml": _unless_known(site.routes["/feed.xml"]),
        "/rss": moved("/feed.xml", 301),
        "/gone.xml": Reply(status=410),
        "/busy.html": Reply(status=503, headers={"Retry-After": "5400"}),
    }
    return site


def _unless_known(reply: Route) -> Route:
    def answer(request: BaseHTTPRequestHandler) -> None:
        known = request.headers["If-None-Match"] == '"7"'
        (Reply(status=304) if known else reply)(request)

    return answer
