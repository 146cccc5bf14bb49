"""A library changes its engine and back, keeps to its choice, and never answers from half an index."""

from __future__ import annotations

import io
import json
import multiprocessing
import shutil
from dataclasses import replace

import pytest

from library import engine_choice
from library.asking import read
from library.checking import check
from library.errors import EngineNotInstalled
from library.folder import Folder
from library.library import Library
from library.searching import search
from search import generations
from search.engines import TANTIVY, WHOOSH

pytest.importorskip("tantivy")


@pytest.fixture
def filled(library: Library) -> Library:
    ingest(library, range(12))
    return library


def ingest(library: Library, numbers: range) -> None:
    lines = [
        json.dumps({"id": n, "title": f"Report {n}", "text": f"The harbour report number{n}."})
        for n in numbers
    ]
    assert list(library.ingest(["-"], io.BytesIO("\n".join(lines).encode())))
    library.indexing.drain()


def found(library: Library, query: str) -> list[int]:
    return sorted(hit.stored.id for hit in search(library, read(library, query), limit=100).hits)


def engine_of(library: Library) -> str:
    return library.indexing.describe().partition(" ")[0]


def test_a_library_changes_its_engine_and_back(filled: Library) -> None:
    before = found(filled, "harbour")
    for name in (TANTIVY, WHOOSH, TANTIVY):
        filled.indexing.rebuild(engine=name)
        assert engine_of(filled) == name
        assert found(filled, "harbour") == before
        assert found(filled, "number3") == [4]


def test_what_comes_later_goes_into_the_engine_that_was_chosen(filled: Library) -> None:
    filled.indexing.rebuild(engine=TANTIVY)
    ingest(filled, range(12, 15))
    assert engine_of(filled) == TANTIVY
    assert found(filled, "number13") == [14]


def test_the_choice_outlives_the_index(filled: Library) -> None:
    filled.indexing.rebuild(engine=TANTIVY)
    filled.close()
    shutil.rmtree(filled.folder.index)
    with Library(filled.folder) as again:
        assert found(again, "number3") == [4]
        assert engine_of(again) == TANTIVY
        again.indexing.rebuild()
        assert engine_of(again) == TANTIVY


def test_a_damaged_index_of_the_chosen_engine_is_built_anew(
    filled: Library, said: list[str]
) -> None:
    filled.indexing.rebuild(engine=TANTIVY)
    filled.close()
    for path in filled.folder.index.glob("gen-*/*.idx"):
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)
    assert found(filled, "number3") == [4]
    assert engine_of(filled) == TANTIVY
    assert "built anew" in said[0]


@pytest.mark.parametrize("step", ["create", "commit", "publish"])
def test_a_change_that_is_stopped_leaves_the_old_index_serving(
    filled: Library, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    from search import tantivy_engine

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    places = {
        "create": (tantivy_engine, "create"),
        "commit": (tantivy_engine.TantivyEngine, "commit"),
        "publish": (generations, "publish"),
    }
    with monkeypatch.context() as patch:
        patch.setattr(*places[step], stop)
        with pytest.raises(KeyboardInterrupt):
            filled.indexing.rebuild(engine=TANTIVY)
    filled.close()
    assert found(filled, "number3") == [4]
    assert engine_of(filled) == WHOOSH
    filled.indexing.rebuild(engine=TANTIVY)
    assert engine_of(filled) == TANTIVY
    assert len(list(filled.folder.index.iterdir())) == 1


def test_a_change_stopped_before_the_choice_is_noted_serves_from_the_new_index(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("library.indexing.choose", stop)
        with pytest.raises(KeyboardInterrupt):
            filled.indexing.rebuild(engine=TANTIVY)
    filled.close()
    assert found(filled, "number3") == [4]


def test_an_engine_that_is_not_installed_is_named_with_what_to_do(
    filled: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled.indexing.rebuild(engine=TANTIVY)
    filled.close()
    monkeypatch.setattr(engine_choice, "installed", lambda name: name != TANTIVY)
    with pytest.raises(EngineNotInstalled, match=r"pip install 'cuttings\[tantivy\]'"):
        search(filled, read(filled, "harbour"))
    wrong = [finding for finding in check(filled) if finding.wrong]
    assert [finding.mend for finding in wrong] == ["cuttings reindex --engine whoosh"]
    filled.indexing.rebuild(engine=WHOOSH)
    assert found(filled, "number3") == [4]


def test_an_engine_of_a_later_program_is_named(filled: Library) -> None:
    filled.close()
    made = generations.current(filled.folder.index)
    assert made is not None
    generations.write_stamp(made.path, replace(made.stamp, engine="lucene"))
    with pytest.raises(EngineNotInstalled, match="'lucene'"):
        search(filled, read(filled, "harbour"))


def _change(path: Folder, name: str) -> None:
    with Library(path) as library:
        library.indexing.rebuild(engine=name)


def test_two_processes_change_over_at_once(filled: Library) -> None:
    filled.close()
    spawn = multiprocessing.get_context("spawn")
    changes = [spawn.Process(target=_change, args=(filled.folder, n)) for n in (TANTIVY, WHOOSH)]
    for change in changes:
        change.start()
    for change in changes:
        change.join()
    assert [change.exitcode for change in changes] == [0, 0]
    assert found(filled, "number3") == [4]
    assert engine_of(filled) == engine_choice.chosen(filled.reader)


def test_a_large_library_is_told_once_that_tantivy_would_pay(
    filled: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_choice, "MANY", 14)
    ingest(filled, range(12, 13))
    assert said == []
    ingest(filled, range(13, 15))
    ingest(filled, range(15, 18))
    assert len(said) == 1
    assert "cuttings reindex --engine tantivy" in said[0]


def test_who_has_chosen_an_engine_is_told_nothing(
    filled: Library, said: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_choice, "MANY", 14)
    filled.indexing.rebuild(engine=WHOOSH)
    ingest(filled, range(12, 18))
    assert said == []
