"""Which records of a web archive are pages that may be articles."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from ingest import registry, signs
from ingest.webarchive import http, page
from ingest.webarchive.http import Answer
from ingest.webarchive.page import Page, name_of
from ingest.webarchive.record import Head, Record
from ingest.webarchive.tally import ANSWERS, EMPTY, OTHERS, REPEATS, Group, Tally, group_of

_SILENT = frozenset({"warcinfo", "request", "metadata"})
"""Records that are about others."""

_NOTES = re.compile(
    r"(?:urn|dns|whois|metadata|filedesc|warcinfo|screenshot|thumbnail|youtube-dl):", re.IGNORECASE
)
"""Under which addresses crawlers keep notes of their own."""

_FOR_MACHINES = re.compile(
    r"\w+://[^/]*/(?:(?:robots|ads|app-ads|humans|llms)\.txt(?:[?#]|$)|\.well-known/)",
    re.IGNORECASE,
)
_OK = 200
_MARK = 16
"""Bytes of a hash that are kept: an archive may have a million pages."""

_ENDINGS: Final = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "text/plain": ".txt",
    "application/pdf": ".pdf",
    "application/x-pdf": ".pdf",
    "": "",
}
"""The types of what is read, each as the ending that a file of this type has."""

_KINDS = {registry.HTML: page.HTML, registry.TEXT: page.TEXT, registry.PDF: page.PDF}


@dataclass(slots=True)
class _Address:
    """What was met of an address: a record named by it, its last body's mark, its newest date."""

    named: bool = False
    body: bytes = b""
    newest: int = 0


class Choosing:
    """Chooses among the records of one archive, and counts what it passes over."""

    def __init__(self) -> None:
        self.passed = Tally()
        self._seen: set[bytes] = set()
        self._addresses: dict[bytes, _Address] = {}

    def page(self, record: Record, label: str) -> Page | None:
        """Give the page that a record is, None where it is none; raises `Refused`.

        `label` names the record where its address does not, or names another too.
        """
        try:
            answer = _answer(record)
            body = http.body_of(record, answer)
            warnings = (*body.warnings, *self._late(record.head))
            kind = self._kind(record.head, body.data, answer.type)
        except _PassedOver as passed:
            if passed.group:
                self.passed.add(passed.group)
            return None
        return Page(body.data, kind, self.item(record.uri, label), answer.charset, warnings)

    def item(self, uri: str, label: str) -> str:
        """Name a record by its address, the second of an address by its place too."""
        name = name_of(uri)
        if not name:
            return label
        address = self._address(uri)
        named, address.named = address.named, True
        return f"{name}, {label}" if named else name

    def _address(self, uri: str) -> _Address:
        """Give what is known of an address; records without one have none in common."""
        name = name_of(uri) or uri
        if not name:
            return _Address()
        return self._addresses.setdefault(_mark(name.encode("utf-8", "replace")), _Address())

    def _late(self, head: Head) -> Iterator[str]:
        """Tell of a capture that was made before one that stands above it in the archive."""
        if 0 < head.made < self._address(head.uri).newest:
            day = f"{head.made // 10**10:04}-{head.made // 10**8 % 100:02}-{head.made // 10**6 % 100:02}"
            yield f"captured on {day}, before one that the archive has above it; its words count as the newer"

    def _is_repeat(self, head: Head, data: bytes) -> bool:
        """Note a body; say whether its address has it: it is its last, or not newer than that.

        At an address that is new, what any other has is a repeat.
        """
        address, mark = self._address(head.uri), _mark(data)
        last, older = address.body, 0 < head.made <= address.newest
        repeat = mark in self._seen and (last in {b"", mark} or older)
        self._seen.add(mark)
        address.newest = max(address.newest, head.made)
        if not (repeat and last):
            address.body = mark
        return repeat

    def _kind(self, head: Head, data: bytes, type_: str) -> str:
        if not data.strip():
            raise _PassedOver(EMPTY)
        if self._is_repeat(head, data):
            raise _PassedOver(REPEATS)
        format_ = signs.by_content(data[: signs.PEEK], _ENDINGS[type_])
        if format_ not in _KINDS or (format_ is registry.TEXT and not type_):
            raise _PassedOver(OTHERS)
        return _KINDS[format_]


class _PassedOver(Exception):
    """A record that is no page, and what it counts as; None for what nobody would count."""

    def __init__(self, group: Group | None) -> None:
        self.group = group


def _answer(record: Record) -> Answer:
    """Give the answer in a record that may be a page, by what is said of it. Raises `_PassedOver`."""
    head = record.head
    if head.kind in _SILENT or _NOTES.match(head.uri):
        raise _PassedOver(None)
    if head.kind == "revisit":
        raise _PassedOver(REPEATS)
    if head.kind not in {"response", "resource"}:
        raise _PassedOver(OTHERS)
    answer = http.answer_of(record)
    if answer.status != _OK:
        raise _PassedOver(ANSWERS)
    if answer.type not in _ENDINGS or _FOR_MACHINES.match(head.uri):
        raise _PassedOver(group_of(answer.type))
    return answer


def _mark(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()[:_MARK]
