"""A backup is the whole library or no file at all; what comes back is what was backed up."""

from __future__ import annotations

import errno
import io
import json
import os
import sqlite3
import zipfile
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from library.backing import backup, verify
from library.counting import count
from library.errors import (
    BackupWrong,
    DatabaseForeign,
    DatabaseFull,
    DatabaseLocked,
    DatabaseNewer,
    FileTaken,
    LibraryError,
    LibraryFilled,
)
from library.folder import Folder
from library.indexing import silent
from library.library import Library
from library.restoring import restore
from tests.db.making import dump
from tests.library.states import feed, found

FIRST, SECOND = "The harbour froze.", "The ferry waits."


@pytest.fixture
def filled(library: Library) -> Library:
    feed(library, FIRST)
    return library


@pytest.fixture
def file(tmp_path: Path, filled: Library) -> Path:
    """Give a backup of a library of one article."""
    path = tmp_path / "backup.zip"
    backup(filled, path, silent)
    return path


def rows(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Give all rows but the ids of state: of the library, of the index's queue."""
    held = dump(path, without={"index_queue", "sqlite_sequence"})
    held["settings"] = [row for row in held["settings"] if row[0] != "library_id"]
    return held


def test_a_backup_holds_all_the_database_held_and_says_how_much(
    filled: Library, file: Path
) -> None:
    assert verify(file).articles == 1
    with Library(Folder(file.parent / "other")) as other:
        restore(other, file)
        assert rows(other.folder.database) == rows(filled.folder.database)
        assert found(other, "harbour") == [1]


def test_a_backup_opens_with_tools_that_everyone_has(file: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(file) as parcel:
        assert sorted(parcel.namelist()) == ["cuttings.db", "manifest.json"]
        parcel.extract("cuttings.db", tmp_path)
    with closing(sqlite3.connect(tmp_path / "cuttings.db")) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert connection.execute("SELECT text FROM current_paragraphs").fetchall() == [(FIRST,)]


def test_only_the_owner_can_read_a_backup(file: Path) -> None:
    assert file.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_there_is_not_overwritten(filled: Library, file: Path) -> None:
    before = file.read_bytes()
    with pytest.raises(FileTaken, match="not overwritten"):
        backup(filled, file, silent)
    assert file.read_bytes() == before


def test_a_file_made_meanwhile_is_not_overwritten(filled: Library, tmp_path: Path) -> None:
    target = tmp_path / "late.zip"

    def meanwhile(done: int, total: int) -> None:
        target.write_text("mine")

    with pytest.raises(FileTaken):
        backup(filled, target, meanwhile)
    assert target.read_text() == "mine"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["late.zip", "library"]


def test_a_backup_that_fails_leaves_nothing(filled: Library, tmp_path: Path) -> None:
    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        backup(filled, tmp_path / "backup.zip", stop)
    assert [one.name for one in tmp_path.iterdir()] == ["library"]


def test_a_full_disk_is_said_and_leaves_nothing(filled: Library, tmp_path: Path) -> None:
    def fill(done: int, total: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(DatabaseFull, match=r"backup\.zip"):
        backup(filled, tmp_path / "backup.zip", fill)
    assert [one.name for one in tmp_path.iterdir()] == ["library"]


def test_what_a_killed_backup_left_is_cleared_by_the_next(filled: Library, tmp_path: Path) -> None:
    left = tmp_path / ".backup.zip.part"
    left.mkdir()
    (left / "cuttings.db").write_bytes(b"half")
    (left / "packed").write_bytes(b"half")
    backup(filled, tmp_path / "backup.zip", silent)
    assert not left.exists()
    verify(tmp_path / "backup.zip")


def test_two_backups_to_one_name_do_not_mix(filled: Library, tmp_path: Path) -> None:
    target = tmp_path / "backup.zip"

    def another(done: int, total: int) -> None:
        with pytest.raises(LibraryError, match="at work"):
            backup(filled, target, silent)

    backup(filled, target, another)
    verify(target)


def test_a_folder_someone_laid_out_is_not_written_into(filled: Library, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / ".backup.zip.part").symlink_to(elsewhere)
    with pytest.raises(LibraryError, match="in the way"):
        backup(filled, tmp_path / "backup.zip", silent)
    assert list(elsewhere.iterdir()) == []


def test_where_files_have_no_second_names_a_backup_still_never_overwrites(
    filled: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    backup(filled, tmp_path / "backup.zip", silent)
    verify(tmp_path / "backup.zip")
    with pytest.raises(FileTaken):
        backup(filled, tmp_path / "backup.zip", silent)


def test_writing_goes_on_during_a_backup_which_is_of_its_beginning(
    filled: Library, tmp_path: Path
) -> None:
    stored: list[str] = []

    def write(done: int, total: int) -> None:
        if not stored:
            stored.append("one")
            feed(filled, SECOND)

    assert backup(filled, tmp_path / "backup.zip", write).articles == 1
    assert filled.reader.count() == 2


def test_a_library_that_could_not_be_restored_says_so_when_it_is_backed_up(
    filled: Library, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(filled.folder.database)) as connection:
        connection.execute("CREATE VIEW mine AS SELECT 1")
    with pytest.raises(DatabaseForeign, match="view mine"):
        backup(filled, tmp_path / "backup.zip", silent)


@pytest.mark.parametrize("damage", ["flip", "cut", "zero", "empty", "text"])
def test_a_damaged_backup_is_refused_and_the_library_left_alone(
    file: Path, filled: Library, damage: str
) -> None:
    data = bytearray(file.read_bytes())
    middle = len(data) // 2
    if damage == "flip":
        data[middle] ^= 1
    elif damage == "zero":
        data[middle : middle + 512] = bytes(512)
    data = {"cut": data[:middle], "empty": bytearray(), "text": bytearray(b"no zip")}.get(
        damage, data
    )
    file.write_bytes(bytes(data))
    with pytest.raises(BackupWrong, match="no whole backup"):
        verify(file)
    with pytest.raises(BackupWrong):
        restore(filled, file, replace=True)
    assert found(filled, "harbour") == [1]
    assert not filled.folder.beside.exists()


def test_any_bit_that_is_flipped_in_a_backup_is_noticed_or_without_effect(
    file: Path, tmp_path: Path
) -> None:
    whole, told = file.read_bytes(), verify(file)
    for place in range(0, len(whole), max(1, len(whole) // 60)):
        damaged = tmp_path / "damaged.zip"
        data = bytearray(whole)
        data[place] ^= 1 << (place % 8)
        damaged.write_bytes(bytes(data))
        with suppress(BackupWrong):
            assert verify(damaged) == told


def repacked(file: Path, change: Callable[[sqlite3.Connection], object], **told: Any) -> Path:
    """Make a backup that someone tampered with, its checksum right again."""
    from library import parcel

    place = file.parent / "repacked"
    place.mkdir()
    database = place / "cuttings.db"
    manifest = parcel.unpack(file, database)
    with closing(sqlite3.connect(database)) as connection:
        change(connection)
        connection.commit()
    size, sha256 = parcel.hashed(database)
    from dataclasses import replace

    parcel.pack(database, replace(manifest, size=size, sha256=sha256, **told), place / "backup.zip")
    return place / "backup.zip"


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TRIGGER evil AFTER INSERT ON articles BEGIN DELETE FROM originals; END",
        "CREATE VIEW evil AS SELECT 1",
        "CREATE TABLE evil (x)",
        "CREATE VIRTUAL TABLE evil USING fts5(x)",
        "CREATE INDEX evil ON tags (upper(tag))",
        "DROP TRIGGER tags_taken_off",
        "DROP VIEW families; CREATE VIEW families AS SELECT 1 AS family",
    ],
)
def test_a_backup_whose_schema_is_not_ours_is_refused(file: Path, tmp_path: Path, sql: str) -> None:
    bad = repacked(file, lambda connection: connection.executescript(sql))
    with pytest.raises(DatabaseForeign, match="what no library of cuttings does"):
        verify(bad)
    with Library(Folder(tmp_path / "other")) as other, pytest.raises(DatabaseForeign):
        restore(other, bad)


def test_another_programs_database_is_refused(file: Path) -> None:
    bad = repacked(file, lambda connection: connection.execute("DROP TABLE alembic_version"))
    with pytest.raises(DatabaseForeign, match="no database of cuttings"):
        verify(bad)


def test_a_backup_of_a_newer_program_is_refused(file: Path) -> None:
    sql = "UPDATE alembic_version SET version_num = '9999'"
    bad = repacked(file, lambda connection: connection.execute(sql), schema="9999")
    with pytest.raises(DatabaseNewer, match="9999"):
        verify(bad)


def test_a_backup_that_holds_other_articles_than_it_says_is_refused(file: Path) -> None:
    bad = repacked(file, lambda connection: None, articles=2)
    with pytest.raises(BackupWrong, match="it was changed"):
        verify(bad)


def test_a_backup_that_is_larger_than_it_says_is_not_unpacked(file: Path, tmp_path: Path) -> None:
    from dataclasses import replace

    from library import parcel

    manifest = replace(parcel.read_manifest(file), size=10)
    database = tmp_path / "large"
    database.write_bytes(bytes(50_000_000))
    parcel.pack(database, manifest, tmp_path / "bomb.zip")
    with pytest.raises(BackupWrong):
        parcel.unpack(tmp_path / "bomb.zip", tmp_path / "out")
    assert (tmp_path / "out").stat().st_size < 3_000_000


def test_a_zip_of_other_things_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "photos.zip"
    with zipfile.ZipFile(path, "w") as parcel:
        parcel.writestr("../../etc/passwd", "x")
        parcel.writestr("manifest.json", json.dumps({"format": 1}))
    with pytest.raises(BackupWrong, match="other things"):
        verify(path)
    with Library(Folder(tmp_path / "new")) as library, pytest.raises(BackupWrong):
        restore(library, path)
    assert not (tmp_path / "new").exists()


def test_a_database_that_a_restore_has_kept_is_not_counted_as_the_library_s(
    filled: Library, file: Path
) -> None:
    _, kept = restore(filled, file, replace=True)
    assert kept is not None
    counted = count(filled)["database_bytes"]
    held = [filled.folder.database, *filled.folder.path.glob("cuttings.db-*")]
    assert counted == sum(path.stat().st_size for path in held)


def test_a_library_that_holds_articles_is_not_replaced_unasked(filled: Library, file: Path) -> None:
    feed(filled, SECOND)
    with pytest.raises(LibraryFilled, match="--replace"):
        restore(filled, file)
    assert filled.reader.count() == 2


def test_the_library_before_is_kept_whole(filled: Library, file: Path) -> None:
    feed(filled, SECOND)
    held = dump(filled.folder.database)
    _, kept = restore(filled, file, replace=True)
    assert kept is not None
    assert dump(kept) == held
    assert filled.reader.count() == 1


def test_the_index_of_the_other_state_is_never_searched(filled: Library, file: Path) -> None:
    """As many changes after the restore as after the backup: by its numbers the old index would fit."""
    feed(filled, SECOND)
    assert found(filled, "ferry") == [2]
    restore(filled, file, replace=True)
    feed(filled, "A quiet orchard.", index=False)
    assert found(filled, "ferry") == []
    assert found(filled, "orchard") == [3]


def test_numbers_given_after_the_backup_are_not_given_again(filled: Library, file: Path) -> None:
    feed(filled, SECOND)
    restore(filled, file, replace=True)
    assert feed(filled, "Another thing.") == [3]


def test_a_library_that_is_open_elsewhere_is_not_replaced(
    filled: Library, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from db import swapping

    monkeypatch.setattr(swapping, "_WAIT", 0.1)
    with Library(filled.folder) as other:
        assert other.reader.count() == 1
        with pytest.raises(DatabaseLocked, match="open"):
            restore(filled, file, replace=True)
    restore(filled, file, replace=True)


def test_a_damaged_library_is_replaced_and_kept_with_its_log(filled: Library, file: Path) -> None:
    filled.close()
    database = filled.folder.database
    database.write_bytes(b"\xff" * 8192)
    log = database.with_name("cuttings.db-wal")
    log.write_bytes(b"left")
    with pytest.raises(LibraryFilled):
        restore(filled, file)
    _, kept = restore(filled, file, replace=True)
    assert kept is not None
    assert kept.read_bytes() == b"\xff" * 8192
    assert kept.with_name(kept.name + "-wal").read_bytes() == b"left"
    assert found(filled, "harbour") == [1]


def test_a_swap_that_was_stopped_between_its_steps_is_done_by_the_next(
    filled: Library, file: Path
) -> None:
    filled.close()
    database = filled.folder.database
    os.link(database, database.with_name("cuttings.db.before-restore-20260101T000000Z"))
    restore(filled, file, replace=True)
    assert len(list(database.parent.glob("cuttings.db.before-restore-*"))) == 1


def test_a_backup_of_an_older_program_is_brought_up_to_date(tmp_path: Path) -> None:
    from db.connect import make_engine
    from db.migrate import migrate
    from library import parcel

    old = tmp_path / "old.db"
    engine = make_engine(old)
    with engine.begin() as connection:
        migrate(connection, "0004")
    engine.dispose()
    with closing(sqlite3.connect(old, isolation_level=None)) as raw:
        raw.executescript((Path(__file__).parents[1] / "db/filled/0004.sql").read_text("utf-8"))
        raw.execute("PRAGMA journal_mode = DELETE")
    size, sha256 = parcel.hashed(old)
    name = "00000000-0000-4000-8000-000000000000"
    when = "2024-01-01T00:00:00Z"
    told = parcel.Manifest(1, "0.0.9", when, "0004", name, 1, 1, size, sha256)
    parcel.pack(old, told, tmp_path / "old.zip")
    with Library(Folder(tmp_path / "other")) as other:
        restore(other, tmp_path / "old.zip")
        assert found(other, "aground") == [1]


def test_a_stopped_restore_leaves_a_folder_in_which_a_library_can_be_made(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "library")
    folder.beside.mkdir(parents=True)
    (folder.beside / "cuttings.db").write_bytes(b"half")
    with Library(folder) as library:
        assert len(list(library.ingest(["-"], io.BytesIO(b"A harbour.\n")))) == 1
