"""Links in HTML: browsers' bookmarks (also of Shaarli, Pinboard, Delicious), Pocket, Instapaper."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from accession import Reason
from article import Article
from ingest.clean import clean
from ingest.decode import NotText
from ingest.exports.moments import moment
from ingest.exports.saved import Saved, plain_result
from ingest.html.tree import Element, NoElements, text_of, tree_of
from ingest.parsed import Given, Parsed, Unread

KIND = "html/bookmarks"
_SHELVES = frozenset(["unread", "read archive", "archive", "starred", "liked", "home"])
"""Names under which Pocket and Instapaper keep everything: they tell nothing of a link."""

EMPTY = "no links are in it"
CUT = "the file breaks off here; what came before is kept"

_LIST = re.compile(r"<(/?)(?:dl|ul|ol)\b", re.IGNORECASE)


@dataclass(slots=True)
class _Link:
    element: Element
    folders: tuple[str, ...]
    note: str = ""


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a file of links: each ends as a bookmark."""
    try:
        text = text_of(given.data)[0]
        root = tree_of(text).root
    except (NotText, NoElements) as error:
        yield Unread(Reason.EMPTY, str(error) or EMPTY)
        return
    links = _links(root)
    for number, link in enumerate(links, 1):
        yield plain_result(_saved(link), f"link {number}")
    if not links:
        yield Unread(Reason.EMPTY, EMPTY)
    elif _breaks_off(text):
        yield Unread(Reason.MALFORMED, CUT, f"link {len(links) + 1}")


def _breaks_off(text: str) -> bool:
    """Whether lists are left open at the end: every program closes those it has opened."""
    ends = [bool(found[1]) for found in _LIST.finditer(text)]
    return 2 * sum(ends) < len(ends)


def _saved(link: _Link) -> Saved:
    name = "".join(link.element.itertext())
    at = link.element.get("add_date") or link.element.get("time_added")
    tags = (*link.folders, *(link.element.get("tags") or "").split(","))
    article = Article(
        (),
        headline=clean(name) or None,
        url=clean(link.element.get("href")),
        tags=tuple(dict.fromkeys(filter(None, map(clean, tags)))),
    )
    return Saved(article, KIND, saved_at=moment(at), note=clean(link.note) or None)


def _links(root: Element) -> list[_Link]:
    """Walk through the file once: a list stands below the name of its folder, a note below its link."""
    links: list[_Link] = []
    folders: list[str] = []
    heading, noted = "", False
    for event, element in etree.iterwalk(root, events=("start", "end")):
        match event, element.tag:
            case "start", "h3" | "h1":
                heading, noted = _folder(element), False
            case "start", "dl" | "ul" | "ol":
                folders.append(heading)
                heading = ""
            case "end", "dl" | "ul" | "ol":
                folders.pop()
            case "start", "a" if element.get("href"):
                links.append(_Link(element, tuple(filter(None, folders))))
                noted = True
            case "start", "dd" if noted:
                links[-1].note, noted = _own_text(element), False
    return links


def _folder(heading: Element) -> str:
    """Give a folder's name, none for those that the program made itself: a title, a toolbar, a shelf."""
    name = clean("".join(heading.itertext()))
    made = heading.get("personal_toolbar_folder") or heading.get("unfiled_bookmarks_folder")
    title = heading.tag == "h1" and heading.getnext() is not None and heading.getnext().tag == "dl"
    return "" if made or title or name.casefold() in _SHELVES else name


def _own_text(element: Element) -> str:
    """Give the text of an element up to the first block in it."""
    parts = [element.text or ""]
    for child in element:
        if child.tag in {"dl", "dt", "dd", "p", "hr"}:
            break
        parts += ["".join(child.itertext()), child.tail or ""]
    return "".join(parts)
