"""Over all parts of an archive, from the first record to the last, and what is damaged between them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from typing import BinaryIO, Final

from accession import Reason
from ingest.webarchive.forms import form_of
from ingest.webarchive.packing import Part, parts
from ingest.webarchive.record import ENDS, Damage, Record
from ingest.webarchive.walk import records
from ingest.zips import Refused

MOST_DAMAGES: Final = 100
"""Damaged places that are told one by one; the others are counted."""

_OPENING = 1 << 16


def scan(file: BinaryIO) -> Iterator[Record | Damage]:
    """Give the records of an archive in its order; raises `Refused` where there is not one in it."""
    found, waiting = (
        False,
        list[Damage](),
    )  # without a record it is no archive, and not a damaged one
    for one in _counted(_everything(file)):
        if isinstance(one, Damage):
            waiting.append(one)
            continue
        found = True
        yield from waiting
        waiting.clear()
        yield one
    if not found:
        raise Refused(*_no_archive(file))
    yield from waiting


def _counted(found: Iterable[Record | Damage]) -> Iterator[Record | Damage]:
    """Tell so many damaged places and no more; the last that is told says how many more there are."""
    told, first, more = 0, None, 0
    for one in found:
        if isinstance(one, Record):
            yield one
        elif told < MOST_DAMAGES:
            told += 1
            yield one
        else:
            first, more = first or one, more + 1
    if first:
        yield Damage(first.number, f"from here on {more:,} more places are damaged")


def _everything(file: BinaryIO) -> Iterator[Record | Damage]:
    numbers = count(1)
    for part in parts(file):
        part.file.seek(0)
        form = form_of(part.file.read(_OPENING))
        found = records(part.file, form, numbers, part.cut or part.open)
        if part.flaw:
            found = _flawed(found, part, numbers)
        elif part.cut:
            found = _cut(found, numbers)
        yield from found


def _flawed(
    found: Iterable[Record | Damage], part: Part, numbers: Iterator[int]
) -> Iterator[Record | Damage]:
    """Give what is whole of a part that breaks off, and say of its last record that it is not."""
    last, alone = None, True
    for one in found:
        if last is not None:
            alone = False
            yield last
        last = one
    if isinstance(last, Record) and alone:  # which need not have been a page
        yield replace(last, flaw=part.flaw)
    elif last is not None:
        yield Damage(last.number, part.flaw, last.uri)
    else:
        yield Damage(next(numbers), part.flaw)


def _cut(found: Iterable[Record | Damage], numbers: Iterator[int]) -> Iterator[Record | Damage]:
    """Give what there is of a part that is cut off, and say so, where it is not cut within a record."""
    last = None
    for last in found:
        yield last
    if not isinstance(last, Damage):
        yield Damage(next(numbers), ENDS)


def _no_archive(file: BinaryIO) -> tuple[Reason, str]:
    if file.seek(0, io.SEEK_END):
        return Reason.MALFORMED, "no web archive: there is no whole record in it"
    return Reason.EMPTY, "it is empty"
