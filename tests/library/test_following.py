"""What is stored is indexed meanwhile by another process, and nothing is lost or doubled by that."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator

import pytest

from accession import Recorded
from library import following
from library.following import followed
from library.library import Library

LINES = [
    f'{{"title": "Note {n}", "text": "The ferry number {n} was late.", "id": {n}}}'
    for n in range(3_500)
]


@pytest.fixture(autouse=True)
def _early(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "ENOUGH", 500)


def ingest(library: Library) -> Iterator[Recorded]:
    return library.ingest(["-"], io.BytesIO("\n".join(LINES).encode()))


def test_articles_are_indexed_before_the_last_is_stored_and_each_is_found_once(
    library: Library,
) -> None:
    """The last ones are held back until the other process has indexed a batch."""
    deadline = time.monotonic() + 60
    with Library(library.folder) as other:
        for count, _ in enumerate(followed(library, ingest(library)), 1):
            while count == 3_400 and other.reader.pending() >= 3_400:
                assert time.monotonic() < deadline
                time.sleep(0.05)
        assert other.indexing.engine().count() >= 1_500
    library.indexing.drain()
    assert sorted(library.indexing.engine().revisions()) == sorted(library.reader.revisions())
    assert (library.reader.count(), library.reader.pending()) == (len(LINES), 0)


def test_an_ingest_that_stops_on_the_way_ends_it_too(library: Library) -> None:
    running = followed(library, ingest(library))
    for _ in range(1_000):
        next(running)
    running.close()  # type: ignore[attr-defined]
    library.indexing.drain()
    assert library.indexing.engine().count() == library.reader.count()
