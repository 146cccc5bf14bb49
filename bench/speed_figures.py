"""What the speed benchmark kept, made into figures: percentiles, ratios, counts that differ."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from bench.speed_engines import CONTENDERS, Contender

Figures = tuple[float, float, float]
"""The median, what 95 of 100 do not exceed, and the largest."""


def spread(values: Sequence[float]) -> Figures:
    """Give the figures of some values; between two of them in proportion."""
    ordered = sorted(values)
    place, part = divmod(0.95 * (len(ordered) - 1), 1)
    low, high = ordered[int(place)], ordered[min(int(place) + 1, len(ordered) - 1)]
    return median(ordered), low + part * (high - low), ordered[-1]


class Kept:
    """The results of one run."""

    def __init__(self, results: dict[str, Any]) -> None:
        self.results = results
        self.sizes = [int(size) for size in results["sizes"]]
        self.kinds = list(dict.fromkeys(query["kind"] for query in results["queries"]))

    @classmethod
    def read(cls, path: Path) -> Kept:
        """Read the results of a run."""
        return cls(json.loads(path.read_text("utf-8")))

    def engines(self, size: int | None = None) -> list[Contender]:
        """Give the engines that answered, at this size or at any."""
        sizes = self.sizes if size is None else [size]
        return [one for one in CONTENDERS if any(self.value(s, one.key, "ms") for s in sizes)]

    def value(self, size: int, key: str, name: str) -> Any:
        """Give a value of an engine at a size; None if there is none."""
        return self.results["sizes"].get(str(size), {}).get(key, {}).get(name)

    def numbers(self, kind: str | None = None) -> list[int]:
        """Give the numbers of the queries of a kind, or of all."""
        every = enumerate(self.results["queries"])
        return [n for n, query in every if kind in {None, query["kind"]}]

    def ms(self, size: int, key: str, numbers: Sequence[int]) -> list[float]:
        """Give the milliseconds of those queries that an engine answers."""
        kept = self.value(size, key, "ms") or []
        return [kept[n] for n in numbers if kept and kept[n] is not None]

    def shared(self, size: int, *keys: str) -> list[int]:
        """Give the numbers of the queries that all these engines answer."""
        lists = [self.value(size, key, "ms") for key in keys]
        if not all(lists):
            return []
        return [n for n in self.numbers() if all(one[n] is not None for one in lists)]

    def ratios(self, size: int, over: str, under: str) -> dict[int, float]:
        """Give how many times as long one engine takes as another, by query."""
        a, b = self.value(size, over, "ms"), self.value(size, under, "ms")
        return {n: a[n] / b[n] for n in self.shared(size, over, under)}

    def differing(self, size: int, key: str, against: str, numbers: Sequence[int]) -> list[int]:
        """Give the queries that two engines count differently, of those that both answer."""
        a, b = self.value(size, key, "counts"), self.value(size, against, "counts")
        both = set(self.shared(size, key, against))
        return [n for n in numbers if n in both and a[n] != b[n]]

    def rate(self, size: int, key: str) -> float | None:
        """Give the articles an engine indexed a second."""
        seconds = self.value(size, key, "seconds")
        return self.value(size, key, "articles") / seconds if seconds else None


def table(head: Sequence[str], rows: Iterator[Sequence[str]]) -> Iterator[str]:
    """Write a Markdown table."""
    yield f"| {' | '.join(head)} |"
    yield "|---" * len(head) + "|"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def number(value: float | None, form: Callable[[float], str] | None = None) -> str:
    """Write a figure with three digits; a dash for none."""
    if value is None:
        return "–"
    if form:
        return form(value)
    digits = 2 if value < 10 else 1 if value < 100 else 0
    return f"{value:,.{digits}f}"
