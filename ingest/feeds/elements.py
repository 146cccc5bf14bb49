"""The elements of feeds by short names, whichever of its dialects and namespaces they stand in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from ingest.office.safe_xml import Element

_CORE = (
    "http://purl.org/rss/1.0",
    "http://my.netscape.com/rdf/simple/0.9",
    "http://channel.netscape.com/rdf/simple/0.9",
    "http://backend.userland.com/rss",
    "http://blogs.law.harvard.edu/tech/rss",
    "http://www.w3.org/2005/atom",
    "http://purl.org/atom/ns#",
)
"""How the namespaces of RSS and Atom themselves begin: their elements are known without a prefix."""
_PREFIXES = {
    "http://purl.org/rss/1.0/modules/content/": "content",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "http://www.w3.org/1999/xhtml": "xhtml",
    "http://rssnamespace.org/feedburner/ext/1.0": "feedburner",
    "http://www.itunes.com/dtds/podcast-1.0.dtd": "itunes",
}
COUNTERS: Final = (
    "http://purl.org/rss/1.0/modules/slash/",
    "http://purl.org/syndication/thread/1.0",
)
"""Namespaces of what changes with every comment, and is no part of an entry."""

ENTRIES: Final = ("item", "entry")


def namespace(element: Element) -> str:
    """Give an element's namespace, empty where it has none."""
    tag = element.tag if isinstance(element.tag, str) else ""
    return tag[1:].partition("}")[0] if tag.startswith("{") else ""


def name_of(element: Element) -> str:
    """Give an element's short name: `title`, `content:encoded`; empty for one that means nothing here."""
    tag = element.tag if isinstance(element.tag, str) else ""
    space, _, local = tag[1:].partition("}") if tag.startswith("{") else ("", "", tag)
    if not space or (space.lower().startswith(_CORE) and "/modules/" not in space):
        return local  # a prefix that nobody declared is part of the name
    prefix = _PREFIXES.get(space)
    return f"{prefix}:{local}" if prefix else ""


def children(element: Element, *names: str) -> Iterator[Element]:
    """Give the children of these names, in the order of the names."""
    for name in names:
        yield from (one for one in element if name_of(one) == name)


def text_of(element: Element | None) -> str:
    """Give an element's words, with those of the elements in it."""
    return "" if element is None else "".join(element.itertext()).strip()


def first(element: Element, *names: str) -> str:
    """Give the words of the first child of these names that has any."""
    return next(filter(None, map(text_of, children(element, *names))), "")
