"""The index follows the database, whatever happened to it; a search never hides what it lacks."""

from __future__ import annotations

import io
import json
import shutil
from pathlib import Path

import pytest

from db.lock import exclusive
from library import batching, indexing
from library.asking import read
from library.errors import IndexDamaged, IndexUnavailable
from library.folder import Folder
from library.library import Library
from library.searching import search

LINES: list[dict[str, object]] = [
    {"id": n, "title": f"Report {n}", "text": f"The harbour report number{n} of the day."}
    for n in range(12)
]


def ingest(library: Library, lines: list[dict[str, object]]) -> None:
    """Store articles without touching the index, as if stopped right after."""
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    assert list(library.ingest(["-"], io.BytesIO(data)))


def found(library: Library, query: str) -> list[int]:
    return sorted(hit.stored.id for hit in search(library, read(library, query), limit=100).hits)


@pytest.fixture
def filled(library: Library) -> Library:
    ingest(library, LINES)
    library.indexing.drain()
    return library


def test_a_few_that_wait_are_indexed_before_a_search_answers(library: Library) -> None:
    ingest(library, LINES)
    page = search(library, read(library, "number7"))
    assert (page.total, page.searched, page.pending) == (1, 12, 0)


def test_long_articles_are_indexed_few_at_a_time(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batching, "_CHARACTERS", 100)
    steps: list[int] = []
    filled.indexing.rebuild(lambda done, _: steps.append(done))
    assert steps == [3, 6, 9, 12]
    ingest(filled, [{"id": 3, "title": "Report 3", "text": f"{LINES[3]['text']} It was cold."}])
    ingest(filled, [{"title": f"Late {n}", "text": "The harbour froze."} for n in range(9)])
    filled.remove([2, 5])
    filled.indexing.drain()
    assert found(filled, "harbour") == [1, 3, 4, *range(6, 22)]
    assert found(filled, "cold") == [4]


def test_a_search_says_how_many_wait_when_they_are_many(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "FEW", 0)
    ingest(filled, [{"title": "Late news", "text": "The harbour froze."}])
    page = search(filled, read(filled, "harbour"), limit=100)
    assert (page.total, page.searched, page.pending) == (12, 12, 1)
    filled.indexing.drain()
    assert search(filled, read(filled, "froze")).total == 1


def test_an_article_without_words_is_kept_and_counted(filled: Library) -> None:
    ingest(filled, [{"title": "***", "text": "--- ... !!!"}])
    page = search(filled, read(filled, "*"), limit=100)
    assert (page.total, page.searched, page.pending) == (13, 13, 0)
    assert found(filled, "harbour") == list(range(1, 13))


def test_a_missing_index_is_built_anew(filled: Library) -> None:
    filled.indexing.close()
    shutil.rmtree(filled.folder.index)
    assert found(filled, "number3") == [4]


def test_a_missing_index_of_a_large_library_is_not_taken_for_an_empty_answer(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexing, "SOON", 5)
    filled.indexing.close()
    shutil.rmtree(filled.folder.index)
    with pytest.raises(IndexUnavailable, match="cuttings reindex"):
        search(filled, read(filled, "harbour"))


def test_a_damaged_index_is_set_aside_rebuilt_and_said_so(filled: Library, said: list[str]) -> None:
    filled.indexing.close()
    for segment in filled.folder.index.glob("gen-*/*.seg"):
        segment.write_bytes(segment.read_bytes()[:100])
    assert found(filled, "number3") == [4]
    assert len(said) == 1
    assert "built anew" in said[0]
    assert list(filled.folder.index.glob("damaged-*"))


def test_an_index_that_lost_articles_without_a_trace_is_noticed(
    filled: Library, said: list[str]
) -> None:
    from search import whoosh_engine

    filled.indexing.close()
    engine = whoosh_engine.open_index(next(filled.folder.index.glob("gen-*")))
    engine.delete([4])
    engine.commit()
    engine.close()
    assert found(filled, "number3") == [4]
    assert len(said) == 1


def test_an_index_ahead_of_a_restored_database_is_built_anew(
    filled: Library, tmp_path: Path
) -> None:
    filled.close()
    backup = tmp_path / "backup.db"
    shutil.copy(filled.folder.database, backup)
    ingest(filled, [{"title": "Late news", "text": "The harbour froze."}])
    filled.indexing.drain()
    filled.close()
    for leftover in filled.folder.path.glob("cuttings.db*"):
        leftover.unlink()
    shutil.copy(backup, filled.folder.database)
    page = search(filled, read(filled, "harbour"), limit=100)
    assert (page.total, page.searched) == (12, 12)


def test_a_database_put_back_and_filled_anew_is_not_searched_with_the_index_of_what_it_was(
    filled: Library, tmp_path: Path
) -> None:
    """The numbers of the changes are the same then, but the index lacks what had been removed."""
    copy = tmp_path / "copy.db"
    filled.close()
    shutil.copy(filled.folder.database, copy)
    filled.remove([5])
    filled.indexing.drain()
    filled.close()
    shutil.copy(copy, filled.folder.database)
    ingest(filled, [{"title": "Other news", "text": "A whale came in."}])
    assert found(filled, "whale OR number4") == [5, 13]


