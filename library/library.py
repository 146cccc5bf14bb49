"""A library: the folder's database and index, acting together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, BinaryIO, Self

from db import kin
from db.reader import Reader
from library.errors import (
    ArticleMissing,
    DatabaseMissing,
    DatabaseOutdated,
)
from library.folder import Folder

if TYPE_CHECKING:
    from accession import Recorded
    from article import Stored
    from db.store import Store
    from ingest.said import Said
    from library.indexing import Indexing


class Library:
    """An opened library. Use it in a `with`, or close it.

    Raises the errors of `library.errors`. Nothing is opened before it is needed, so that reading
    never waits for what writing needs. `notify` is told, in a line, what was mended by itself.
    """

    def __init__(self, folder: Folder, notify: Callable[[str], None] = lambda _: None) -> None:
        self.folder = folder
        self.notify = notify

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close what was opened."""
        for name in ("indexing", "reader", "store"):
            if name in self.__dict__:
                self.__dict__.pop(name).close()

    @cached_property
    def reader(self) -> Reader:
        """The database for reading; a library of an older program is brought up to date first."""
        try:
            return Reader(self.folder.database)
        except DatabaseOutdated:
            _ = self.store
            return Reader(self.folder.database)
        except DatabaseMissing:
            raise DatabaseMissing(self._what_is_missing()) from None

    def _has_lost_its_database(self) -> bool:
        """Say whether there is an index of a database that is not there: a library begun anew would hide that."""
        database = self.folder.database
        if database.exists() and database.stat().st_size:
            return False
        from search import generations

        return generations.newest(self.folder.index) is not None

    def check_not_lost(self) -> None:
        """Raise `DatabaseMissing` where nothing may be stored, since the database is lost."""
        if self._has_lost_its_database():
            raise DatabaseMissing(self._what_is_missing())

    def _what_is_missing(self) -> str:
        if not self._has_lost_its_database():
            return (
                f"There is no library at {self.folder.path} yet. "
                "Make it by storing something: cuttings ingest PATH"
            )
        return (
            f"{self.folder.database} is lost or empty, though an index of it is there. Put a copy of it back, or: "
            f"cuttings restore FILE. To begin anew, delete {self.folder.index}"
        )

    @cached_property
    def store(self) -> Store:
        """The database for writing, made if there is none yet."""
        from db.store import Store

        self.check_not_lost()
        self.folder.create()
        return Store(self.folder.database, self.folder.write_lock)

    @cached_property
    def indexing(self) -> Indexing:
        """The index, kept in step with the database."""
        from library.indexing import Indexing

        return Indexing(self.folder, lambda: self.reader, lambda: self.store, self.notify)

    def ingest(
        self,
        paths: Sequence[str],
        standard_input: BinaryIO,
        said: Said | None = None,
        *,
        force: bool = False,
        progress: Callable[[int], None] = lambda _: None,
    ) -> Iterator[Recorded]:
        """Take articles in; see `library.ingesting`."""
        from library.ingesting import ingest

        return ingest(self, paths, standard_input, said, force=force, progress=progress)

    def find_families(self) -> None:
        """Find the families of articles that an older program has stored, some at a time.

        Each time is whole in itself; stopped between, the next call carries on.
        """
        if waiting := kin.waiting(self.reader):
            self.notify(f"Looking for near-identical articles among {waiting:,} stored before.")
            for _ in self.store.find_families():
                pass

    def article(self, article_id: int) -> Stored:
        """Give an article that is not removed; raise `ArticleMissing` if there is none."""
        found = self.reader.article(article_id)
        if found is None:
            raise ArticleMissing(f"There is no article {article_id}. What there is: cuttings list")
        if found.removed_at is not None:
            when = found.removed_at[:10]
            message = f"Article {article_id} was removed on {when}. To bring it back: cuttings undo {article_id}"
            raise ArticleMissing(message)
        return found

    def remove(self, ids: Sequence[int]) -> list[int]:
        """Mark articles as removed; give the ids of those that were there."""
        return self.store.remove(ids)
