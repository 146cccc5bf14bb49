"""The second door: what it reads, what it refuses, and that it changes nothing."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from db.errors import DatabaseDamaged, DatabaseMissing, DatabaseOutdated, DatabaseReadOnly
from db.reader import Reader
from db.store import Store
from tests.db.making import HARBOUR, ORCHARD, article, outcomes, reading, texts

NOBODY = 65534


@pytest.fixture
def reader(store: Store, path: Path) -> Iterator[Reader]:
    """Give the reader of a library with two articles and a removed one."""
    first = reading(article(*HARBOUR, language="en", headline="Market closes"))
    removed = reading(article("Gone.", language="fr"), "/c.txt")
    store.record([first, reading(article(*ORCHARD), "/b.txt"), removed])
    store.remove([3])
    opened = Reader(path)
    yield opened
    opened.close()


def test_removed_articles_are_left_out_of_counts_and_lists(reader: Reader) -> None:
    assert reader.count() == 2
    assert reader.ids() == [1, 2]
    assert reader.ids(after=1) == [2]
    assert reader.languages() == {"en", None}
    assert [stored.id for stored in reader.all_articles()] == [1, 2]
    assert [row["id"] for row in reader.newest(10)] == [2, 1]
    assert dict(reader.revisions()) == {1: 1, 2: 1}


def test_a_removed_article_can_still_be_asked_for(reader: Reader) -> None:
    stored = reader.article(3)
    assert stored is not None
    assert stored.removed_at is not None
    assert reader.article(4) is None


def test_articles_are_given_whole_however_few_fit_in_memory(
    reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = reader.articles([3, 1, 2])
    for characters in (1, 30, 1000):
        monkeypatch.setattr("db.reader._TEXT", characters)
        assert {one.id: one for one in reader.each([3, 1, 2, 9])} == whole


def test_the_queue_tells_what_the_index_owes(reader: Reader) -> None:
    assert reader.queue(10) == [(1, 1), (2, 2), (3, 3), (4, 3)]
    assert reader.queue(1) == [(1, 1)]
    assert (reader.pending(), reader.last_seq()) == (3, 4)


def test_a_snapshot_sees_one_state(reader: Reader, store: Store) -> None:
    with reader.snapshot():
        assert reader.count() == 2
        outcomes(store, reading(article("New words."), "/d.txt"))
        assert reader.count() == 2
    assert reader.count() == 3


def test_it_cannot_write(reader: Reader) -> None:
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.connection.execute("UPDATE articles SET headline = 'x'")


def test_reading_imports_neither_sqlalchemy_nor_alembic(store: Store, path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.reader import Reader\n"
        "Reader(Path(sys.argv[1])).newest(1)\n"
        "print([m for m in sys.modules if m.startswith(('sqlalchemy', 'alembic', 'whoosh'))])"
    )
    command = [sys.executable, "-c", program, str(path)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout == "[]\n"


def test_there_is_no_library_where_there_is_no_file(path: Path) -> None:
    with pytest.raises(DatabaseMissing, match="no library"):
        Reader(path)
    assert not path.exists()


def test_an_empty_file_is_no_library_yet(path: Path) -> None:
    path.touch()
    with pytest.raises(DatabaseMissing, match="no library"):
        Reader(path)


def test_an_older_schema_is_said(store: Store, path: Path) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
    with pytest.raises(DatabaseOutdated, match="older"):
        Reader(path)


def test_damage_within_the_file_is_said(store: Store, path: Path) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    data = bytearray(path.read_bytes())
    data[100:4096] = bytes(3996)
    path.write_bytes(data)
    with pytest.raises(DatabaseDamaged, match="damaged"):
        Reader(path)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE paragraphs SET text = CAST(x'8a' || text AS TEXT)",
        "UPDATE paragraphs SET kind = 'bodz'",
        "UPDATE articles SET origins = '{'",
        "UPDATE articles SET headline = CAST(x'8a41' AS TEXT)",
    ],
)
def test_damage_that_sqlite_takes_for_whole_is_said(store: Store, path: Path, change: str) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute(change)
        raw.commit()
    with closing(Reader(path)) as reader, pytest.raises(DatabaseDamaged, match="doctor --deep"):
        reader.article(1)


def test_a_path_with_signs_that_mean_something_in_an_address_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "100% of it? #1 & é"
    folder.mkdir()
    path = folder / "cuttings.db"
    store = Store(path, folder / "write.lock")
    outcomes(store, reading(article(*HARBOUR)))
    assert texts(path, 1) == list(HARBOUR)


def test_a_path_that_is_no_utf8_is_read(tmp_path: Path) -> None:
    folder = tmp_path / os.fsdecode(b"caf\xe9")
    try:
        folder.mkdir()
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    path = folder / "cuttings.db"
    outcomes(Store(path, folder / "write.lock"), reading(article(*HARBOUR)))
    assert texts(path, 1) == list(HARBOUR)


@pytest.fixture
def closed_folder(request: pytest.FixtureRequest) -> Iterator[Path]:
    """Give a library in a folder that this user may read but not write to, perhaps with a log."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        store = Store(folder / "cuttings.db", folder / "write.lock")
        outcomes(store, reading(article(*HARBOUR)))
        if log := getattr(request, "param", b""):
            (folder / "cuttings.db-wal").write_bytes(log)
        for one in folder.iterdir():
            one.chmod(0o444)
        folder.chmod(0o555)
        if root := os.geteuid() == 0:
            os.seteuid(NOBODY)
        try:
            yield folder
        finally:
            if root:
                os.seteuid(0)
            folder.chmod(0o755)


def test_a_library_in_a_folder_that_cannot_be_written_is_read(closed_folder: Path) -> None:
    before = sorted(one.name for one in closed_folder.iterdir())
    assert texts(closed_folder / "cuttings.db", 1) == list(HARBOUR)
    assert sorted(one.name for one in closed_folder.iterdir()) == before


@pytest.mark.parametrize("closed_folder", [b"what a killed writer left"], indirect=True)
def test_changes_that_stand_only_in_the_log_are_never_passed_over(closed_folder: Path) -> None:
    """The log holds what the file does not, and cannot be joined to it here."""
    with pytest.raises(DatabaseReadOnly, match="in the middle of a change"):
        Reader(closed_folder / "cuttings.db")


def test_a_folder_that_cannot_be_written_is_said_to_be_so(closed_folder: Path) -> None:
    with pytest.raises(DatabaseReadOnly, match="cannot be written by this user"):
        Store(closed_folder / "cuttings.db", closed_folder / "write.lock")
