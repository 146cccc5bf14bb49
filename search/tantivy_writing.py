"""One commit of a Tantivy index in the making: documents go to Tantivy's own thread as they come."""

from __future__ import annotations

import os
import time
from contextlib import ExitStack, contextmanager, suppress
from typing import TYPE_CHECKING

from search.tantivy_fields import values
from search.tantivy_files import sealed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import tantivy

    from search.document import Document

_HEAP = 128_000_000  # bytes; Tantivy writes a segment when its documents fill them
_LOCK_SECONDS = 10.0


class Writing:
    """What is put in and taken out until `commit` or `give_up`, one of which has to come.

    Errors are Tantivy's own. `rejected` says of documents by id why they cannot be written.
    """

    def __init__(self, index: tantivy.Index, folder: Path) -> None:
        self.rejected: dict[int, str] = {}
        with ExitStack() as opened:
            opened.enter_context(private())
            self._writer = _writer(index)
            opened.enter_context(sealed(folder))
            self._opened = opened.pop_all()

    def put(self, id_: int, document: Document | None) -> None:
        """Replace or (None) delete a document; the one before stays where it is rejected."""
        self.rejected.pop(id_, None)
        try:
            made = values(document) if document else None
        except UnicodeEncodeError as error:
            self.rejected[id_] = str(error)
            return
        self._writer.delete_documents_by_term("id", str(id_))
        if made is not None:
            self._writer.add_document(made)

    def commit(self) -> None:
        """Make all of it durable and visible at once; after an error, nothing has changed."""
        with self._opened:
            try:
                self._writer.commit()
                self._writer.wait_merging_threads()
            except BaseException:
                self._roll_back()
                raise

    def give_up(self) -> None:
        """Forget all of it."""
        with self._opened:
            self._roll_back()

    def _roll_back(self) -> None:
        with suppress(Exception):
            self._writer.rollback()


def _writer(index: tantivy.Index) -> tantivy.IndexWriter:
    """Wait for the lock, which dies with the process that holds it."""
    deadline = time.monotonic() + _LOCK_SECONDS
    while True:
        try:
            return index.writer(_HEAP, num_threads=1)
        except ValueError as error:
            if "LockBusy" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def private() -> Iterator[None]:
    """Let new files be the owner's alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)
