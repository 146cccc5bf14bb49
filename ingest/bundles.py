"""Files packed in another: under gzip, or many in a zip."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePath
from tempfile import SpooledTemporaryFile
from typing import BinaryIO, Final, cast

from accession import Outcome, Reading, Reason, Refusal
from ingest import containers, signs
from ingest.parsed import Unread
from ingest.registry import GZIP, ZIP, ending
from ingest.single import refuse
from ingest.workers import Workers
from ingest.zips import Refused

MAX_UNPACKED: Final = 1024 * 1024 * 1024
"""Bytes that a file under gzip may hold."""

_IN_MEMORY = 16 * 1024 * 1024


def read_gzip(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read a file under gzip as what it holds, unpacked on the disk if it is large."""
    with SpooledTemporaryFile(_IN_MEMORY) as spooled:
        unpacked = cast("BinaryIO", spooled)
        try:
            containers.unpack_gzip(file, unpacked, MAX_UNPACKED)
        except Refused as error:
            yield refuse(location, error.reason, error.detail)
            return
        yield from _read(unpacked, PurePath(location).stem, location, workers)


def read_zip(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read each file of a zip; its name there is the item."""
    for member in containers.members(file):
        if isinstance(member, Unread):
            yield refuse(location, member.reason, member.detail, member.item)
        else:
            yield from read_member(member, location, workers)


def read_member(
    member: containers.Member, location: str, workers: Workers
) -> Iterator[Reading | Refusal]:
    """Read one file of a zip."""
    for result in _read(io.BytesIO(member.data), member.name, location, workers):
        yield _within(member.name, result)


def _read(
    file: BinaryIO, name: str, location: str, workers: Workers
) -> Iterator[Reading | Refusal]:
    """Read what was unpacked; what it holds packed again is left."""
    format_ = signs.recognise(file, ending(name))
    if format_ in {GZIP, ZIP}:
        yield refuse(location, Reason.UNKNOWN_FORMAT, "a packed file within another is not read")
    elif format_ is None:
        detail = signs.unknown(PurePath(name).suffix)
        yield Refusal(location, Outcome.SKIPPED, Reason.UNKNOWN_FORMAT, detail)
    else:
        yield from format_.read(file, location, workers)


def _within(name: str, result: Reading | Refusal) -> Reading | Refusal:
    """Name the file of the zip that a result is of."""
    if isinstance(result, Refusal):
        return replace(result, item=_item(name, result.item))
    return replace(result, source=replace(result.source, item=_item(name, result.source.item)))


def _item(name: str, inner: str | None) -> str:
    return f"{name}, {inner}" if inner else name
