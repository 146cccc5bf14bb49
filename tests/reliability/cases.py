"""The commands that are put under faults: how the library stands before, and what is typed."""

from __future__ import annotations

import io
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from db.connect import make_engine
from db.migrate import migrate
from library.backing import backup
from library.folder import Folder
from library.library import Library
from tests.reliability.faults import Runs
from tests.reliability.holding import problems
from tests.reliability.making import line, state, write

FILLED = Path(__file__).resolve().parents[1] / "db" / "filled"
COUNT = 12


@dataclass(frozen=True, slots=True)
class Case:
    """A command: what makes the library before it, its words, the articles that it may remove.

    `again` are the codes it may end with when it is done a second time; `mends` says that the library
    is only sound when it is done, `rebuilds` that the index of before is of no use then.
    """

    prepare: Callable[[Path, Path], None]
    words: tuple[str, ...]
    gone: frozenset[int] = frozenset()
    again: frozenset[int] = frozenset({0})
    mends: bool = False
    rebuilds: bool = False


def put(folder: Path, file: Path, *, index: bool = True) -> None:
    """Store the articles of a file."""
    with Library(Folder(folder)) as library:
        assert list(library.ingest([str(file)], io.BytesIO()))
        if index:
            library.indexing.drain()


def _none(folder: Path, place: Path) -> None:
    write(place / "news.jsonl", map(line, range(COUNT)))


def _filled(folder: Path, place: Path) -> None:
    put(folder, write(place / "early.jsonl", map(line, range(COUNT))))
    with Library(Folder(folder)) as library:
        library.remove([4])
        library.indexing.drain()
    later = [line(number, "The quay is open again.") for number in range(0, COUNT, 2)]
    write(place / "news.jsonl", [*later, line(3), *map(line, range(COUNT, COUNT + 6))])


def _waiting(folder: Path, place: Path) -> None:
    _filled(folder, place)
    put(folder, place / "news.jsonl", index=False)


def _removed(folder: Path, place: Path) -> None:
    _filled(folder, place)
    with Library(Folder(folder)) as library:
        library.remove([6, 9])
        library.indexing.drain()


def _saved(folder: Path, place: Path) -> None:
    """Make a backup, and change the library after it; the words of its headlines stay."""
    _filled(folder, place)
    with Library(Folder(folder)) as library:
        backup(library, place / "saved.zip", lambda *_: None)
    later = [line(number, "The quay is open again.") for number in range(0, COUNT, 2)]
    put(folder, write(place / "later.jsonl", later))


def _damaged(folder: Path, place: Path) -> None:
    """Spoil a page of an index of the database: all that it holds can still be read."""
    _filled(folder, place)
    database = Folder(folder).database
    raw = sqlite3.connect(database)
    sql = "SELECT rootpage FROM sqlite_master WHERE name = 'ix_articles_published'"
    (page,) = raw.execute(sql).fetchone()
    (size,) = raw.execute("PRAGMA page_size").fetchone()
    raw.execute("PRAGMA journal_mode = DELETE").fetchall()
    raw.close()
    with database.open("r+b") as file:
        file.seek((page - 1) * size + size // 2)
        file.write(bytes(size // 2))


def _of_step(step: str) -> Callable[[Path, Path], None]:
    """Give what makes a library as the program of that step left it."""

    def make(folder: Path, place: Path) -> None:
        folder.mkdir(mode=0o700)
        database = Folder(folder).database
        engine = make_engine(database)
        with engine.begin() as connection:
            migrate(connection, step)
        engine.dispose()
        raw = sqlite3.connect(database)
        raw.executescript((FILLED / f"{step}.sql").read_text("utf-8"))
        raw.close()

    return make


CASES = {
    "ingest": Case(_none, ("ingest", "--json", "{news}")),
    "ingest-more": Case(_filled, ("ingest", "--json", "{news}")),
    "remove": Case(
        _filled, ("remove", "--yes", "2", "3", "7"), frozenset({2, 3, 7}), frozenset({0, 1})
    ),
    "undo": Case(_removed, ("undo", "6", "9"), again=frozenset({0, 1})),
    "purge": Case(_removed, ("purge", "--yes", "6", "9"), frozenset({6, 9})),
    "backup": Case(_filled, ("backup", "{place}/backup.zip"), again=frozenset({0, 2})),
    "restore": Case(_saved, ("restore", "{place}/saved.zip", "--replace"), rebuilds=True),
    "repair": Case(_damaged, ("doctor", "--repair"), mends=True),
    "sync": Case(_waiting, ("reindex", "--pending")),
    "reindex": Case(_waiting, ("reindex",)),
    **{
        f"migrate-{path.stem}": Case(_of_step(path.stem), ("reindex", "--pending"))
        for path in sorted(FILLED.glob("*.sql"))[:-1]
    },
}
"""A command more is a line more."""


class Prepared:
    """A case with its library made once, and copied for each try."""

    def __init__(self, case: Case, place: Path) -> None:
        self.case = case
        self.place = place
        self.folder = place / "library"
        self._before = place / "before"
        case.prepare(self.folder, place)
        if self.folder.exists():
            shutil.copytree(self.folder, self._before)
        self._there = set(place.iterdir())
        words = [word.format(news=place / "news.jsonl", place=place) for word in case.words]
        self.argv = (*words, "--library", str(self.folder))
        self.stored = self._headlines()

    def anew(self) -> None:
        """Put the library back to how it stood before, and delete what was made beside it."""
        shutil.rmtree(self.folder, ignore_errors=True)
        for path in set(self.place.iterdir()) - self._there - {self.folder}:
            path.unlink()
        if self._before.exists():
            shutil.copytree(self._before, self.folder)

    def problems(self, stored: Mapping[int, str]) -> str:
        """Give what is wrong with the library, of which these articles were acknowledged."""
        return problems(self.folder, stored, self.case.gone, rebuilt=self.case.rebuilds)

    def again(self, runs: Runs, stored: Mapping[int, str], whole: object) -> str:
        """Do the command again; give what is wrong then, and if all is not as `whole`, an undisturbed end."""
        ended = runs.plain(*self.argv)
        if ended.code not in self.case.again:
            return f"the same again ended with {ended.code}: {ended.err}"
        if found := self.problems(stored):
            return f"after the same again: {found}"
        same = state(Folder(self.folder).database) == whole
        return "" if same else "another end than undisturbed"

    def _headlines(self) -> dict[int, str]:
        if not self._before.exists():
            return {}
        # A connection that may write would take the log into the database when it closes.
        raw = sqlite3.connect(f"file:{Folder(self._before).database}?mode=ro", uri=True)
        try:
            sql = "SELECT id, headline FROM articles WHERE removed_at IS NULL"
            return dict(raw.execute(sql).fetchall())
        finally:
            raw.close()
