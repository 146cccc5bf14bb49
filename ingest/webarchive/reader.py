"""Read a web archive: its pages side by side, in the processes that read them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from accession import Reading, Refusal
from ingest.side_by_side import SideBySide
from ingest.webarchive import page
from ingest.webarchive.contents import Contents
from ingest.webarchive.page import Page
from ingest.workers import Workers


def read(file: BinaryIO, location: str, workers: Workers) -> Iterator[Reading | Refusal]:
    """Read an archive: a result for each page, and one for all that is passed over."""

    def read_one(one: Page | Refusal) -> Iterator[Reading | Refusal]:
        return page.read(one, location, workers) if isinstance(one, Page) else iter([one])

    side_by_side = SideBySide(read_one, _weight, workers.close, workers.processes)
    yield from side_by_side.results(Contents(file, location).pages())


def _weight(one: Page | Refusal) -> int | None:
    return len(one.data) if isinstance(one, Page) else None
