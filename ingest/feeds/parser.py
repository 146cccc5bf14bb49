"""Read a feed: an entry at a time, so that a long one costs no more memory than a short one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from itertools import chain

from lxml import etree

from article import Reason
from ingest.exports.saved import plain_result
from ingest.feeds.elements import COUNTERS, ENTRIES, name_of, namespace
from ingest.feeds.entries import Head, head_of, language_of, saved_of
from ingest.feeds.mending import NotText, mended
from ingest.office.safe_xml import Element, local
from ingest.parsed import Given, Parsed, Unread

LINK_ONLY = "only the link is in this feed; cuttings links --unfetched lists it"
EMPTY = "a feed without entries"
CUT = "the feed breaks off within this entry"

_PIECE = 1 << 16
_FORMS = {"rss": "feed/rss", "RDF": "feed/rss", "feed": "feed/atom"}
_OPENED = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_CLOSED = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>")


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a feed; an entry's `data` is a feed with nothing but it."""
    try:
        data = mended(given.data, given.charset)
    except NotText as error:
        yield Unread(Reason.NOT_TEXT, str(error))
        return
    cut = _is_cut(data)
    number, waiting = 0, None
    for number, (entry, head) in enumerate(entries(data, given.url or ""), 1):
        if waiting:
            yield waiting
        waiting = _result(entry, head, f"entry {number}")
    if waiting:
        yield Unread(Reason.MALFORMED, CUT, f"entry {number}") if cut else waiting
    else:
        yield Unread(Reason.EMPTY, EMPTY)


def _is_cut(data: bytes) -> bool:
    """Whether the last entry has no end."""
    last = 0
    for found in _CLOSED.finditer(data):
        last = found.end()
    return _OPENED.search(data, last) is not None


def entries(data: bytes, base: str) -> Iterator[tuple[Element, Head]]:
    """Give each entry with the feed's head, and let go of it before the next."""
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[f"{{*}}{name}" for name in ENTRIES],
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    head, before = None, None
    for _, entry in chain(_events(parser, data), _last_events(parser)):
        parent = entry.getparent()
        if parent is None or local(parent) in ENTRIES:
            continue
        head = head or _head(entry, base)
        yield entry, head
        if before is not None and before.getparent() is not None:
            before.getparent().remove(before)
        entry.clear()
        before = entry


def _events(parser: etree.XMLPullParser, data: bytes) -> Iterator[tuple[str, Element]]:
    view = memoryview(data)
    for start in range(0, len(data), _PIECE):
        parser.feed(bytes(view[start : start + _PIECE]))
        yield from parser.read_events()


def _last_events(parser: etree.XMLPullParser) -> Iterator[tuple[str, Element]]:
    try:
        parser.close()
    except etree.XMLSyntaxError:  # nothing in it is an element
        return
    yield from parser.read_events()


def _head(entry: Element, base: str) -> Head:
    root = entry.getroottree().getroot()
    form = _FORMS.get(local(root), "feed/rss" if local(entry) == "item" else "feed/atom")
    return head_of(root, form, base)


def _result(entry: Element, head: Head, item: str) -> Parsed | Unread:
    for counter in [one for one in entry if namespace(one).startswith(COUNTERS)]:
        entry.remove(counter)
    result = plain_result(saved_of(entry, head), item)
    if isinstance(result, Unread):
        link = result.reason is Reason.LINK_ONLY and result.bookmark
        return Unread(result.reason, LINK_ONLY, item, result.bookmark) if link else result
    language = language_of(entry, head)
    return Parsed(result.article, result.kind, result.warnings, language, item, _alone(entry, head))


def _alone(entry: Element, head: Head) -> bytes:
    """Give a feed with one entry, from which it could be read again."""
    own = etree.tostring(entry, encoding="unicode", with_tail=False)
    title, link, language = escape(head.title), escape(head.link), escape(head.language)
    if name_of(entry) == "entry":
        names = "".join(f"<author><name>{escape(one.name)}</name></author>" for one in head.authors)
        text = (
            f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}" xml:base="{escape(head.base)}">'
            f'<title>{title}</title><link href="{link}"/>{names}\n{own}\n</feed>\n'
        )
    else:
        text = (
            f'<rss version="2.0" xml:base="{escape(head.base)}"><channel><title>{title}</title><link>{link}</link>'
            f"<language>{language}</language>\n{own}\n</channel></rss>\n"
        )
    return text.encode("utf-8", "replace")
