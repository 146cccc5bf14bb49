"""A progress bar for what takes over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

    from accession import Recorded

T = TypeVar("T")
_PATIENCE = 1.0


class Meter:
    """Shows how far some work is, once it has taken a second. Use it in a `with`."""

    def __init__(self, doing: str) -> None:
        self._doing = doing
        self._start = time.monotonic()
        self._bar: Progress | None = None
        self._shown = sys.stderr.isatty()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        """Take the bar away."""
        self._shown = False
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how many are done, and of how many where that is known."""
        of = "" if total is None else f" of {total:,}"
        self._show(done, total, f"{done:,}{of}", done)

    def _is_due(self) -> bool:
        return self._shown and time.monotonic() - self._start > _PATIENCE

    def _show(self, done: int, total: int | None, count: str, number: int) -> None:
        """Show a part of a whole, and beside it a count in words, `number` of which were done."""
        if self._bar is None and self._is_due():
            self._bar = _bar(self._doing)
        if self._bar is not None:
            rate = number / (time.monotonic() - self._start)
            text = f"{count}, {rate:,.0f} a second"
            self._bar.update(self._bar.task_ids[0], completed=done, total=total, count=text)


class ReadingMeter(Meter):
    """Shows how much of the files has been read, by bytes, and how many inputs that were.

    `size` gives the bytes of all files; it is asked when there is something to show.
    """

    def __init__(self, size: Callable[[], int]) -> None:
        super().__init__("Reading")
        self._size = size
        self._total: int | None = None
        self._read = 0

    def read(self, size: int) -> None:
        """Say how many bytes are done with."""
        self._read = size

    def counted(self, recorded: Iterable[Recorded]) -> Iterator[Recorded]:
        """Give what became of inputs on, showing how many there were."""
        inputs = 0
        for one in recorded:
            inputs += one.before or 1
            if self._total is None and self._is_due():
                self._total = self._size()
            self._show(self._read, self._total or None, f"{inputs:,} articles", inputs)
            yield one


def progress(items: Iterable[T], doing: str, total: int | None = None) -> Iterator[T]:
    """Give the items on, showing how far it is."""
    with Meter(doing) as meter:
        for done, item in enumerate(items, 1):
            meter(done, total)
            yield item


def _bar(doing: str) -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[count]}"))
    bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    bar.add_task(doing, total=None, count="")
    bar.start()
    return bar
