# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""One commit to a Whoosh index, and what becomes of a document that Whoosh cannot take.

Whoosh gives the words of a document it rejects half-way to the next one. So nothing of a commit
that failed is kept: it is written again in halves, until the culprit stands alone.
"""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from whoosh.index import LockError

from search import whoosh_manifest
from search.engine import EngineError, IndexDamaged
from search.whoosh_fields import values
from search.whoosh_merge import merge_none, merge_small
from search.whoosh_reader import numbers
from search.whoosh_segment_writer import ListsWriter

if TYPE_CHECKING:
    from collections.abc import Collection

    from whoosh.index import FileIndex
    from whoosh.reading import IndexReader

    from search.document import Document

LOCK_SECONDS = 10.0

# What stops a commit without any document being at fault.
_NOT_THE_DOCUMENTS = (EngineError, LockError, OSError, MemoryError)


def write(index: FileIndex, waiting: dict[int, Document | None]) -> dict[int, str]:
    """Replace or (None) delete documents by id, in one commit; say which could not be written.

    Raises LockError, OSError, MemoryError and IndexDamaged: then nothing has changed.
    """
    rejected: dict[int, str] = {}
    try:
        _write_once(index, waiting, merging=True)
    except _NOT_THE_DOCUMENTS:
        raise
    except Exception as error:
        _bisect(index, list(waiting.items()), rejected)
        if not rejected:
            raise IndexDamaged(f"older segments cannot be merged: {error!r}") from error
    return rejected


def _bisect(
    index: FileIndex, waiting: list[tuple[int, Document | None]], rejected: dict[int, str]
) -> None:
    """Write all documents but those that cannot be written, found by halving."""
    try:
        _write_once(index, dict(waiting), merging=False)
    except _NOT_THE_DOCUMENTS:
        raise
    except Exception as error:
        if len(waiting) == 1:
            rejected[waiting[0][0]] = f"{type(error).__name__}: {error}"
            return
        middle = len(waiting) // 2
        _bisect(index, waiting[:middle], rejected)
        _bisect(index, waiting[middle:], rejected)


def _write_once(index: FileIndex, waiting: dict[int, Document | None], *, merging: bool) -> None:
    storage: Any = index.storage
    whoosh_manifest.check(Path(storage.folder))
    writer = ListsWriter(index, timeout=LOCK_SECONDS)
    try:
        _delete_held(writer, waiting)
        for document in waiting.values():
            if document is not None:
                writer.add_document(**values(document))
        check = partial(whoosh_manifest.check_file, Path(storage.folder), writer.generation - 1)
        writer.commit(mergetype=partial(merge_small, check=check) if merging else merge_none)
    except BaseException:
        _abandon(writer)
        raise


def _delete_held(writer: ListsWriter, ids: Collection[int]) -> None:
    try:
        reader = writer.reader()
        try:
            for leaf, first in reader.leaf_readers():
                for number in _holding(leaf, ids):
                    writer.delete_document(first + number)
        finally:
            reader.close()
    except Exception as error:
        raise IndexDamaged(f"what the index holds cannot be read: {error!r}") from error


def _holding(leaf: IndexReader, ids: Collection[int]) -> list[int]:
    """Give the documents of a segment that have one of these ids."""
    count = leaf.doc_count_all()
    held = numbers(leaf.column_reader("number", translate=False), count) if count else ()
    found: list[int] = np.flatnonzero(np.isin(held, list(ids))).tolist()
    return found


def _abandon(writer: ListsWriter) -> None:
    """Leave nothing of a failed commit behind, the lock least of all."""
    with suppress(Exception):
        if not writer.is_closed:
            writer.cancel()
    with suppress(Exception):
        if writer.writelock:
            writer.writelock.release()
    writer.storage.close_files()
