"""Files read side by side in worker processes, their results in the order of the files."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

AHEAD = 4
"""So many files are begun for each process before the first of them is waited for."""
AHEAD_BYTES = 64 * 1024 * 1024
"""So many bytes of files may be begun."""


@dataclass(frozen=True, slots=True)
class _Begun(Generic[Item, Result]):
    item: Item
    weight: int
    answer: Future[list[Result]] | None


class SideBySide(Generic[Item, Result]):
    """Reads items with `read`, so many at once; `stop` ends what threads are waiting for.

    `weight` gives the bytes of an item that may be read ahead, whole; None of one that is to be
    read when its turn has come, a result at a time.
    """

    def __init__(
        self,
        read: Callable[[Item], Iterator[Result]],
        weight: Callable[[Item], int | None],
        stop: Callable[[], None],
        threads: int,
    ) -> None:
        self._read = read
        self._weight = weight
        self._stop = stop
        self._threads = threads

    def results(self, items: Iterable[Item]) -> Iterator[Result]:
        """Give the results of all items, in the order of the items."""
        begun: deque[_Begun[Item, Result]] = deque()
        bytes_ahead = 0
        pool = ThreadPoolExecutor(self._threads)
        try:
            for item in items:
                one = self._begin(pool, item)
                begun.append(one)
                bytes_ahead += one.weight
                while len(begun) > AHEAD * self._threads or bytes_ahead > AHEAD_BYTES:
                    first = begun.popleft()
                    bytes_ahead -= first.weight
                    yield from self._finish(first)
            while begun:
                yield from self._finish(begun.popleft())
        finally:
            if begun:  # stopped on the way
                pool.shutdown(wait=False, cancel_futures=True)
                self._stop()
            pool.shutdown()

    def _begin(self, pool: ThreadPoolExecutor, item: Item) -> _Begun[Item, Result]:
        weight = self._weight(item)
        if weight is None:
            return _Begun(item, 0, None)
        return _Begun(item, weight, pool.submit(lambda: list(self._read(item))))

    def _finish(self, one: _Begun[Item, Result]) -> Iterator[Result]:
        yield from self._read(one.item) if one.answer is None else one.answer.result()


def cores() -> int:
    """Count the cores this process may use; macOS does not tell of fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
