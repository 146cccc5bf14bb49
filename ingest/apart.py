"""Files whose parsers run in a worker process: bytes there, articles back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath
from typing import BinaryIO, Final

from accession import Outcome, Reading, Reason, Refusal, Source
from ingest.parsed import Given, Parsed, Unread
from ingest.single import refuse, with_language
from ingest.workers import Workers

MAX_BYTES: Final = 200 * 1024 * 1024
"""Bytes such a file may have: pictures are most of a large one."""


def read(  # noqa: PLR0913 - a file, who reads it, and what is known of it
    file: BinaryIO,
    location: str,
    module: str,
    workers: Workers,
    *,
    url: str | None = None,
    charset: str | None = None,
) -> Iterator[Reading | Refusal]:
    """Read a file by a format's module, such as `ingest.html.reader`; see `Given`."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        yield refuse(location, Reason.TOO_LARGE, f"over {MAX_BYTES >> 20} MB")
        return
    if not data:
        yield refuse(location, Reason.EMPTY, "it is empty")
        return
    given = Given(data, PurePath(location).name, workers.password, url, charset)
    some = False
    for result in workers.results(module, given):
        some = True
        own = data if isinstance(result, Unread) or result.data is None else result.data
        kind = "" if isinstance(result, Unread) else result.kind
        yield result_of(result, Source(location, kind, own, result.item))
    if not some:
        yield refuse(location, Reason.EMPTY, "it holds no article")


def result_of(result: Parsed | Unread, source: Source) -> Reading | Refusal:
    """Give what a parser found as what was read of a source; a link alone is no failure."""
    if isinstance(result, Parsed):
        return Reading(source, with_language(result.article, result.claim), result.warnings)
    outcome = Outcome.SKIPPED if result.reason is Reason.LINK_ONLY else Outcome.FAILED
    return Refusal(
        source.location, outcome, result.reason, result.detail, source.item, result.bookmark
    )
