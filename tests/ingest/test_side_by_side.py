"""Files read at once come in their order, hold no more than they may, and stop when they are told to."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest import side_by_side, signs
from ingest.ahead import weight
from ingest.registry import ending
from ingest.side_by_side import SideBySide

Item = tuple[int, int | None, int]  # its number, its weight, how many results it has


def read(item: Item) -> Iterator[tuple[int, int]]:
    return ((item[0], n) for n in range(item[2]))


@given(
    st.lists(st.tuples(st.none() | st.integers(0, 10**8), st.integers(0, 3)), max_size=40),
    st.integers(1, 4),
)
def test_results_come_in_the_order_of_the_files(
    kinds: list[tuple[int | None, int]], threads: int
) -> None:
    items = [(number, weight, count) for number, (weight, count) in enumerate(kinds)]
    found = SideBySide(read, lambda item: item[1], lambda: None, threads).results(items)
    assert list(found) == [one for item in items for one in read(item)]


def test_no_more_is_begun_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(side_by_side, "AHEAD_BYTES", 100)
    taken = list[int]()

    def items() -> Iterator[Item]:
        for number in range(50):
            taken.append(number)
            yield number, 40, 1

    results = SideBySide(read, lambda item: item[1], lambda: None, 2).results(items())
    assert next(results) == (0, 0)
    assert len(taken) == 3
    assert len(list(results)) == 49


def test_stopping_ends_what_is_being_read_and_begins_nothing_more() -> None:
    stopped, begun = threading.Event(), list[int]()

    def waits(item: Item) -> Iterator[tuple[int, int]]:
        begun.append(item[0])
        if item[0]:
            assert stopped.wait(10)
        return read(item)

    items: list[Item] = [(number, 1, 1) for number in range(30)]
    results = SideBySide(waits, lambda item: item[1], stopped.set, 2).results(items)
    assert next(results) == (0, 0)
    results.close()  # type: ignore[attr-defined]
    assert stopped.is_set()
    assert len(begun) <= 4


def test_an_error_of_a_reader_comes_where_its_file_stands() -> None:
    def fails(item: Item) -> Iterator[tuple[int, int]]:
        if item[0] == 2:
            raise LookupError("no such thing")
        return read(item)

    items: list[Item] = [(number, 1, 1) for number in range(5)]
    results = SideBySide(fails, lambda item: item[1], lambda: None, 2).results(items)
    assert [next(results), next(results)] == [(0, 0), (1, 0)]
    with pytest.raises(LookupError):
        next(results)


PAGE = b"<html><head><title>Ferry</title></head><body><p>The ferry is late.</p></body></html>" * 9


@pytest.mark.parametrize(
    ("name", "data", "ahead"),
    [
        ("a.html", PAGE, len(PAGE)),
        ("a.html.gz", gzip.compress(PAGE), len(PAGE)),
        ("a.gz", gzip.compress(PAGE), len(PAGE)),
        ("a.jsonl.gz", gzip.compress(b'{"title": "Ferry"}\n' * 9), None),
        ("a.txt", b"Ferry", None),
        ("a.html.gz", b"\x1f\x8b\x08 but no gzip", None),
    ],
)
def test_pages_are_read_ahead_under_gzip_too_but_nothing_endless(
    tmp_path: Path, name: str, data: bytes, ahead: int | None
) -> None:
    (tmp_path / name).write_bytes(data)
    with (tmp_path / name).open("rb") as file:
        assert weight(file, signs.recognise(file, ending(name)), name) == ahead
