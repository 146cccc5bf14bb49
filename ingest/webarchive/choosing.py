"""Which records of a web archive are pages that may be articles."""

from __future__ import annotations

import hashlib
import re
from typing import Final

from ingest import registry, signs
from ingest.webarchive import http, page
from ingest.webarchive.http import Answer
from ingest.webarchive.page import Page, name_of
from ingest.webarchive.record import Record
from ingest.webarchive.tally import ANSWERS, EMPTY, OTHERS, REPEATS, Group, Tally, group_of

_SILENT = frozenset({"warcinfo", "request", "metadata"})
"""Records that are about others."""

_PLACES = re.compile(r"(?:https?|ftp|file):", re.IGNORECASE)
"""Where pages are; crawlers keep notes of their own under addresses of other kinds."""

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


class Choosing:
    """Chooses among the records of one archive, and counts what it passes over."""

    def __init__(self) -> None:
        self.passed = Tally()
        self._seen: set[bytes] = set()
        self._named: set[bytes] = set()

    def page(self, record: Record, label: str) -> Page | None:
        """Give the page that a record is, None where it is none; raises `Refused`.

        `label` names the record where its address does not, or names another too.
        """
        try:
            answer = _answer(record)
            body = http.body_of(record, answer)
            kind = self._kind(body.data, answer.type)
        except _PassedOver as passed:
            if passed.group:
                self.passed.add(passed.group)
            return None
        return Page(body.data, kind, self.item(record.uri, label), answer.charset, body.warnings)

    def item(self, uri: str, label: str) -> str:
        """Name a record by its address, the second of an address by its place too."""
        name = name_of(uri)
        if not name:
            return label
        return name if _is_new(self._named, name.encode()) else f"{name}, {label}"

    def _kind(self, data: bytes, type_: str) -> str:
        if not data.strip():
            raise _PassedOver(EMPTY)
        if not _is_new(self._seen, data):
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
    if head.kind in _SILENT or not _PLACES.match(head.uri):
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


def _is_new(seen: set[bytes], data: bytes) -> bool:
    """Note some bytes by their hash, and say whether they were not there yet."""
    mark = hashlib.sha256(data).digest()[:_MARK]
    if mark in seen:
        return False
    seen.add(mark)
    return True
