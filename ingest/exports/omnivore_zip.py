"""Omnivore's export as it was sent: its lists and pages in a zip, each page under its entry."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, BinaryIO, Final

from accession import Outcome, Reading, Reason, Refusal
from ingest import bundles, containers
from ingest.containers import Member
from ingest.exports import apps
from ingest.exports.omnivore import KIND, MARKS, PAGES, with_page
from ingest.exports.reading import read as read_saved
from ingest.json_article import NotAnArticle
from ingest.parsed import Unread
from ingest.signs import OMNIVORE_LIST
from ingest.single import refuse
from ingest.workers import Workers

MOST_LISTED: Final = 64 << 20
"""Bytes that all lists together may have; they are held in memory."""

_MARKED = "what was marked in an article, which is not kept"


@dataclass(frozen=True, slots=True)
class _Entry:
    """An entry of a list, and its place there."""

    value: dict[str, Any]
    item: str


@dataclass(slots=True)
class _Lists:
    """Entries by the name of their page, those of a second of that name, and what could not be read."""

    by_page: dict[str, _Entry] = field(default_factory=dict)
    others: list[_Entry] = field(default_factory=list)
    broken: list[Unread] = field(default_factory=list)
    left: int = field(default_factory=lambda: MOST_LISTED)


def read(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read an export: articles in the order of their pages, then links without a page."""
    lists = _lists(file)
    for broken in lists.broken:
        yield refuse(location, broken.reason, broken.detail, broken.item)
    for member in containers.members(file):
        if isinstance(member, Unread):
            yield refuse(location, member.reason, member.detail, member.item)
        elif entry := lists.by_page.pop(member.name, None):
            yield _result(entry, with_page(entry.value, member.data), location, workers)
        elif PurePosixPath(member.name).parent.name == MARKS:
            yield Refusal(location, Outcome.SKIPPED, Reason.UNKNOWN_FORMAT, _MARKED, member.name)
        elif not OMNIVORE_LIST.fullmatch(member.name):
            yield from bundles.read_member(member, location, workers)
    for entry in (*lists.by_page.values(), *lists.others):
        yield _result(entry, entry.value, location, workers)


def _lists(file: BinaryIO) -> _Lists:
    lists = _Lists()
    for member in containers.members(file):
        if isinstance(member, Member) and OMNIVORE_LIST.fullmatch(member.name):
            _add(lists, member)
    return lists


def _add(lists: _Lists, member: Member) -> None:
    """Read a list; of one that cannot be read, say so."""
    lists.left -= len(member.data)
    if lists.left < 0:
        detail = f"the lists of this export have over {MOST_LISTED >> 20} MB together"
        lists.broken.append(Unread(Reason.TOO_LARGE, detail, member.name))
        return
    try:
        values = json.loads(member.data)
    except (ValueError, RecursionError) as error:
        lists.broken.append(Unread(Reason.MALFORMED, f"not JSON: {error}", member.name))
        return
    pages = PurePosixPath(member.name).parent / PAGES
    for number, value in enumerate(values if isinstance(values, list) else [values], 1):
        item = f"{member.name}, entry {number}"
        if not isinstance(value, dict):
            detail = "not an object with an article's fields"
            lists.broken.append(Unread(Reason.EMPTY, detail, item))
            continue
        entry, page = _Entry(value, item), str(pages / f"{value.get('slug')}.html")
        if lists.by_page.setdefault(page, entry) is not entry:
            lists.others.append(entry)


def _result(
    entry: _Entry, value: dict[str, Any], location: str, workers: Workers
) -> Reading | Refusal:
    try:
        saved = apps.saved_of(value, KIND)
    except NotAnArticle as error:
        return refuse(location, Reason.EMPTY, str(error), entry.item)
    data = json.dumps(value, ensure_ascii=False).encode("utf-8", "replace")
    return read_saved(saved, data, location, entry.item, workers)
