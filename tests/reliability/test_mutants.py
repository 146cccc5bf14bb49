"""Ten protections, each taken away once: the checks of this folder must turn red."""

from __future__ import annotations

import sqlite3
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError

from article import Article, Paragraph
from db import connect
from db.lock import exclusive
from db.store import Store
from db.tables import QueueRow, SettingRow
from library import searching
from library.asking import read
from library.folder import Folder
from library.library import Library
from library.searching import search
from search import whoosh_engine
from search.document import document
from tests.reliability.cases import CASES, Prepared
from tests.reliability.faults import Point, Runs
from tests.reliability.holding import problems
from tests.reliability.making import acknowledged
from tests.reliability.test_crowd import IMPATIENT
from tests.reliability.test_power_loss import found_after_cuts

NOTHING = ""

# Each says in code what the program would be without one protection.
NO_FSYNC_OF_THE_DATABASE = """
import sqlite3
class Lax(sqlite3.Connection):
    def execute(self, sql, *values):
        return super().execute(sql.replace("synchronous = FULL", "synchronous = OFF"), *values)
real = sqlite3.connect
sqlite3.connect = lambda *args, **named: real(*args, **{"factory": Lax, **named})
"""
NO_FSYNC_OF_THE_INDEX = """
from search import whoosh_storage
whoosh_storage.sync = lambda path: None
"""
PUBLISHED_BEFORE_IT_IS_SYNCED = """
from search import whoosh_storage
real = whoosh_storage.sync
whoosh_storage.sync = lambda path: None if "next-" in str(path) else real(path)
"""
QUEUE_ROW_OUTSIDE_THE_TRANSACTION = """
from db import batch, store
from db.tables import QueueRow
batch._ORDER = tuple(one for one in batch._ORDER if one is not QueueRow)
real = store.Store.record
def record(self, inputs, tags=()):
    done = real(self, inputs, tags)
    self.enqueue([one.article_id for one in done if one.article_id])
    return done
store.Store.record = record
"""
_BEFORE_THE_COMMIT = """
from library import indexing
put, drain = indexing.put, indexing.Indexing._drain_into
draining = []
def put_later(engine, articles, ids=()):
    mine = draining[-1]
    {done_first}
    return put(engine, articles, ids)
def draining_so(self, *values, **named):
    draining.append(self)
    return drain(self, *values, **named)
indexing.put, indexing.Indexing._drain_into = put_later, draining_so
"""
STAMP_BEFORE_THE_FILL = _BEFORE_THE_COMMIT.format(
    done_first="mine._settle(engine, mine._reader().last_seq())"
)
QUEUE_CLEARED_BEFORE_THE_COMMIT = _BEFORE_THE_COMMIT.format(
    done_first="mine._store().clear_queue(mine._reader().last_seq())"
)
NO_LOCK = """
from contextlib import nullcontext
import {module} as module
module.exclusive = lambda *_: nullcontext()
"""


@pytest.fixture(name="case")
def _case() -> str:
    return "ingest-more"


@pytest.fixture(name="prepared")
def _prepared(case: str, tmp_path: Path) -> Prepared:
    home = tmp_path / "home"
    home.mkdir()
    return Prepared(CASES[case], home)


@pytest.mark.parametrize(
    ("case", "patch", "kept"),
    [
        ("ingest-more", NOTHING, True),
        ("ingest-more", NO_FSYNC_OF_THE_DATABASE, False),
        ("ingest-more", NO_FSYNC_OF_THE_INDEX, False),
        ("reindex", PUBLISHED_BEFORE_IT_IS_SYNCED, False),
    ],
    ids=["whole", "database", "index", "new-index"],
)
def test_an_fsync_left_out_is_noticed_at_a_power_cut(
    patch: str, kept: bool, prepared: Prepared, runs: Runs, tmp_path: Path
) -> None:
    prepared.anew()
    calls = runs.written(*prepared.argv, patches=[patch])
    found = found_after_cuts(prepared, calls, tmp_path / "cut", 25)
    assert (found == []) is kept, found


