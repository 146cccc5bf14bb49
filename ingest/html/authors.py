"""Find who wrote an article: JSON-LD, `meta`, microdata, and the byline as printed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from article import Author
from ingest.html.headline import key, site_names
from ingest.html.json_ld import Node, address, listed, plain_text
from ingest.html.meta import Page
from ingest.html.names import is_person, names_in
from ingest.html.printed import printed_bylines
from ingest.html.tree import Element

_METAS = (
    "author",
    "article:author",
    "parsely-author",
    "sailthru.author",
    "citation_author",
    "dc.creator",
    "dcterms.creator",
    "byl",
    "og:article:author",
    "cxenseparse:author",
    "article:author_name",
    "authors",
)
_CLASSES = (
    "//*[@rel='author' or @itemprop='author' or contains(@class, 'author-name')"
    " or contains(@class, 'authorName') or contains(@class, 'author__name')]",
    "//*[contains(@class, 'byline') or contains(@class, 'Byline') or @id='byline']",
    "//*[self::a or self::span or self::p or self::div or self::address][contains(@class, 'author')]",
    "//a[contains(@href, '/author') or contains(@href, '/profile') or contains(@href, '/contributor')"
    " or contains(@href, '/by/') or contains(@href, '/people/') or contains(@href, '/staff/')]",
)
_LONGEST = 150
_AWAY = re.compile(
    r"comment|related|sidebar|teaser|recommend|footer|promo|popular|trending", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Authors:
    """Who signs; `byline` is the line as printed, where there is one."""

    names: tuple[Author, ...] = ()
    byline: str | None = None
    origin: str = ""


def authors_of(page: Page, headline: str | None = None) -> Authors:
    """Give the authors from the most trusted place that names any.

    The site itself is taken for the author only where no place names anybody else.
    """
    site = site_names(page)
    printed = next(printed_bylines(page, headline), None)
    signed = [Author(name) for name in names_in(printed)] if printed else []
    itself: tuple[list[Author], str] = [], ""
    for find, origin in (
        (_declared, "json-ld"),
        (_from_metas, "meta"),
        (lambda _: signed, "html"),
        (_from_html, "html"),
    ):
        found = find(page)
        if others := [author for author in found if key(author.name) not in site]:
            whole = _completed(others, signed)
            place = origin if whole == others else "html"
            return Authors(tuple(whole), _byline(page.root, whole, printed), place)
        itself = itself if itself[0] else (found, origin)
    return Authors(tuple(itself[0]), None, itself[1] if itself[0] else "")


def _completed(found: list[Author], signed: list[Author]) -> list[Author]:
    """Take the printed names where they are those that are declared and more: `By X and Y`."""
    named = {author.name.casefold() for author in found}
    more = named < {author.name.casefold() for author in signed}
    if not more or not all(is_person(author.name) for author in signed):
        return found
    urls = {author.name.casefold(): author.url for author in found}
    return [Author(one.name, urls.get(one.name.casefold())) for one in signed]


def _byline(root: Element, authors: list[Author], printed: str | None) -> str | None:
    """Give the printed line that names the authors, as far as their names reach."""
    for text in chain([printed] if printed else [], _printed(root, _CLASSES[1:2])):
        end = max(text.casefold().rfind(one.name.casefold()) + len(one.name) for one in authors)
        if all(one.name.casefold() in text.casefold() for one in authors):
            return text[:end]
    return None


def _declared(page: Page) -> list[Author]:
    """Read the article's `author` in JSON-LD; a reference by `@id` is followed within the page."""
    by_id = {node["@id"]: node for node in page.nodes if isinstance(node.get("@id"), str)}
    found: list[Author] = []
    for value in listed(page.article.get("author")) or listed(page.article.get("creator")):
        found += _person(value, by_id)
    return _unique(found)


def _person(value: object, by_id: dict[str, Node]) -> list[Author]:
    if isinstance(value, str):
        return [Author(name) for name in names_in(value)]
    if not isinstance(value, dict):
        return []
    whole = by_id.get(str(value.get("@id")), {}) | value
    names = [
        name for one in listed(whole.get("name")) if isinstance(one, str) for name in names_in(one)
    ]
    url = address(whole.get("url")) if len(names) == 1 else None
    return [Author(name, url) for name in names]


def _from_metas(page: Page) -> list[Author]:
    for name in _METAS:
        values = page.metas.get(name, [])
        if found := [Author(one) for value in values for one in names_in(value)]:
            return _unique(found)
    return []


def _from_html(page: Page) -> list[Author]:
    for text in _printed(page.root, _CLASSES):
        if found := [Author(name) for name in names_in(text)]:
            return found
    return []


def _printed(root: Element, places: tuple[str, ...]) -> Iterator[str]:
    for place in places:
        for element in root.xpath(place):
            text = plain_text(" ".join(element.itertext()))
            if 3 < len(text) <= _LONGEST and not _is_away(element):
                yield text


def _is_away(element: Element) -> bool:
    """Whether an element stands among comments, teasers or other articles."""
    for parent in element.iterancestors():
        named = f"{parent.get('class') or ''} {parent.get('id') or ''}"
        if parent.tag in {"aside", "footer", "nav"} or (
            parent.tag not in {"body", "html"} and _AWAY.search(named)
        ):
            return True
    return False


def _unique(found: list[Author]) -> list[Author]:
    return list({author.name.casefold(): author for author in reversed(found)}.values())[::-1]
