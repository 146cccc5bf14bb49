"""Files whose parsers run in a worker process: bytes there, articles back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, Final

from article import Reading, Reason, Refusal, Source
from ingest.parsed import Given, Parsed, Unread
from ingest.single import refuse, with_language
from ingest.workers import Workers

MAX_BYTES: Final = 200 * 1024 * 1024
"""Bytes such a file may have: pictures are most of a large one."""


def read(
    file: BinaryIO, location: str, module: str, workers: Workers
) -> Iterator[Reading | Refusal]:
    """Read a file by a format's module, such as `ingest.html.reader`."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield refuse(location, Reason.TOO_LARGE, f"over {MAX_BYTES >> 20} MB")
        return
    if not data:
        yield refuse(location, Reason.EMPTY, "it is empty")
        return
    results = workers.parse(module, Given(data, PurePath(location).name, workers.password))
    for result in results:
        yield _result(result, data, location)
    if not results:
        yield refuse(location, Reason.EMPTY, "it holds no article")


def _result(result: Parsed | Unread, data: bytes, location: str) -> Reading | Refusal:
    if isinstance(result, Unread):
        return refuse(location, result.reason, result.detail, result.item)
    own = data if result.data is None else result.data
    source = Source(location, result.kind, own, result.item)
    return Reading(source, with_language(result.article, result.claim), result.warnings)