def _renamed_table_of_contents(points: list[Point]) -> Point:
    """Give the moment before Whoosh's commit."""
    return next(one for one in points if one.call == "rename" and ".toc" in one.text)


@pytest.mark.parametrize(
    ("patch", "kept"),
    [
        (NOTHING, True),
        (QUEUE_ROW_OUTSIDE_THE_TRANSACTION, False),
        (STAMP_BEFORE_THE_FILL, False),
        (QUEUE_CLEARED_BEFORE_THE_COMMIT, False),
    ],
    ids=["whole", "queue-row-outside", "stamp-first", "queue-cleared-first"],
)
def test_steps_in_another_order_are_noticed_at_a_kill(
    patch: str, kept: bool, prepared: Prepared, runs: Runs
) -> None:
    prepared.anew()
    points = runs.points(prepared.folder, *prepared.argv, patches=[patch])
    first = [one for one in points if one.call == "flock" and "write.lock" in one.text]
    found = []
    for point in [*first, _renamed_table_of_contents(points)]:
        prepared.anew()
        ended = runs.spoiled("signal=KILL", point, *prepared.argv, patches=[patch])
        assert ended.code == -9
        stored = {**prepared.stored, **acknowledged(ended.out)}
        found.append(problems(prepared.folder, stored))
    assert (not any(found)) is kept, found


@pytest.mark.parametrize(
    ("lock", "module", "words"),
    [("index.lock", "library.indexing", ["reindex"]), ("write.lock", "db.store", [])],
    ids=["drain", "store"],
)
@pytest.mark.parametrize("locking", [True, False])
def test_no_lock_is_noticed_by_one_who_holds_it(  # noqa: PLR0917
    lock: str, module: str, words: list[str], locking: bool, prepared: Prepared, runs: Runs
) -> None:
    patches = [IMPATIENT] if locking else [NO_LOCK.format(module=module)]
    argv = [*words, *prepared.argv[-2:]] if words else list(prepared.argv)
    with exclusive(prepared.folder / lock):
        ended = runs.plain(*argv, patches=patches)
    assert (ended.code == 3) is locking, ended.err


@pytest.mark.parametrize("begin", ["BEGIN IMMEDIATE", "BEGIN DEFERRED"])
def test_a_transaction_that_begins_by_reading_only_is_noticed_beside_another_program(
    begin: str, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    def begin_so(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    monkeypatch.setattr(connect, "_begin_immediate", begin_so)
    folder = Folder(prepared.folder)
    store = Store(folder.database, folder.write_lock)
    other = sqlite3.connect(folder.database, timeout=0)
    try:
        with store.transaction() as connection:
            connection.scalar(select(SettingRow.value))
            with (
                pytest.raises(sqlite3.OperationalError)
                if begin == "BEGIN IMMEDIATE"
                else nullcontext()
            ):
                other.execute("INSERT INTO settings VALUES ('other', 'program')")
                other.commit()
            fails = pytest.raises(OperationalError, match="locked")
            with nullcontext() if begin == "BEGIN IMMEDIATE" else fails:
                connection.execute(insert(QueueRow), [{"article_id": 1}])
    finally:
        other.close()
        store.close()


@pytest.mark.parametrize("dropping", [True, False])
def test_hits_of_another_wording_that_are_shown_are_noticed(
    dropping: bool, prepared: Prepared, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An index that is ahead, as after a database was put back to an older state."""
    if not dropping:
        monkeypatch.setattr(
            searching, "_fetch", lambda library, hits: library.reader.articles([h.id for h in hits])
        )
    with Library(Folder(prepared.folder)) as library:
        held = library.article(1)
        ahead = replace(
            held,
            revision=7,
            article=Article((Paragraph("Words never stored."),), language=held.article.language),
        )
        engine = whoosh_engine.open_index(next(library.folder.index.glob("gen-*")))
        engine.replace([document(ahead)])
        engine.commit()
        engine.close()
        found = search(library, read(library, "never"))
        assert (found.total == 0) is dropping
