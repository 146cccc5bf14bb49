"""Where the time of a program goes: CPU time by stage, each without the stages within it."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any


class Stages:
    """Sums up CPU time, in seconds, by the name of the innermost stage that is under way."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)
        self._under_way: list[str] = []
        self._since = 0.0

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens within as this stage."""
        self.begin(name)
        try:
            yield
        finally:
            self.end()

    def begin(self, name: str) -> None:
        """Let a stage begin."""
        self._count()
        self._under_way.append(name)

    def end(self) -> None:
        """End the stage that began last."""
        self._count()
        self._under_way.pop()

    def watch(self, owner: Any, function: str, name: str) -> None:
        """Count each call of a function of a module or class as a stage."""
        watched: Callable[..., Any] = getattr(owner, function)

        @wraps(watched)
        def within(*args: Any, **options: Any) -> Any:
            with self.stage(name):
                return watched(*args, **options)

        setattr(owner, function, within)

    def _count(self) -> None:
        now = time.process_time()
        if self._under_way:
            self.seconds[self._under_way[-1]] += now - self._since
        self._since = now
