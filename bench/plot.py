"""Draws the results of `make bench`: latency against the number of articles, as SVG and PNG.

Runs in `.venv-bench`, which has matplotlib. The picture brings its white ground, so that it reads the
same on a light and on a dark page.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from math import log10
from typing import Any

from bench.machine import RESULTS
from bench.speed_engines import BY_KEY, OUR_TANTIVY, OURS, STOCK
from bench.speed_figures import Kept, spread

_COLOURS = {
    OURS: "#0b5fa5",
    OUR_TANTIVY: "#7a3ea8",
    STOCK: "#b3261e",
    "bare": "#5f6368",
    "fts5": "#1b7f4b",
    "xapian": "#8a5a00",
    "recoll": "#00707c",
}
"""Each at least 4.5 to 1 on white."""
_OURS_WIDTH, _WIDTH = 3.0, 1.5
_APART = 0.16
"""The least distance between two labels, in powers of ten."""


def main() -> None:
    """Draw the results that are kept."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams.update({"font.size": 11, "svg.hashsalt": "cuttings"})
    from matplotlib import pyplot as plt

    kept = Kept.read(RESULTS / "speed.json")
    keys = [one.key for one in kept.engines() if one.key in _COLOURS]
    numbers = kept.shared(kept.sizes[0], *keys)
    figure, axes = plt.subplots(1, 2, figsize=(12, 5.5), sharey=True, facecolor="white")
    for at, (axis, title) in enumerate(zip(axes, ("median", "95 of 100 take less"), strict=True)):
        _draw(axis, kept, keys, numbers, at)
        axis.set_title(title)
    axes[0].set_ylabel("milliseconds for ten hits and an exact count")
    figure.suptitle(f"Time of a query: the {len(numbers)} that all these engines answer")
    figure.tight_layout()
    figure.savefig(RESULTS / "speed.svg", metadata={"Date": None})
    figure.savefig(RESULTS / "speed.png", dpi=100)


def _draw(axis: Any, kept: Kept, keys: list[str], numbers: list[int], at: int) -> None:
    """Draw one figure of the spread: a line for each engine, its name at the end."""
    ends = {}
    for key in keys:
        sizes = [size for size in kept.sizes if kept.value(size, key, "ms")]
        values = [spread(kept.ms(size, key, numbers))[at] for size in sizes]
        width = _OURS_WIDTH if key in {OURS, OUR_TANTIVY} else _WIDTH
        axis.plot(sizes, values, "o-", color=_COLOURS[key], linewidth=width, markersize=5)
        ends[key] = sizes[-1], values[-1]
    for key, height in _apart({key: log10(value) for key, (_, value) in ends.items()}):
        axis.annotate(
            BY_KEY[key].name,
            xy=ends[key],
            xytext=(kept.sizes[-1] * 1.25, 10**height),
            color=_COLOURS[key],
            va="center",
            arrowprops={"arrowstyle": "-", "color": _COLOURS[key], "linewidth": 0.5},
        )
    axis.set_xscale("log")
    axis.set_yscale("log")
    axis.yaxis.set_major_formatter("{x:g}")
    axis.set_xlabel("articles")
    axis.set_xticks(kept.sizes, [f"{size:,}" for size in kept.sizes])
    axis.set_xticks([], minor=True)
    axis.set_xlim(kept.sizes[0] * 0.8, kept.sizes[-1] * 9)
    axis.grid(color="#dddddd", linewidth=0.5)


def _apart(heights: dict[str, float]) -> Iterable[tuple[str, float]]:
    """Move labels up until none lies on another."""
    ordered = sorted(heights.items(), key=lambda pair: pair[1])
    placed = [ordered[0]]
    for (_, below), (key, height) in pairwise([ordered[0], *ordered[1:]]):
        least = max(below, placed[-1][1]) + _APART
        placed.append((key, max(height, least)))
    return placed


if __name__ == "__main__":
    main()
