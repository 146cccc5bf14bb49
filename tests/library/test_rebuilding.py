"""A build of the index that was stopped is carried on, unless something has changed since."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from library import batching
from library.asking import read
from library.errors import IndexDamaged
from library.library import Library
from library.searching import search
from search.document import document

COUNT = 9


def ingest(library: Library, first: int, count: int) -> None:
    lines = [{"id": n, "text": f"Harbour number{n}."} for n in range(first, first + count)]
    data = "".join(json.dumps(line) + "\n" for line in lines).encode()
    assert len(list(library.ingest(["-"], io.BytesIO(data)))) == count


@pytest.fixture(name="stopped")
def _stopped(library: Library, monkeypatch: pytest.MonkeyPatch) -> Library:
    """Give a library whose index serves, and a build of the next one that was stopped after four articles."""
    monkeypatch.setattr(batching, "MOST", 2)
    ingest(library, 0, COUNT)
    library.indexing.drain()
    with pytest.raises(KeyboardInterrupt):
        library.indexing.rebuild(stop_after(4))
    library.close()
    return library


def stop_after(count: int) -> Callable[[int, int], None]:
    def stop(done: int, _: int) -> None:
        if done == count:
            raise KeyboardInterrupt

    return stop


def steps(library: Library) -> list[int]:
    """Build the index; give how many articles were done each time that was told."""
    told: list[int] = []
    library.indexing.rebuild(lambda done, _: told.append(done))
    return told


def numbers(library: Library) -> list[int]:
    page = search(library, read(library, "harbour"), limit=50)
    return sorted(hit.stored.id for hit in page.hits)


def test_it_is_carried_on_where_it_was_stopped(stopped: Library) -> None:
    assert numbers(stopped) == list(range(1, COUNT + 1))
    assert steps(stopped) == [6, 8, 9]
    assert numbers(stopped) == list(range(1, COUNT + 1))
    assert [path.name for path in stopped.folder.index.iterdir()] == ["gen-2"]
    assert steps(stopped) == [2, 4, 6, 8, 9]


@pytest.mark.parametrize("what", ["added", "removed", "indexed"])
def test_it_is_begun_anew_when_something_has_changed_since(stopped: Library, what: str) -> None:
    expected = list(range(1, COUNT + 1))
    if what == "removed":
        stopped.remove([2])
        expected.remove(2)
    else:
        ingest(stopped, COUNT, 1)
        expected.append(COUNT + 1)
    if what == "indexed":
        stopped.indexing.drain()
    assert steps(stopped)[0] == 2
    assert numbers(stopped) == expected


def test_it_is_begun_anew_where_it_was_damaged(stopped: Library) -> None:
    (building,) = stopped.folder.index.glob("next-*")
    segment = min(building.glob("*.seg"))
    segment.write_bytes(segment.read_bytes()[:-1])
    assert steps(stopped)[0] == 2
    assert numbers(stopped) == list(range(1, COUNT + 1))


def test_what_was_put_back_to_an_older_state_is_begun_anew(stopped: Library) -> None:
    """It counts as far as the build, but by other changes."""
    database = stopped.folder.database
    kept = database.read_bytes()
    ingest(stopped, COUNT, 1)
    stopped.indexing.drain()
    with pytest.raises(KeyboardInterrupt):
        stopped.indexing.rebuild(stop_after(10))
    stopped.close()
    database.write_bytes(kept)
    ingest(stopped, COUNT + 5, 1)
    assert steps(stopped)[0] == 2
    assert numbers(stopped) == list(range(1, COUNT + 2))


def test_an_index_that_does_not_find_what_it_holds_never_serves(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ingest(library, 0, COUNT)
    library.indexing.drain()
    monkeypatch.setattr(batching, "document", lambda one: replace(document(one), text=()))
    with pytest.raises(IndexDamaged, match=r"does not find articles 1, 2, 3, 4, 5, \.\.\."):
        library.indexing.rebuild()
    assert [path.name for path in library.folder.index.iterdir()] == ["gen-1"]
    assert numbers(library) == list(range(1, COUNT + 1))


def test_what_is_stored_or_changed_while_an_index_is_built_waits_and_is_not_missed_in_it(
    library: Library,
) -> None:
    ingest(library, 0, COUNT)
    library.indexing.drain()

    def change(done: int, _: int) -> None:
        assert done == COUNT
        ingest(library, COUNT, 1)
        library.remove([3])

    library.indexing.rebuild(change)
    assert library.reader.pending() == 2
    assert numbers(library) == [1, 2, *range(4, COUNT + 2)]
