"""Noting which files were read to their end, and what failed when it was last tried."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import cast

from sqlalchemy import Table, delete, select
from sqlalchemy.dialects.sqlite import insert as upsert

from accession import FileRead, Outcome, Reason, Recorded
from db import rows
from db.batch import Batch
from db.identity import STANDARD_INPUT
from db.known import chunks
from db.tables import FailureRow, FileRow

_Key = tuple[str, str]
_FAILURES = cast("Table", FailureRow.__table__)
_FILES = cast("Table", FileRow.__table__)


class Tried:
    """What a batch of inputs from some locations changes of it; `write` writes that."""

    def __init__(self, batch: Batch, locations: Iterable[str]) -> None:
        self._batch = batch
        self._before: set[_Key] = set()
        self._mended: set[_Key] = set()
        self._failing: dict[_Key, rows.Row] = {}
        self._files: list[rows.Row] = []
        for some in chunks(sorted(set(locations))):
            wanted = select(FailureRow.location, FailureRow.item)
            found = batch.connection.execute(wanted.where(FailureRow.location.in_(some)))
            self._before.update((location, item) for location, item in found)

    def note(self, recorded: Recorded) -> None:
        """Note how an input ended; a pipe cannot be tried again, nor what is not there."""
        key = recorded.location, recorded.item or ""
        lasting = recorded.reason is not Reason.NOT_FOUND and recorded.location != STANDARD_INPUT
        if recorded.outcome is Outcome.FAILED and lasting:
            self._mended.discard(key)
            self._failing[key] = {
                "location": key[0],
                "item": key[1],
                "reason": recorded.reason and recorded.reason.value,
                "detail": recorded.detail or "",
                "failed_at": self._batch.now,
            }
        elif key in self._before:
            self._mended.add(key)

    def finish(self, read: FileRead) -> None:
        """Note that a file was read to its end: of its failures only those it names are left."""
        left = {(read.state.location, item) for item in read.failed}
        self._mended |= {
            key for key in self._before if key[0] == read.state.location and key not in left
        }
        names = ("articles", "skipped", "said", "program")
        row = asdict(read.state) | {name: getattr(read, name) for name in names}
        self._files.append({**row, "read_at": self._batch.now})

    def write(self) -> None:
        """Write what was noted."""
        connection = self._batch.connection
        for location, item in sorted(self._mended):
            gone = (FailureRow.location == location, FailureRow.item == item)
            connection.execute(delete(FailureRow).where(*gone))
        for table, values in (
            (_FAILURES, list(self._failing.values())),
            (_FILES, self._files),
        ):
            if values:
                connection.execute(upsert(table).prefix_with("OR REPLACE"), values)
