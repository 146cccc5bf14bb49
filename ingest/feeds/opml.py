"""Read OPML, a list of feeds, or of links."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from accession import Reason
from article import Article
from ingest.clean import clean
from ingest.exports.saved import Saved, is_web, plain_result
from ingest.feeds.mending import NotText, mended
from ingest.office.safe_xml import Element, local
from ingest.parsed import Given, Parsed, Unread

KIND = "opml"
A_FEED = "the address of a feed; to follow it: cuttings feeds add FILE"
EMPTY = "a list without addresses"
CUT = "the list breaks off here; what came before is kept"

_END = re.compile(rb"</opml\s*>", re.IGNORECASE)


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a list: its links end as bookmarks; a feed is followed and not stored."""
    number = 0
    for number, (outline, folders) in enumerate(outlines(given), 1):
        item = f"link {number}"
        if is_web(feed_of(outline)):
            yield Unread(Reason.LINK_ONLY, f"{A_FEED} ({feed_of(outline)})", item)
        else:
            yield plain_result(_saved(outline, folders), item)
    if not number:
        yield Unread(Reason.EMPTY, EMPTY)
    elif breaks_off(given):
        yield Unread(Reason.MALFORMED, CUT, f"link {number + 1}")


def breaks_off(given: Given) -> bool:
    """Say whether the list ends before its end."""
    return not _END.search(given.data.replace(b"\0", b""))  # which UTF-16 has between its letters


def _saved(outline: Element, folders: tuple[str, ...]) -> Saved:
    url = clean(outline.get("url") or outline.get("htmlUrl") or "")
    article = Article((), headline=title_of(outline), url=url, tags=folders)
    return Saved(article, KIND, note=clean(outline.get("description") or "") or None)


def feed_of(outline: Element) -> str:
    """Give the address of the feed that an outline stands for, empty where it is none's."""
    return clean(outline.get("xmlUrl") or outline.get("xmlurl") or "")


def title_of(outline: Element) -> str | None:
    """Give what an outline is called."""
    return clean(outline.get("title") or outline.get("text") or "") or None


def outlines(given: Given) -> Iterator[tuple[Element, tuple[str, ...]]]:
    """Give the outlines that have an address, each with the names of those it stands in."""
    try:
        data = mended(given.data, given.charset)
        parser = etree.XMLParser(
            recover=True, huge_tree=True, resolve_entities=False, no_network=True, load_dtd=False
        )
        root = etree.fromstring(data, parser)
    except (NotText, etree.XMLSyntaxError, ValueError):
        return
    folders: list[str] = []
    for event, one in etree.iterwalk(root, events=("start", "end")) if root is not None else ():
        if local(one) != "outline":
            continue
        if event == "end":
            folders.pop()
            continue
        if feed_of(one) or one.get("url") or one.get("htmlUrl"):
            yield one, tuple(dict.fromkeys(filter(None, folders)))
        folders.append(title_of(one) or "")
