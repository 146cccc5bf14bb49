"""Cutting a long stream into lists that fit in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")


def portions(
    items: Iterable[T], size_of: Callable[[T], int], *, most: int, size: int
) -> Iterator[list[T]]:
    """Cut items into lists of at most `most`; an item that brings a list to `size` ends it.

    Where the stream fails, what came before is given first.
    """
    portion, filled = list[T](), 0
    try:
        for one in items:
            portion.append(one)
            filled += size_of(one)
            if len(portion) >= most or filled >= size:
                yield portion
                portion, filled = [], 0
    except Exception:
        if portion:
            yield portion
        raise
    if portion:
        yield portion
