"""The engine on Tantivy, for large libraries: one folder, one writer at a time, any number of readers."""

from __future__ import annotations

import os
import re
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import tantivy

from search import held_answers
from search.engine import (
    DocumentsRejected,
    EngineError,
    IndexDamaged,
    IndexLocked,
    ParagraphResult,
    Result,
    Sort,
)
from search.index_folder import check_ownership, machine_or_damage
from search.patterns import PatternTooWide
from search.tantivy_fields import SCHEMA_VERSION, register, schema, values
from search.tantivy_files import check, sealed, state
from search.tantivy_reader import Snapshot

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from search.document import Document
    from search.matches import Matches
    from search.patterns import Pattern
    from search.plan import Plan
    from search.scoring import Weigher

__all__ = ["NAME", "SCHEMA_VERSION", "VERSION", "TantivyEngine", "create", "open_index"]

NAME = "tantivy"
VERSION = "format " + re.findall(r"index_format v([0-9]+)", tantivy.__version__)[0]

_HEAP = 128_000_000  # bytes; Tantivy writes a segment when its documents fill them
_LOCK_SECONDS = 10.0
_KILLED = "An index writer was killed"  # what Tantivy says where a thread of its cannot write
# What the machine refuses is no damage to the index.
_MACHINE = re.compile(
    "No space left on device|Disk quota exceeded|File too large|Read-only file system"
    "|Permission denied|Too many open files|Cannot allocate memory"
)


def create(folder: Path) -> TantivyEngine:
    """Make an empty index in a folder, which is made too if need be."""
    with _translated(folder):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        check_ownership(folder)
        with _private(), sealed(folder):
            tantivy.Index(schema(), str(folder), reuse=False)
    return TantivyEngine(folder)


def open_index(folder: Path) -> TantivyEngine:
    """Open the index in a folder; never makes one. Raises IndexMissing and IndexDamaged."""
    return TantivyEngine(folder)


class TantivyEngine:
    """An index in a folder; made by `create` and `open_index`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._waiting: dict[int, Document | None] = {}
        self._snapshot: Snapshot | None = None
        with _translated(folder):
            check_ownership(folder)
            self._seen = check(folder)
            self._index = tantivy.Index.open(str(folder))
            register(self._index)
            self._index.config_reader("manual")

    def replace(self, documents: Iterable[Document]) -> None:
        """Take documents in at the next commit; see Engine."""
        self._waiting.update({document.id: document for document in documents})

    def delete(self, ids: Iterable[int]) -> None:
        """Take documents out at the next commit."""
        self._waiting.update(dict.fromkeys(ids))

    def commit(self) -> None:
        """Write what waits, all of it at once; see Engine."""
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        with _translated(self._folder), _private():
            rejected = _write(self._index, self._folder, waiting)
        if rejected:
            raise DocumentsRejected(rejected)

    def search(
        self, plan: Plan, *, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> Result:
        """Find documents, best or newest first; see Engine."""
        with _translated(self._folder):
            return self._current().search(plan, limit, offset, sort)

    def ids(self, plan: Plan) -> set[int]:
        """Find the ids of all documents that match."""
        with _translated(self._folder):
            return self._current().ids(plan)

    def paragraphs(
        self, plan: Plan, *, limit: int | None = None, offset: int = 0
    ) -> ParagraphResult:
        """Find paragraphs, best first; see Engine."""
        with _translated(self._folder):
            snapshot = self._current()
            matching = snapshot.held(plan)
            return held_answers.paragraphs(plan, matching, snapshot.weigher(), limit, offset)

    def matches(self, plan: Plan) -> dict[int, Matches]:
        """Find matches; see Engine."""
        with _translated(self._folder):
            return held_answers.matches(plan, self._current().held(plan))

    def forms(self, field: str, pattern: Pattern) -> dict[str, int]:
        """Count the documents that hold each key a pattern stands for; see Engine."""
        with _translated(self._folder):
            return self._current().forms(field, pattern)

    def weigher(self) -> Weigher:
        """Give what weighs plans by the documents held; see Engine."""
        with _translated(self._folder):
            return self._current().weigher()

    def revisions(self) -> Iterator[tuple[int, int]]:
        """Give id and revision of every document held."""
        with _translated(self._folder):
            return self._current().revisions()

    def count(self) -> int:
        """Count the documents held."""
        with _translated(self._folder):
            return self._current().documents

    def verify(self) -> None:
        """Read all files through; see Engine."""
        with _translated(self._folder):
            check(self._folder, deep=True)

    def close(self) -> None:
        """Let go of files; what was not committed is forgotten."""
        self._waiting.clear()
        self._snapshot = None

    def _current(self) -> Snapshot:
        """Give the newest committed state, this process's or another's."""
        now = state(self._folder)
        while self._snapshot is None or self._seen != now:
            if self._seen != now:
                self._seen = check(self._folder)
            self._index.reload()
            self._snapshot, now = Snapshot(self._index), state(self._folder)
        return self._snapshot


def _write(
    index: tantivy.Index, folder: Path, waiting: dict[int, Document | None]
) -> dict[int, str]:
    """Replace or (None) delete documents by id, in one commit; say which cannot be written."""
    rejected: dict[int, str] = {}
    writer = _writer(index)
    try:
        with sealed(folder):
            for id_, document in waiting.items():
                try:
                    _put(writer, id_, document)
                except UnicodeEncodeError as error:
                    rejected[id_] = str(error)
            writer.commit()
            writer.wait_merging_threads()
    except BaseException:
        with suppress(Exception):
            writer.rollback()
        raise
    return rejected


def _put(writer: tantivy.IndexWriter, id_: int, document: Document | None) -> None:
    made = values(document) if document else None
    writer.delete_documents_by_term("id", str(id_))
    if made is not None:
        writer.add_document(made)


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
def _private() -> Iterator[None]:
    """Let new files be the owner's alone."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


@contextmanager
def _translated(folder: Path) -> Iterator[None]:
    """Let no other errors out than the engine's own; Tantivy's panics are no Exceptions."""
    try:
        yield
    except (EngineError, PatternTooWide):
        raise
    except OSError as error:
        raise machine_or_damage(folder, error) from error
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _named(folder, str(error)) from error
        raise


def _named(folder: Path, message: str) -> EngineError:
    """Tell by its words what an error of Tantivy's means."""
    if "LockBusy" in message:
        return IndexLocked(f"another process is writing to {folder}")
    if _KILLED in message:
        return EngineError(f"{folder} could not be written to; is the disk full?")
    if found := _MACHINE.search(message):
        return EngineError(f"{folder}: {found[0]}")
    return IndexDamaged(f"the index in {folder} cannot be read: {message}")
