"""A damaged database is never overwritten; what can be read of it is saved, what cannot is named."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from library.checking import check
from library.errors import DatabaseDamaged
from library.indexing import silent
from library.library import Library
from library.repairing import repair
from tests.db.making import query
from tests.library.states import feed, found

PAGE = 4096
COUNT = 60


def words(number: int) -> str:
    return f"Token{number} stood at the quay. " + f"The tide came in {number} times again. " * 20


@pytest.fixture
def filled(library: Library) -> Library:
    feed(library, *(words(n) for n in range(1, COUNT + 1)))
    library.store.remove([5])
    library.close()
    library.indexing.drain()
    library.close()
    return library


def pages_of(path: Path, table: str) -> list[int]:
    """Give the leaf pages of a table, by the pages' own account of what they are."""
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        root = connection.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", [table]
        ).fetchone()[0]
    data = path.read_bytes()
    start = (root - 1) * PAGE
    assert data[start] == 5, "the table has more than one page"
    cells = int.from_bytes(data[start + 3 : start + 5], "big")
    at = [
        int.from_bytes(data[start + 12 + 2 * n : start + 14 + 2 * n], "big") for n in range(cells)
    ]
    return [int.from_bytes(data[start + one : start + one + 4], "big") for one in at]


def spoil(path: Path, pages: Iterable[int]) -> bytes:
    data = bytearray(path.read_bytes())
    for page in pages:
        data[(page - 1) * PAGE : page * PAGE] = b"\xff" * PAGE
    path.write_bytes(bytes(data))
    return bytes(data)


def mended(library: Library) -> list[str]:
    lines = list(repair(library, check(library), silent))
    library.close()
    assert [one for one in check(library, deep=True) if one.wrong] == []
    return lines


def test_what_can_be_read_is_saved_and_the_damaged_file_kept(filled: Library) -> None:
    database = filled.folder.database
    pages = pages_of(database, "paragraphs")
    damaged = spoil(database, [pages[len(pages) // 2]])
    assert "database" in {one.about for one in check(filled) if one.wrong}
    lines = mended(filled)
    kept = list(database.parent.glob("cuttings.db.damaged-*"))
    assert [path.read_bytes() for path in kept] == [damaged]
    there = {n for (n,) in query(database, "SELECT article_id FROM paragraphs")}
    gone = set(range(1, COUNT + 1)) - there
    assert 0 < len(gone) < 10
    for number in range(1, COUNT + 1):
        assert found(filled, f"Token{number}") == ([number] if number != 5 else [])
    told = next(line for line in lines if line.startswith("Paragraphs are missing"))
    assert str(min(gone)) in told
    assert any("paragraphs: rows" in line for line in lines)


def test_articles_of_which_only_the_words_are_left_keep_them(filled: Library) -> None:
    database = filled.folder.database
    pages = pages_of(database, "articles")
    spoil(database, [pages[1]])
    lines = mended(filled)
    assert any(line.startswith("Only their paragraphs") for line in lines)
    assert query(database, "SELECT count(*) FROM articles") == [(COUNT,)]
    assert query(database, "SELECT count(*) FROM articles WHERE headline IS NULL") != [(0,)]
    for number in (1, 20, COUNT):
        assert found(filled, f"Token{number}") == [number]


def test_damage_to_what_can_be_worked_out_again_loses_nothing(filled: Library) -> None:
    database = filled.folder.database
    with closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("UPDATE paragraphs_fts_data SET block = x'00' WHERE id > 10")
        connection.execute("UPDATE fingerprints SET words = x'00'")
        connection.execute("DELETE FROM paragraphs_fts_docsize")
        connection.commit()
    faults = {one.about for one in check(filled, deep=True) if one.wrong}
    assert "full text" in faults
    lines = list(repair(filled, check(filled, deep=True), silent))
    assert "Nothing was lost." in lines
    filled.close()
    assert [one for one in check(filled, deep=True) if one.wrong] == []
    assert found(filled, "Token7") == [7]


def test_numbers_are_not_given_again_after_a_repair(filled: Library) -> None:
    pages = pages_of(filled.folder.database, "articles")
    spoil(filled.folder.database, [pages[-1]])
    mended(filled)
    assert feed(filled, "Something new.") == [COUNT + 1]


def test_a_database_of_which_nothing_can_be_read_is_left_alone(filled: Library) -> None:
    pages_of(filled.folder.database, "articles")  # which brings its log in
    spoil(filled.folder.database, [1])
    damaged = filled.folder.database.read_bytes()
    with pytest.raises(DatabaseDamaged, match="cuttings restore"):
        list(repair(filled, check(filled), silent))
    assert filled.folder.database.read_bytes() == damaged
    assert not filled.folder.beside.exists()


def test_permissions_are_closed_and_an_index_is_built_anew(filled: Library) -> None:
    filled.folder.path.chmod(0o755)
    for stamp in filled.folder.index.glob("gen-*/stamp.json"):
        stamp.unlink()
    assert {one.about for one in check(filled) if one.wrong} == {"permissions", "index"}
    mended(filled)
    assert filled.folder.path.stat().st_mode & 0o777 == 0o700


def test_a_sound_library_is_left_alone(filled: Library) -> None:
    before = filled.folder.database.read_bytes()
    assert list(repair(filled, check(filled, deep=True), silent)) == []
    filled.close()
    assert filled.folder.database.read_bytes() == before


def test_a_text_with_a_damaged_byte_is_kept_with_a_sign_in_its_place(filled: Library) -> None:
    database = filled.folder.database
    pages_of(database, "articles")  # which brings its log in
    data = database.read_bytes()
    for wanted in (b"Token7 stood at the quay", b"Token9 stood at the quay"):
        assert wanted in data
        data = data.replace(wanted, wanted.replace(b"q", b"\xff"))
    database.write_bytes(data)
    wrong = {one.about: one.detail for one in check(filled, deep=True) if one.wrong}
    assert wrong["texts"] == "no UTF-8: 2 rows of paragraphs"
    lines = list(repair(filled, check(filled, deep=True), silent))
    told = [line for line in lines if line.startswith("Not whole")]
    assert told == ["Not whole in paragraphs: 2 rows; � stands where bytes are damaged"]
    assert query(database, "SELECT count(*) FROM articles") == [(COUNT,)]
    assert found(filled, "Token7") == [7]
    ((text,),) = query(database, "SELECT substr(text, 1, 24) FROM paragraphs WHERE article_id = 9")
    assert text == "Token9 stood at the �uay"
    assert [(one.about, one.detail) for one in check(filled, deep=True) if one.wrong] == [
        ("paragraphs", "other words than were stored: articles 7, 9")
    ]
