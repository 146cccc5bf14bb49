"""Whatever meets a damaged or foreign index mends it and says so, or says what to run."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from library import indexing
from library.asking import read
from library.checking import check
from library.errors import DatabaseMissing, EngineError, IndexDamaged, IndexUnavailable
from library.folder import Folder
from library.library import Library
from library.searching import search


def ingest(library: Library, numbers: range) -> None:
    lines = [{"id": n, "title": f"Report {n}", "text": f"The harbour number{n}."} for n in numbers]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    assert list(library.ingest(["-"], io.BytesIO(data)))


def found(library: Library, query: str) -> list[int]:
    return sorted(hit.stored.id for hit in search(library, read(library, query), limit=100).hits)


@pytest.fixture
def filled(library: Library) -> Library:
    ingest(library, range(1, 9))
    library.indexing.drain()
    library.close()
    return library


@pytest.fixture
def damaged(filled: Library) -> Library:
    """Flip one bit of a library's index."""
    segment = next(filled.folder.index.glob("gen-*/*.seg"))
    data = bytearray(segment.read_bytes())
    data[len(data) // 2] ^= 8
    segment.write_bytes(data)
    return filled


def put_more(library: Library) -> None:
    ingest(library, range(9, 10))
    library.indexing.drain()


def remove_one(library: Library) -> None:
    assert library.remove([1]) == [1]
    library.indexing.drain()


def look(library: Library) -> None:
    assert found(library, "number3") == [3]


def index_what_waits(library: Library) -> None:
    library.indexing.drain()
    assert library.indexing.ready().count() == 8


@pytest.mark.parametrize("what", [put_more, remove_one, look, index_what_waits])
def test_whoever_meets_damage_mends_it_and_says_so(
    damaged: Library, said: list[str], what: Callable[[Library], None]
) -> None:
    what(damaged)
    (line,) = said
    assert "is damaged. It was built anew from the database" in line
    assert [path.name for path in damaged.folder.index.glob("damaged-*")] == ["damaged-1-1"]
    assert found(damaged, "harbour") == sorted(dict(damaged.reader.revisions()))
    damaged.indexing.engine().verify()


def test_a_doctor_names_damage_and_touches_nothing(damaged: Library, said: list[str]) -> None:
    wrong = [one for one in check(damaged) if one.wrong]
    assert [one.mend for one in wrong] == ["cuttings reindex"]
    assert "is damaged" in wrong[0].detail
    assert [path.name for path in damaged.folder.index.iterdir()] == ["gen-1"]
    assert said == []


def test_damage_to_a_large_index_is_mended_by_storing_not_by_asking(
    damaged: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "SOON", 5)
    with pytest.raises(IndexUnavailable, match=r"is damaged.*cuttings reindex"):
        look(damaged)
    ingest(damaged, range(9, 10))
    with pytest.raises(IndexUnavailable, match="cuttings reindex"):  # with articles that wait, too
        look(damaged)
    assert said == []
    damaged.indexing.drain()
    look(damaged)
    assert len(said) == 1


def test_one_that_indexes_beside_the_storing_leaves_damage_to_who_can_say_so(
    damaged: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "ENOUGH", 1)
    ingest(damaged, range(9, 10))
    with pytest.raises(IndexDamaged):
        damaged.indexing.drain_enough()
    damaged.indexing.drain()
    assert found(damaged, "number9") == [9]
    assert len(said) == 1


@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_a_stamp_that_is_lost_is_damage(
    filled: Library, said: list[str], content: bytes | None
) -> None:
    stamp = next(filled.folder.index.glob("gen-*/stamp.json"))
    stamp.unlink() if content is None else stamp.write_bytes(content)
    look(filled)
    assert "stamp" in said[0]
    assert sorted(path.name for path in filled.folder.index.iterdir()) == ["damaged-1-1", "gen-2"]


def test_an_index_that_is_gone_is_built_anew_and_said_so(filled: Library, said: list[str]) -> None:
    shutil.rmtree(filled.folder.index)
    look(filled)
    assert said == ["The library has no index. It was built anew from the database: 8 articles."]


def test_an_index_where_others_may_write_is_left_as_it_is_until_the_folder_is_closed(
    filled: Library, said: list[str]
) -> None:
    filled.folder.index.chmod(0o777)
    before = sorted(filled.folder.index.rglob("*"))
    for _ in range(2):
        with pytest.raises(EngineError, match="chmod go-w"):
            found(filled, "number3")
    assert sorted(filled.folder.index.rglob("*")) == before
    filled.folder.index.chmod(0o700)
    assert found(filled, "number3") == [3]
    assert said == []


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_lost_is_not_taken_for_a_library_that_never_was(
    filled: Library, content: bytes | None
) -> None:
    database = filled.folder.database
    database.unlink() if content is None else database.write_bytes(content)
    with pytest.raises(DatabaseMissing, match="lost or empty"):
        look(filled)
    with pytest.raises(DatabaseMissing, match=r"restore FILE\. To begin anew, delete"):
        put_more(filled)
    assert (database.read_bytes() if database.exists() else None) == content
    shutil.rmtree(filled.folder.index)
    put_more(filled)


def test_an_older_index_that_is_copied_back_does_not_serve(
    filled: Library, said: list[str], tmp_path: Path
) -> None:
    shutil.copytree(filled.folder.index, tmp_path / "older")
    put_more(filled)
    filled.close()
    shutil.rmtree(filled.folder.index)
    shutil.copytree(tmp_path / "older", filled.folder.index)
    assert found(filled, "number9") == [9]
    assert "another state of the database" in said[0]


def test_an_older_index_that_is_copied_over_the_newer_does_not_serve(
    filled: Library, said: list[str], tmp_path: Path
) -> None:
    shutil.copytree(filled.folder.index, tmp_path / "older")
    put_more(filled)
    filled.close()
    shutil.copytree(tmp_path / "older", filled.folder.index, dirs_exist_ok=True)
    assert found(filled, "number9") == [9]
    assert len(said) == 1


def test_an_index_ahead_of_a_restored_database_does_not_serve_when_that_has_caught_up(
    filled: Library, said: list[str], tmp_path: Path
) -> None:
    """Change as much in the restored database as was changed since: only what it was differs."""
    backup = tmp_path / "backup.db"
    with sqlite3.connect(filled.folder.database) as source, sqlite3.connect(backup) as copy:
        source.backup(copy)
    assert filled.remove([3]) == [3]
    filled.indexing.drain()
    filled.close()
    for leftover in filled.folder.path.glob("cuttings.db*"):
        leftover.unlink()
    shutil.copy(backup, filled.folder.database)
    assert filled.remove([4]) == [4]
    filled.indexing.drain()
    assert found(filled, "harbour") == [1, 2, 3, 5, 6, 7, 8]
    assert "another state of the database" in said[0]


def test_the_index_of_another_library_does_not_serve(
    filled: Library, said: list[str], tmp_path: Path
) -> None:
    with Library(Folder(tmp_path / "other")) as other:
        ingest(other, range(101, 109))
        other.indexing.drain()
    shutil.rmtree(filled.folder.index)
    shutil.copytree(tmp_path / "other" / "index", filled.folder.index)
    look(filled)
    assert "another library" in said[0]


def test_who_asks_an_index_that_was_replaced_meanwhile_is_answered_by_the_new_one(
    filled: Library, said: list[str]
) -> None:
    look(filled)
    with Library(filled.folder) as other:
        ingest(other, range(9, 10))
        other.indexing.rebuild()
    assert found(filled, "harbour") == list(range(1, 10))
    assert said == []
    assert [path.name for path in filled.folder.index.iterdir()] == ["gen-2"]
