"""A progress bar for what takes over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from rich.progress import Progress

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
        if self._bar is not None:
            self._bar.stop()

    def __call__(self, done: int, total: int | None = None) -> None:
        """Say how many are done, and of how many where that is known."""
        if self._bar is None and self._shown and time.monotonic() - self._start > _PATIENCE:
            self._bar = _bar(self._doing)
        if self._bar is not None:
            self._bar.update(self._bar.task_ids[0], completed=done, total=total)


def progress(items: Iterable[T], doing: str, total: int | None = None) -> Iterator[T]:
    """Give the items on, showing how far it is."""
    with Meter(doing) as meter:
        for done, item in enumerate(items, 1):
            meter(done, total)
            yield item


def _bar(doing: str) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    bar = Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    bar.add_task(doing, total=None)
    bar.start()
    return bar
