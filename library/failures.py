"""What could not be read when it was last tried, and trying it again."""

from __future__ import annotations

import io
from collections.abc import Iterator

from accession import Outcome, Reason, Recorded
from db import files
from ingest.said import Said
from library.library import Library

COLUMNS = files.COLUMNS


def rows(library: Library) -> Iterator[dict[str, str]]:
    """Give a row for each, by place."""
    return ({name: row[name] for name in COLUMNS} for row in files.failures(library.reader))


def retried(library: Library, password: str | None = None) -> Iterator[Recorded]:
    """Read again each file of which something failed; one outcome an input.

    What is no longer there fails once more and is then forgotten: there is nothing left to try.
    """
    locations = list(dict.fromkeys(row["location"] for row in rows(library)))
    said = Said(password=password)
    for recorded in library.ingest(locations, io.BytesIO(), said, force=True):
        if recorded.outcome is Outcome.FAILED and recorded.reason is Reason.NOT_FOUND:
            library.store.forget(recorded.location)
        yield recorded