def test_an_index_of_another_library_is_not_used(filled: Library, tmp_path: Path) -> None:
    with Library(Folder(tmp_path / "other")) as other:
        ingest(other, [{"id": n, "title": f"{n}", "text": "Only here."} for n in range(len(LINES))])
        other.indexing.drain()
        other.indexing.close()
        shutil.rmtree(other.folder.index)
        shutil.copytree(filled.folder.index, other.folder.index)
        assert found(other, "harbour") == []
        assert len(found(other, "only")) == len(LINES)


def test_a_hit_of_another_wording_than_the_database_holds_is_never_shown(filled: Library) -> None:
    from dataclasses import replace

    from article import Article, Paragraph
    from search import whoosh_engine
    from search.document import document

    filled.indexing.close()
    engine = whoosh_engine.open_index(next(filled.folder.index.glob("gen-*")))
    held = filled.article(4)
    words = (Paragraph("Words that were never stored."),)
    other = Article(words, language=held.article.language)
    engine.replace([document(replace(held, revision=7, article=other))])
    engine.commit()
    engine.close()
    assert found(filled, "never") == []
    assert found(filled, "number3") == [4]


def test_a_removed_article_is_found_no_more_and_comes_back(filled: Library) -> None:
    assert filled.remove([4]) == [4]
    assert found(filled, "number3") == []
    assert search(filled, read(filled, "harbour")).searched == 11
    ingest(filled, [LINES[3]])
    assert found(filled, "number3") == [4]


def test_a_revised_article_is_found_by_its_new_words_only(filled: Library) -> None:
    ingest(
        filled, [{"id": 3, "title": "Report 3", "text": "The harbour report number3 of the night."}]
    )
    assert found(filled, "night") == [4]
    assert 4 not in found(filled, "day")


def test_what_a_stop_between_index_and_stamp_left_is_put_right(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import generations

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    ingest(filled, [{"title": "Late news", "text": "The harbour froze."}])
    with monkeypatch.context() as patched:
        patched.setattr(generations, "write_stamp", stop)
        with pytest.raises(KeyboardInterrupt):
            filled.indexing.drain()
    filled.close()
    page = search(filled, read(filled, "harbour"), limit=100)
    assert (page.total, page.searched, page.pending) == (13, 13, 0)


def test_a_rebuild_stopped_halfway_leaves_the_old_index_serving(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import generations

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(generations, "publish", stop)
        with pytest.raises(KeyboardInterrupt):
            filled.indexing.rebuild()
    filled.close()
    assert len(found(filled, "harbour")) == 12
    filled.indexing.rebuild()
    assert len(found(filled, "harbour")) == 12
    assert [path.name for path in filled.folder.index.iterdir()] == ["gen-2"]


def test_reindexing_gives_the_same_answers(filled: Library) -> None:
    filled.remove([2])
    before = found(filled, "harbour")
    filled.indexing.rebuild()
    assert found(filled, "harbour") == before
    assert filled.indexing.describe().endswith("gen-2")


def test_damage_that_shows_only_when_asked_is_mended_and_said_so(
    filled: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    from search import whoosh_engine
    from search.engine import Result

    real, asked = whoosh_engine.WhooshEngine.search, list[int]()

    def damaged_at_first(*args: object, **options: object) -> Result:
        asked.append(1)
        if len(asked) == 1:
            raise IndexDamaged("a posting cannot be read.")
        return real(*args, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(whoosh_engine.WhooshEngine, "search", damaged_at_first)
    assert found(filled, "number3") == [4]
    assert "built anew" in said[0]


def test_an_index_seen_in_a_change_is_looked_at_again_before_it_is_called_damaged(
    filled: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    checked = list[int]()
    real = filled.indexing.serving._check_count

    def off_at_first(*args: object) -> None:
        checked.append(1)
        if len(checked) == 1:
            raise IndexDamaged("The index holds 13 articles where it should hold 12.")
        real(*args)  # type: ignore[arg-type]

    filled.indexing.close()
    monkeypatch.setattr(filled.indexing.serving, "_check_count", off_at_first)
    with exclusive(filled.folder.index_lock):  # whoever is changing it is not waited for
        assert found(filled, "number3") == [4]
    assert said == []
    assert [path.name for path in filled.folder.index.iterdir()] == ["gen-1"]


def test_a_library_at_rest_has_all_its_articles_in_one_file(
    filled: Library, tmp_path: Path
) -> None:
    """So that whoever copies that file has them; what SQLite writes beside it is no part of any copy."""
    filled.close()
    copy = Folder(tmp_path / "copy")
    copy.create()
    shutil.copy(filled.folder.database, copy.database)
    with Library(copy) as other:
        assert other.reader.count() == len(LINES)
    assert not list(filled.folder.path.glob("cuttings.db-*"))
