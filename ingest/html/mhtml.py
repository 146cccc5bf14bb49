"""Read MHTML, a page saved as one file in the form of an e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage, Message

from accession import Reason
from ingest.decode import NotText
from ingest.html.reader import MAX_BYTES, read_page
from ingest.html.tree import text_of
from ingest.mime import message_of
from ingest.parsed import Given, Parsed, Unread

KIND = "html/mhtml"
_HTML = {"text/html", "application/xhtml+xml"}
_BOUNDARY = re.compile(rb"^--(-*[\w'()+,./:=?-]{8,70})[ \t]*\r?$", re.MULTILINE)
_START = re.compile(rb"<!doctype html|<html[\s>=]", re.IGNORECASE)
_ENCODED = re.compile(rb"Content-Transfer-Encoding:\s*(quoted-printable|base64)", re.IGNORECASE)

BROKEN = (
    "the saved page is damaged: no HTML is in it that could be read; save it again from the browser"
)


def parse(given: Given) -> Iterator[Parsed | Unread]:
    """Read a saved page as one article: its first HTML part, or the one its headers call the root."""
    if len(given.data) > 2 * MAX_BYTES:
        yield Unread(Reason.TOO_LARGE, f"over {2 * MAX_BYTES >> 20} MB, too large for one page")
        return
    found = _page(given.data)
    if found is None:
        yield Unread(Reason.MALFORMED, BROKEN)
        return
    data, charset, location, warnings = found
    try:
        text, guessed = text_of(data, charset)
        yield read_page(text, (*warnings, *guessed), location, KIND)
    except NotText:
        yield Unread(Reason.MALFORMED, BROKEN)


Page = tuple[bytes, str | None, str | None, tuple[str, ...]]
"""The page's bytes, its charset and address as the headers have them, and warnings."""


def _page(data: bytes) -> Page | None:
    """Find the page; where the parts cannot be told apart, by where its first tag stands."""
    message = message_of(data)
    part = _root(message) or _root(_mended(data))
    if part is None:
        return _by_its_tag(data)
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes) or not payload.strip():
        return None
    named = _header(part, "Content-Location") or _header(message, "Snapshot-Content-Location")
    location = named if named and named.startswith("http") else None
    cut = ("truncated: the saved page has no end",) if _is_cut(data) else ()
    return payload, part.get_content_charset(), location, cut


def _root(message: Message | None) -> Message | None:
    if message is None:
        return None
    parts = [part for part in message.walk() if part.get_content_type() in _HTML]
    start = str(message.get_param("start") or "")
    named = [part for part in parts if start and part.get("Content-ID") == start]
    return next(iter(named or parts), None)


def _mended(data: bytes) -> Message | None:
    """Read a message whose headers do not say what parts it: by the first line that does."""
    found = _BOUNDARY.search(data)
    if not found:
        return None
    head = (
        b'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="'
        + found[1]
        + b'"\r\n\r\n'
    )
    return message_of(head + data[found.start() :])


def _by_its_tag(data: bytes) -> Page | None:
    start = _START.search(data)
    if not start:
        return None
    encoded = _ENCODED.search(data[: start.start()])
    part = EmailMessage()
    part["Content-Transfer-Encoding"] = encoded[1].decode() if encoded else "8bit"
    part.set_payload(data[start.start() :].decode("latin-1"))
    payload = part.get_payload(decode=True)
    return (payload, None, None, ()) if isinstance(payload, bytes) else None


def _is_cut(data: bytes) -> bool:
    """Whether a part has no end: the line that should close the file is missing."""
    found = _BOUNDARY.search(data)
    return bool(found) and b"--" + (found[1] if found else b"") + b"--" not in data


def _header(part: Message, name: str) -> str | None:
    value = part.get(name)
    return str(value).strip() if value else None
