"""Read a feed: an entry at a time, so that a broken one costs itself, and a long feed no more memory."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape

from lxml import etree

from accession import Reason
from ingest.exports.saved import plain_result
from ingest.feeds.cutting import cut
from ingest.feeds.elements import COUNTERS, name_of, namespace
from ingest.feeds.entries import Head, head_of, language_of, saved_of
from ingest.feeds.mending import NotText, mended
from ingest.office.safe_xml import Element, local
from ingest.parsed import Given, Parsed, Unread

LINK_ONLY = "only the link is in this feed; cuttings links --unfetched lists it"
EMPTY = "a feed without entries"
CUT = "the feed breaks off here; what came before is kept"
BROKEN = "this entry is no XML"

_MARKED_TITLE = re.compile(
    rb"(<title[^>]*>)(?!\s*<!\[CDATA)([^<]*<(?!/title).*?)(</title>)", re.DOTALL
)
_FORMS = {"rss": "feed/rss", "RDF": "feed/rss", "feed": "feed/atom"}


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a feed; an entry's `data` is a feed with nothing but it."""
    try:
        parts = cut(mended(given.data, given.charset))
    except NotText as error:
        yield Unread(Reason.NOT_TEXT, str(error))
        return
    head, opening = head_in(parts.head, given.url or "")
    number = 0
    for number, (part, whole) in enumerate(parts.entries, 1):
        item = f"entry {number}"
        entry = _element(opening + part) if whole else None
        if entry is None:
            yield Unread(Reason.MALFORMED, BROKEN if whole else CUT, item)
        else:
            yield _result(entry, head, item)
    if not number:
        yield Unread(Reason.EMPTY, EMPTY)


def head_in(data: bytes, base: str) -> tuple[Head, bytes]:
    """Read what stands above a feed's entries; give also a tag that names what they may name."""
    root = _root(data)
    if root is None:
        return Head("feed/rss", base=base), b"<feed>"
    names = {prefix: uri for one in root.iter() for prefix, uri in one.nsmap.items()}
    named = (
        f' xmlns{(prefix and ":" + prefix) or ""}="{escape(uri)}"' for prefix, uri in names.items()
    )
    form = _FORMS.get(local(root), "feed/rss")
    return head_of(root, form, base), f"<feed{''.join(named)}>".encode()


def _root(data: bytes) -> Element | None:
    parser = etree.XMLParser(
        recover=True,
        huge_tree=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _element(data: bytes) -> Element | None:
    """Give the entry that stands within a tag; markup in its title may lack its ends, and goes."""
    root = _root(_MARKED_TITLE.sub(_escaped, data))
    return next(iter(root), None) if root is not None else None


def _escaped(title: re.Match[bytes]) -> bytes:
    return title[1] + title[2].replace(b"<", b"&lt;") + title[3]


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
