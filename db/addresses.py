"""Addresses in one spelling, so that the ways by which one article is linked to come to the same.

The rule is told, with its reasons, in docs/decisions/identity.md. It is for comparison only: what
is shown is the address as it was given.
"""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

RULE = 3
"""Raise it whenever the spelling changes: libraries then take it over by themselves."""

_CACHE = re.compile(
    r"https?://(?:(?:www\.)?google\.[a-z.]+/amp|[^/]+\.cdn\.ampproject\.org/[a-z])/(?:s/)?(.+)",
    re.IGNORECASE,
)
_LABELS = frozenset({"www", "m", "mobile", "amp"})
_FORMS = re.compile(r"^/amp(?=/)|/amp$|\.amp(?=\.html?$|$)|/index\.(?:html?|php)$", re.IGNORECASE)
_COUNTING = re.compile(
    r"(?:utm_\w+|at_(?:medium|campaign|custom\d|link\w*|ptr\w*|bbc\w*|format)|fbclid|gclid|gclsrc|dclid|gbraid"
    r"|wbraid|msclkid|yclid|ysclid|igshid|igsh|mc_cid|mc_eid|mkt_tok|_ga|_gl|_hsenc|_hsmi|vero_id|oly_\w+_id"
    r"|s_cid|cmpid|cmp|icid|intcmp|ito|ncid|ocid|ftag|mod|srnd|smid|smtyp|sref|ref|ref_src|ref_url|xtor"
    r"|wt_mc|wt\.mc_id|maca|spm|share|amp)(?:=|$)|output(?:type)?=amp$",
    re.IGNORECASE,
)


def normal_url(url: str) -> str:
    """Give an address in one spelling, without its scheme.

    User, `www.`, mobile and AMP forms, usual ports, the case of host and path, a trailing slash, the
    order of parameters and those that only count visitors make no difference, nor does a fragment
    that is not a page's path. What is no address of the web is given back as it is.
    """
    url = _CACHE.sub(r"http://\1", url.strip())
    try:
        parts = urlsplit(url)
        host, port = _host(parts.hostname or ""), parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in {"http", "https", ""}:
        return url
    place = host if port in {None, 80, 443} else f"{host}:{port}"
    said = (part.strip() for part in parts.query.split("&"))
    query = "&".join(sorted(part for part in said if not _COUNTING.match(part)))
    fragment = parts.fragment if parts.fragment.startswith(("!", "/")) else ""
    return urlunsplit(("", place, _path(parts.path), query, fragment)).removeprefix("//")


def _host(name: str) -> str:
    """Give a host as it is asked for, without the labels of its forms."""
    labels = name.rstrip(".").encode("idna").decode().split(".")
    while len(labels) > 2 and labels[0] in _LABELS:
        del labels[0]
    return ".".join(labels)


def _path(path: str) -> str:
    plain = re.sub("//+", "/", quote(unquote_to_bytes(path)).lower())
    return _FORMS.sub("", plain.rstrip("/")).rstrip("/")
