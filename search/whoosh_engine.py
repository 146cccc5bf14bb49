# mypy: allow-untyped-calls
# (Whoosh is typed in part)
"""The engine on Whoosh: one folder, one writer at a time, any number of readers."""

from __future__ import annotations

import time
from collections import Counter
from contextlib import contextmanager
from typing import TYPE_CHECKING

import whoosh
from whoosh.index import FileIndex, LockError

from search import whoosh_manifest, whoosh_plain_search
from search.engine import (
    DocumentsRejected,
    EngineError,
    IndexDamaged,
    IndexLocked,
    ParagraphHit,
    ParagraphResult,
    Result,
    Sort,
)
from search.index_folder import check_ownership, machine_or_damage
from search.patterns import PatternTooWide
from search.whoosh_choice import arrays_pay
from search.whoosh_fields import SCHEMA_VERSION, schema
from search.whoosh_matches import matches
from search.whoosh_paragraphs import paragraphs
from search.whoosh_reader import Segment, Snapshot
from search.whoosh_storage import DurableStorage

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from search.document import Document
    from search.matches import Matches
    from search.patterns import Pattern
    from search.plan import Plan
    from search.scoring import Weigher
    from search.whoosh_choice import Way
    from search.whoosh_scores import Scorer

__all__ = ["NAME", "SCHEMA_VERSION", "VERSION", "WhooshEngine", "create", "open_index"]

NAME = "whoosh"
VERSION = ".".join(map(str, whoosh.__version__))

_RETRY_SECONDS = 1.0  # a commit elsewhere may take files away between two reads


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
        self._storage = DurableStorage(str(folder))
        with self._translated():
            check_ownership(folder)
            self._generation = whoosh_manifest.check(folder)
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
        if not waiting:
            return
        self._close_snapshot()
        with self._translated():
            from search.whoosh_writer import write  # a search does without

            rejected = write(self._index, waiting)
        if rejected:
            raise DocumentsRejected(rejected)

    def search(
        self, plan: Plan, *, limit: int, offset: int = 0, sort: Sort = "relevance"
    ) -> Result:
        """Find documents, best or newest first; see Engine."""
        with self._translated():
            snapshot = self._current()
            return _way(plan, snapshot).search(snapshot, plan, limit, offset, sort)

    def ids(self, plan: Plan) -> set[int]:
        """Find the ids of all documents that match."""
        with self._translated():
            snapshot = self._current()
            return _way(plan, snapshot).ids(snapshot, plan)

    def paragraphs(
        self, plan: Plan, *, limit: int | None = None, offset: int = 0
    ) -> ParagraphResult:
        """Find paragraphs, best first; see Engine."""
        with self._translated():
            documents, hits = 0, list[ParagraphHit]()
            for segment, scorer in self._scorers(plan):
                matched, found = paragraphs(plan, segment, scorer, self._current().weigher())
                documents += matched
                hits += found
        hits.sort(key=lambda hit: (-hit.score, hit.id, hit.ordinal))
        end = None if limit is None else offset + limit
        return ParagraphResult(len(hits), documents, tuple(hits[offset:end]))

    def matches(self, plan: Plan) -> dict[int, Matches]:
        """Find matches; see Engine."""
        found: dict[int, Matches] = {}
        with self._translated():
            for segment, scorer in self._scorers(plan):
                found.update(matches(plan, segment, scorer))
        return found

    def forms(self, field: str, pattern: Pattern) -> dict[str, int]:
        """Count the documents that hold each key a pattern stands for; see Engine."""
        counts: Counter[str] = Counter()
        with self._translated():
            for segment in self._current().segments:
                for key in segment.keys(field, pattern):
                    counts[key.decode()] += len(segment.documents(field, key))
        return {key: count for key, count in counts.items() if count}

    def weigher(self) -> Weigher:
        """Give what weighs plans by the documents held; see Engine."""
        with self._translated():
            return self._current().weigher()

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

    def verify(self) -> None:
        """Read all files through; see Engine."""
        with self._translated():
            whoosh_manifest.check(self._folder, deep=True)

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
        latest = whoosh_manifest.newest(self._folder)
        while self._snapshot is None or self._generation != latest:
            self._close_snapshot()
            if self._generation != latest:
                self._generation = whoosh_manifest.check(self._folder)
            self._snapshot = Snapshot(self._index.reader())
            latest = whoosh_manifest.newest(self._folder)
        return self._snapshot

    def _scorers(self, plan: Plan) -> Iterator[tuple[Segment, Scorer]]:
        snapshot = self._current()
        scorer = _way(plan, snapshot).scorer
        return ((segment, scorer(segment, snapshot.weigher())) for segment in snapshot.segments)

    def _close_snapshot(self) -> None:
        if self._snapshot is not None:
            self._snapshot.close()
            self._snapshot = None


def _way(plan: Plan, snapshot: Snapshot) -> Way:
    """Choose how a plan is answered."""
    if not arrays_pay(plan, snapshot):
        return whoosh_plain_search
    from search import whoosh_array_search  # and with it numpy

    return whoosh_array_search


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
    except (EngineError, PatternTooWide):
        raise
    except LockError as error:
        raise IndexLocked(f"another process is writing to {folder}") from error
    except OSError as error:
        raise machine_or_damage(folder, error) from error
    except MemoryError as error:
        raise IndexDamaged(f"the index in {folder} asks for too much memory") from error
    except Exception as error:
        raise IndexDamaged(f"the index in {folder} cannot be read: {error!r}") from error
