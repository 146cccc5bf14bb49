"""What the doctor finds when it reads everything, and what it says of the files around."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from db.lock import exclusive
from library import checks_files
from library.checking import check
from library.finding import Finding
from library.folder import Folder
from library.library import Library
from tests.library.states import feed


@pytest.fixture
def filled(library: Library) -> Library:
    feed(library, "The harbour froze.", "The ferry waits. " * 50)
    library.store.remove([1])
    library.close()
    library.indexing.drain()
    library.close()
    return library


def change(library: Library, sql: str) -> None:
    with closing(sqlite3.connect(library.folder.database)) as connection:
        connection.execute(sql)
        connection.commit()


def wrong(library: Library, *, deep: bool) -> list[tuple[str, str]]:
    return [(one.about, one.detail) for one in check(library, deep=deep) if one.wrong]


def named(folder: Folder, about: str) -> Finding:
    return next(one for one in checks_files.look(folder) if one.about == about)


def test_a_sound_library_has_nothing_wrong_however_deep(filled: Library) -> None:
    assert wrong(filled, deep=True) == []


@pytest.mark.parametrize(
    ("sql", "about"),
    [
        ("UPDATE originals SET data = x'00' WHERE compression = 'zlib'", "originals"),
        ("UPDATE originals SET data = zeroblob(size), compression = 'none'", "originals"),
        ("UPDATE originals SET size = 1", "originals"),
        ("UPDATE originals SET data = 'text'", "originals"),
        ("DELETE FROM originals WHERE compression = 'zlib'", "originals"),
        ("UPDATE paragraphs SET text = upper(text) WHERE article_id = 2", "paragraphs"),
        ("UPDATE paragraphs SET hash = '00' WHERE article_id = 2", "paragraphs"),
        ("DELETE FROM paragraphs_fts_docsize", "full text"),
        ("INSERT INTO paragraphs_fts (rowid, text) SELECT 1, 'The harbour froze.'", "full text"),
    ],
)
def test_what_was_changed_is_found_when_looked_at_deeply(
    filled: Library, sql: str, about: str
) -> None:
    change(filled, sql)
    assert wrong(filled, deep=False) == []
    found = wrong(filled, deep=True)
    assert about in dict(found)
    assert all(one.mend for one in check(filled, deep=True) if one.wrong)


def test_an_original_that_would_unpack_to_very_much_is_not_unpacked(filled: Library) -> None:
    import zlib

    bomb = zlib.compress(bytes(200_000_000)).hex()
    change(filled, f"UPDATE originals SET data = x'{bomb}', compression = 'zlib'")
    assert "originals" in dict(wrong(filled, deep=True))


def test_rows_that_refer_to_nothing_are_found(filled: Library) -> None:
    change(filled, "DELETE FROM articles WHERE id = 1")
    assert dict(wrong(filled, deep=False)).keys() == {"references"}


def test_what_another_program_put_into_the_database_is_found(filled: Library) -> None:
    change(filled, "CREATE TRIGGER spy AFTER INSERT ON tags BEGIN DELETE FROM tags; END")
    assert "trigger spy" in dict(wrong(filled, deep=False))["tables"]


def test_files_open_to_others_and_of_others_are_found(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    stamp = next(filled.folder.index.glob("gen-*/stamp.json"))
    stamp.chmod(0o644)
    assert str(stamp) in named(filled.folder, "permissions").detail
    monkeypatch.setattr("os.geteuid", lambda: 1)
    assert named(filled.folder, "owner").mend == f"chown -R 1 '{filled.folder.path}'"


def test_who_writes_is_said(filled: Library) -> None:
    assert named(filled.folder, "locks").detail == "nobody is writing"
    with exclusive(filled.folder.write_lock):
        assert "write.lock is held by process" in named(filled.folder, "locks").detail


@pytest.mark.parametrize(("kind", "is_wrong"), [("nfs4", True), ("ext4", False), ("cifs", True)])
def test_a_network_file_system_is_found_by_the_nearest_mount(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, is_wrong: bool
) -> None:
    folder = tmp_path / "a share"
    folder.mkdir()
    place = str(folder.resolve()).replace(" ", r"\040")
    mounts = tmp_path / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nhost:/x {place} {kind} rw 0 0\n")
    monkeypatch.setattr(checks_files, "_MOUNTS", mounts)
    found = named(Folder(folder), "file system")
    assert (found.wrong, found.detail.partition(":")[0]) == (is_wrong, kind)


def test_little_room_is_said(filled: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    usage: Callable[[Path], object] = lambda _: type("Usage", (), {"free": 10})()  # noqa: E731
    monkeypatch.setattr("shutil.disk_usage", usage)
    found = named(filled.folder, "room")
    assert not found.wrong
    assert found.mend
