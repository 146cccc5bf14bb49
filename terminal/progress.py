"""A progress bar for what takes over a second, on a terminal only."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
_PATIENCE = 1.0


def progress(items: Iterable[T], doing: str, total: int | None = None) -> Iterator[T]:
    """Give the items on, showing how far it is once a second has passed."""
    if not sys.stderr.isatty():
        yield from items
        return
    bar, start = None, time.monotonic()
    try:
        for done, item in enumerate(items, 1):
            if bar is None and time.monotonic() - start > _PATIENCE:
                bar = _Bar(doing, total)
            if bar is not None:
                bar.show(done)
            yield item
    finally:
        if bar is not None:
            bar.close()


class _Bar:
    """Rich's bar on standard error."""

    def __init__(self, doing: str, total: int | None) -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeRemainingColumn,
        )

        columns = [
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
        ]
        self.rich = Progress(*columns, console=Console(stderr=True), transient=True)
        self.task = self.rich.add_task(doing, total=total)
        self.rich.start()

    def show(self, done: int) -> None:
        self.rich.update(self.task, completed=done)

    def close(self) -> None:
        self.rich.stop()
