"""What is removed can be brought back as it was; what is purged is nowhere any more."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from db import removing
from library.errors import ArticleChanged, ArticleMissing, NotRemoved
from library.exporting import as_json
from library.indexing import silent
from library.library import Library
from library.removing import purge, undo
from tests.db.making import dump, full_text, query
from tests.library.states import feed, found

SECRET = "Zweibrunnen Quaspelhof Mirkwitz"
OTHER = "The harbour froze, and the ferry stayed."


@pytest.fixture
def filled(library: Library) -> Library:
    assert feed(library, f"{SECRET} has a tower of slate.", OTHER) == [1, 2]
    library.store.tag([1], ["Quaspeltag"])
    return library


def remove(library: Library, *ids: int) -> None:
    library.store.remove(ids)
    library.close()
    library.indexing.drain()


def actions(library: Library) -> list[tuple[object, ...]]:
    return query(library.folder.database, "SELECT article_id, action FROM removals ORDER BY id")


def held(library: Library, *words: str) -> list[str]:
    """Name the files of the library in which one of these words stands, in any case, as bytes."""
    library.close()
    paths = sorted(path for path in library.folder.path.rglob("*") if path.is_file())
    needles = [word.lower().encode() for word in words]
    return [
        f"{path.name}: {needle.decode()}"
        for path in paths
        for needle in needles
        if needle in path.read_bytes().lower()
    ]


def test_an_undone_removal_leaves_all_as_it_was(filled: Library) -> None:
    before = as_json(filled.article(1))
    words = full_text(filled.folder.database)
    remove(filled, 1)
    assert found(filled, "Mirkwitz") == []
    assert undo(filled, [1]) == [1]
    filled.close()
    after = as_json(filled.article(1))
    assert {**after, "changed_at": ""} == {**before, "changed_at": ""}
    assert found(filled, "Mirkwitz") == [1]
    assert full_text(filled.folder.database) == words
    assert actions(filled) == [(1, "removed"), (1, "restored")]


def test_what_is_not_removed_is_not_changed_by_undo(filled: Library) -> None:
    before = dump(filled.folder.database)
    assert undo(filled, [2]) == []
    assert dump(filled.folder.database) == before
    with pytest.raises(ArticleMissing, match="no article 9"):
        undo(filled, [9])


def test_an_article_that_its_source_brings_back_is_in_the_log_too(filled: Library) -> None:
    remove(filled, 2)
    feed(filled, OTHER)
    assert actions(filled) == [(2, "removed"), (2, "restored")]


def test_only_what_is_removed_is_purged(filled: Library) -> None:
    with pytest.raises(NotRemoved, match="cuttings remove 1"):
        purge(filled, [1], silent)
    with pytest.raises(ArticleMissing):
        purge(filled, [9], silent)
    remove(filled, 1)
    with pytest.raises(NotRemoved):
        purge(filled, [1, 2], silent)
    assert filled.reader.article(1) is not None


def test_the_words_of_a_purged_article_are_in_no_file_of_the_library(filled: Library) -> None:
    """Its wording before, its index entries, its original, what earlier deletions left in free pages."""
    words = ("Quaspelhof", "Zweibrunnen", "Mirkwitz", "mirkwitz", "Quaspeltag", "Quaspelbyline")
    later = f'{{"title": "Zweibrunne", "text": "{SECRET} has a tower of copper.", "byline": "Quaspelbyline"}}'
    list(filled.ingest(["-"], io.BytesIO(later.encode())))
    filled.close()
    filled.indexing.drain()
    assert held(filled, *words)
    ids = [one for (one,) in query(filled.folder.database, "SELECT id FROM articles WHERE id <> 2")]
    remove(filled, *ids)
    assert held(filled, *words)
    assert purge(filled, ids, silent)
    assert held(filled, *words) == []
    assert found(filled, "harbour") == [2]


def test_the_words_are_gone_though_they_were_deleted_before(filled: Library) -> None:
    store = filled.store
    with store.transaction() as connection:
        connection.exec_driver_sql("CREATE TABLE filler (x)")
        for _ in range(200):
            connection.exec_driver_sql("INSERT INTO filler VALUES (?)", (f"{SECRET} " * 20,))
    with store.transaction() as connection:
        connection.exec_driver_sql(
            "PRAGMA secure_delete = OFF"
        )  # which Debian's SQLite is built with
        connection.exec_driver_sql("DROP TABLE filler")
    assert held(filled, "Quaspelhof")
    remove(filled, 1)
    purge(filled, [1], silent)
    assert held(filled, "Quaspelhof") == []


def test_a_purge_leaves_a_row_of_the_log_and_other_articles_whole(filled: Library) -> None:
    other = as_json(filled.article(2))
    remove(filled, 1)
    purge(filled, [1], silent)
    path = filled.folder.database
    assert as_json(filled.article(2)) == other
    assert actions(filled) == [(1, "removed"), (1, "purged")]
    tables = [
        name for (name,) in query(path, "SELECT name FROM sqlite_master WHERE type = 'table'")
    ]
    with_article = [
        name
        for name in tables
        if name != "removals"
        and any(row[1] == "article_id" for row in query(path, f"PRAGMA table_info({name})"))
    ]
    left = {
        name: query(path, f"SELECT count(*) FROM {name} WHERE article_id = 1")
        for name in with_article
    }
    assert set(map(str, left.values())) == {"[(0,)]"}
    assert query(path, "SELECT count(*) FROM originals") == [(1,)]
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_a_number_that_was_purged_is_not_given_again(filled: Library) -> None:
    remove(filled, 2)
    purge(filled, [2], silent)
    assert feed(filled, OTHER) == [3]


def test_an_original_that_another_article_shares_stays(filled: Library, tmp_path: Path) -> None:
    path = filled.folder.database
    with filled.store.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO copies (article_id, location, kind, sha256, content_hash, ingested_at)"
            " SELECT 2, 'x', kind, sha256, content_hash, ingested_at FROM copies WHERE article_id = 1"
        )
    remove(filled, 1)
    purge(filled, [1], silent)
    assert query(path, "SELECT count(*) FROM originals") == [(2,)]


def test_a_purged_article_cannot_be_brought_back_and_purging_again_does_no_harm(
    filled: Library,
) -> None:
    remove(filled, 1)
    purge(filled, [1], silent)
    with pytest.raises(ArticleMissing, match="purged"):
        undo(filled, [1])
    assert purge(filled, [1], silent)
    assert actions(filled) == [(1, "removed"), (1, "purged")]


def test_an_article_that_comes_back_in_the_middle_of_a_purge_is_kept(filled: Library) -> None:
    remove(filled, 1)

    def meanwhile(done: int, total: int) -> None:
        with Library(filled.folder) as other:
            undo(other, [1])

    with pytest.raises(ArticleChanged):
        purge(filled, [1], meanwhile)
    filled.close()
    assert found(filled, "Mirkwitz") == [1]


def test_purging_while_another_reads_says_that_the_log_may_still_hold_it(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(removing, "_WAIT", 0.1)
    remove(filled, 1)
    with Library(filled.folder) as other, other.reader.snapshot():
        assert other.reader.count() == 1
        assert not purge(filled, [1], silent)
    assert purge(filled, [1], silent)
    assert held(filled, "Quaspelhof") == []
