# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""The engine on Whoosh: one folder, one writer at a time, any number of readers."""

from __future__ import annotations

import errno
import heapq
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import whoosh
from whoosh.index import EmptyIndexError, FileIndex, LockError

from search.engine import (
    DocumentsRejected,
    EngineError,
    Hit,
    IndexDamaged,
    IndexLocked,
    IndexMissing,
    Result,
    Sort,
)
from search.whoosh_fields import schema, values
from search.whoosh_merge import merge_none, merge_small
from search.whoosh_reader import Snapshot
from search.whoosh_storage import DurableStorage, check_ownership

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from whoosh.reading import IndexReader
    from whoosh.writing import SegmentWriter

    from search.document import Document
    from search.plan import Plan

NAME = "whoosh"
VERSION = ".".join(map(str, whoosh.__version__))

LOCK_SECONDS = 10.0
_RETRY_SECONDS = 1.0  # a commit elsewhere may take files away between two reads
_POOL_MB = 128  # what Whoosh sorts in memory; beyond, it writes runs to the disk
# What the machine refuses is no damage to the index.
_MACHINE = frozenset({
    errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS,
    errno.EMFILE, errno.ENFILE, errno.ENOMEM,
})  # fmt: skip


def create(folder: Path) -> WhooshEngine:
    """Make an empty index in a folder, which is made too if need be."""
    with _translated(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_ownership(folder)
        FileIndex.create(DurableStorage(str(folder)), schema())
    return WhooshEngine(folder)


def open_index(folder: Path) -> WhooshEngine:
    """Open the index in a folder; never makes one. Raises IndexMissing and IndexDamaged."""
    return WhooshEngine(folder)


class WhooshEngine:
    """An index in a folder; made by `create` and `open_index`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[int, Document | None] = {}
        self._snapshot: Snapshot | None = None
        self._generation = -1
        self._storage = DurableStorage(str(folder))
        with self._translated():
            check_ownership(folder)
            self._index = _open_index(self._storage)

    def replace(self, documents: Iterable[Document]) -> None:
        """Take documents in at the next commit; see Engine."""
        self._waiting.update({document.id: document for document in documents})

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out at the next commit."""
        self._waiting.update(dict.fromkeys(ids))

    def commit(self) -> None:
        """Write what waits, all of it at once; see Engine."""
        waiting, self._waiting = self._waiting, {}
        rejected: dict[int, str] = {}
        with self._translated():
            self._write(waiting, rejected)
        self._close_snapshot()
        if rejected:
            raise DocumentsRejected(rejected)

    def search(
        self, plan: Plan, *, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> Result:
        """Find documents, best or newest first; see Engine."""
        with self._translated():
            rows: list[tuple[float, int, int, float]] = []
            for segment in self._current().segments:
                scores, ids = segment.scores(plan), segment.column("number")
                revisions, dates = segment.column("revision"), segment.column("date")
                if sort == "date":
                    rows += [(-dates[n], ids[n], revisions[n], s) for n, s in scores.items()]
                else:
                    rows += [(-s, ids[n], revisions[n], s) for n, s in scores.items()]
            page = heapq.nsmallest(offset + limit, rows)[offset:]
            hits = tuple([Hit(id_, revision, score) for _, id_, revision, score in page])
            return Result(len(rows), hits)

    def ids(self, plan: Plan) -> set[int]:
        """Find the ids of all documents that match."""
        with self._translated():
            return {
                segment.column("number")[number]
                for segment in self._current().segments
                for number in segment.scores(plan)
            }

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give id and revision of every document held."""
        with self._translated():
            return iter(
                [
                    (segment.column("number")[number], segment.column("revision")[number])
                    for segment in self._current().segments
                    for number in segment.live()
                ]
            )

    def count(self) -> int:
        """Count the documents held."""
        with self._translated():
            return self._current().documents

    def close(self) -> None:
        """Let go of files; what was not committed is forgotten."""
        self._waiting.clear()
        self._close_snapshot()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Let only the engine's own errors out, and keep no file open that cannot be read."""
        try:
            with _translated(self._folder):
                yield
        except IndexDamaged:
            self._snapshot = None
            self._storage.close_files()
            raise

    def _current(self) -> Snapshot:
        """Give the newest committed state, this process's or another's."""
        generation = self._index.latest_generation()
        if self._snapshot is None or self._generation != generation:
            self._close_snapshot()
            self._snapshot = Snapshot(self._index.reader())
            self._generation = generation
        return self._snapshot

    def _close_snapshot(self) -> None:
        if self._snapshot is not None:
            self._snapshot.reader.close()
            self._snapshot = None

    def _write(self, waiting: dict[int, Document | None], rejected: dict[int, str]) -> None:
        try:
            self._write_once(waiting, merging=True)
        except _NOT_THE_DOCUMENTS:
            raise
        except Exception as error:
            self._bisect(list(waiting.items()), rejected)
            if not rejected:
                raise IndexDamaged(f"older segments cannot be merged: {error!r}") from error

    def _bisect(self, waiting: list[tuple[int, Document | None]], rejected: dict[int, str]) -> None:
        """Write all documents but those that cannot be written, found by halving."""
        try:
            self._write_once(dict(waiting), merging=False)
        except _NOT_THE_DOCUMENTS:
            raise
        except Exception as error:
            if len(waiting) == 1:
                rejected[waiting[0][0]] = f"{type(error).__name__}: {error}"
                return
            middle = len(waiting) // 2
            self._bisect(waiting[:middle], rejected)
            self._bisect(waiting[middle:], rejected)

    def _write_once(self, waiting: dict[int, Document | None], *, merging: bool) -> None:
        from whoosh.writing import SegmentWriter  # a search does without

        writer = SegmentWriter(self._index, timeout=LOCK_SECONDS, limitmb=_POOL_MB)
        try:
            _delete_held(writer, waiting)
            for document in waiting.values():
                if document is not None:
                    writer.add_document(**values(document))
            writer.commit(mergetype=merge_small if merging else merge_none)
        except BaseException:
            _abandon(writer)
            raise


# What stops a commit without any document being at fault.
_NOT_THE_DOCUMENTS = (EngineError, LockError, OSError, MemoryError)


def _delete_held(writer: SegmentWriter, ids: Iterable[int]) -> None:
    try:
        reader = writer.reader()
        try:
            for id_ in ids:
                for number in _holding(reader, str(id_).encode()):
                    writer.delete_document(number)
        finally:
            reader.close()
    except Exception as error:
        raise IndexDamaged(f"what the index holds cannot be read: {error!r}") from error


def _holding(reader: IndexReader, key: bytes) -> list[int]:
    return list(reader.postings("id", key).all_ids()) if ("id", key) in reader else []


def _abandon(writer: SegmentWriter) -> None:
    """Leave nothing of a failed commit behind, the lock least of all."""
    with suppress(Exception):
        if not writer.is_closed:
            writer.cancel()
    with suppress(Exception):
        if writer.writelock:
            writer.writelock.release()
    writer.storage.close_files()


def _open_index(storage: DurableStorage) -> FileIndex:
    deadline = time.monotonic() + _RETRY_SECONDS
    while True:
        try:
            return FileIndex(storage, schema())
        except FileNotFoundError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Let no other errors out than the engine's own."""
    try:
        yield
    except EngineError:
        raise
    except LockError as error:
        raise IndexLocked(f"another process is writing to {folder}") from error
    except EmptyIndexError as error:
        if any(folder.glob("*MAIN_*")):
            raise IndexDamaged(f"the index in {folder} has lost its table of contents") from error
        raise IndexMissing(f"no index in {folder}") from error
    except OSError as error:
        if error.errno in _MACHINE:
            raise EngineError(f"{folder}: {error.strerror}") from error
        raise IndexDamaged(f"the index in {folder} cannot be read: {error}") from error
    except MemoryError as error:
        raise IndexDamaged(f"the index in {folder} asks for too much memory") from error
    except Exception as error:
        raise IndexDamaged(f"the index in {folder} cannot be read: {error!r}") from error
