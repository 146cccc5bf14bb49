"""A long stream is cut into lists that fit in memory, and none of it is lost."""

from collections.abc import Iterator

import pytest

from db.portions import portions


def test_a_list_ends_where_it_is_long_or_large_enough() -> None:
    cut = portions([1, 1, 1, 9, 2, 9], int, most=3, size=10)
    assert list(cut) == [[1, 1, 1], [9, 2], [9]]


def test_what_came_before_a_failure_is_given() -> None:
    def failing() -> Iterator[int]:
        yield 1
        raise RuntimeError

    cut = portions(failing(), int, most=3, size=10)
    assert next(cut) == [1]
    with pytest.raises(RuntimeError):
        next(cut)
