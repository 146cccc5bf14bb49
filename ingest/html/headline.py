"""Choose the headline: the heading on the page that the page's own values agree with."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ingest.html.json_ld import plain_text, string
from ingest.html.meta import Page, prop
from ingest.html.tree import Element
from ingest.slug import fold, site_of

_SEPARATOR = re.compile(r"\s+[|•·—–-]\s+|\s*[|»«]\s*|\s+::?\s+")
_WORD = re.compile(r"[^\W_]+")
_AGREE = 0.5
_LABEL = 3
_WORDS = 4
"""A heading of fewer words may be a section's name."""

LONGEST = 400
"""Characters of a heading; more is a paragraph that somebody marked as one."""

Found = tuple[str, str]
"""A headline and where it was found."""


def headline_of(page: Page) -> Found | None:
    """Give the headline and its origin.

    A heading that readers saw, if the page's own values have its words; else JSON-LD, Open Graph,
    other `meta`, the title, each without the site's name; at last the first heading of all.
    """
    claims = list(_claims(page))
    first, second = (list(_headings(page.root, tag)) for tag in ("h1", "h2"))
    if seen := _seen(first, claims) or _only(first, claims) or _seen(second, claims):
        return _without_label(seen, claims)
    return claims[0] if claims else next(iter([*first, *second]), None)


def key(text: str | None) -> str:
    """Give the words of a text as they are compared: letters and digits, folded."""
    return " ".join(_WORD.findall(fold(text or "")))


def site_names(page: Page) -> set[str]:
    """Give the names a site goes by, as `key` has them."""
    publisher = string(page.article.get("publisher"))
    named = [page.meta("og:site_name"), page.meta("application-name"), publisher]
    host = (site_of(page.url[0] or page.base) or "").split(".")
    return {key(name) for name in named if name} | {max(host, key=len)} - {""}


def _claims(page: Page) -> Iterator[Found]:
    names = site_names(page)
    title = page.root.xpath("string(//head/title | //body/title)")
    for text, origin in (
        (string(page.article.get("headline")), "json-ld"),
        (prop(page, "headline"), "microdata"),
        (page.meta("og:title"), "og"),
        (page.meta(*_METAS), "meta"),
        (plain_text(str(title)), "title"),
        (string(page.article.get("name")), "json-ld"),
    ):
        if text and (bare := _without_site(text, names)) and key(bare) not in names:
            yield bare, origin


_METAS = (
    "parsely-title",
    "sailthru.title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "headline",
    "twitter:title",
)


def _headings(root: Element, tag: str) -> Iterator[Found]:
    for element in root.iter(tag):
        text = plain_text("".join(element.itertext()))
        if text and len(text) <= LONGEST:
            yield text, "html"


def _only(headings: list[Found], claims: list[Found]) -> Found | None:
    """Give the page's only `h1`: the other values may be worded for search engines."""
    if len(headings) != 1:
        return None
    words = set(key(headings[0][0]).split())
    known = any(words & set(key(text).split()) for text, _ in claims)
    return headings[0] if len(words) >= _WORDS and (known or not claims) else None


def _seen(headings: list[Found], claims: list[Found]) -> Found | None:
    """Give the heading that shares most words with any value, the first of those alike."""
    words = [set(key(text).split()) for text, _ in claims]
    best: tuple[float, Found] | None = None
    for found in headings:
        own = set(key(found[0]).split())
        agreement = max((_shared(own, other) for other in words), default=0.0)
        if agreement >= _AGREE and (not best or agreement > best[0] + 0.05):
            best = agreement, found
    return best[1] if best else None


def _shared(own: set[str], other: set[str]) -> float:
    return len(own & other) / len(own | other) if own and other else 0.0


def _without_label(seen: Found, claims: list[Found]) -> Found:
    """Leave out a section's name that stands in the same heading (`Politics | …`)."""
    words = key(seen[0])
    for text, origin in claims:
        own = key(text)
        longer = len(words.split()) - len(own.split())
        if origin in {"json-ld", "og"} and words.endswith(" " + own) and 0 < longer <= _LABEL:
            return text, origin
    return seen


def _without_site(text: str, names: set[str]) -> str:
    """Cut the site's name from the end or the start of a title."""
    for _ in range(2):
        cuts = list(_SEPARATOR.finditer(text))
        if cuts and _names_site(text[cuts[-1].end() :], names):
            text = text[: cuts[-1].start()].rstrip()
        elif cuts and key(text[: cuts[0].start()]) in names:
            text = text[cuts[0].end() :].lstrip()
    return text


def _names_site(text: str, names: set[str]) -> bool:
    own = key(text)
    joined = own.replace(" ", "")
    return bool(own) and (own in names or any(joined == name.replace(" ", "") for name in names))
