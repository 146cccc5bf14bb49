"""Puts the figures of bench/results/speed.json into performance.md; with `--check`, only says if it is out of date."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

from bench.machine import RESULTS
from bench.speed_engines import OURS
from bench.speed_figures import Kept, number
from bench.speed_report import aims, growth, indexing, latency, machine

PAGE = Path(__file__).with_name("performance.md")
_BLOCK = re.compile(r"(<!-- (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def _analysis(kept: Kept) -> str:
    size = kept.sizes[0]
    analysed, written, seconds = (
        kept.value(size, OURS, name) for name in ("analysis_seconds", "engine_seconds", "seconds")
    )
    return (
        f"Of {seconds:.1f} s for {size:,} articles, {analysed:.1f} go into reading JSON Lines and analysis "
        f"({analysed / seconds:.0%}), {written:.1f} into the index."
    )


def _reading(kept: Kept) -> str:
    taken = kept.value(kept.sizes[0], OURS, "reading_ms")
    return f"To read and plan a query takes {number(taken)} ms on average, once its words have been met; the tables leave it out."


_BLOCKS: dict[str, Callable[[Kept], str]] = {
    "machine": machine,
    "goals": aims,
    "indexing": lambda kept: indexing(kept, kept.sizes[0]),
    "latency": lambda kept: latency(kept, kept.sizes[0]),
    "growth": growth,
    "analysis": _analysis,
    "reading": _reading,
}


def page(text: str, kept: Kept) -> str:
    """Give the page with every block written anew; a block stands between its name and `end`."""
    return _BLOCK.sub(lambda found: f"{found[1]}{_BLOCKS[found[2]](kept)}\n{found[3]}", text)


def main() -> int:
    """Write the page, or check it."""
    before = PAGE.read_text("utf-8")
    text = page(before, Kept.read(RESULTS / "speed.json"))
    if text == before:
        return 0
    if "--check" not in sys.argv:
        PAGE.write_text(text, "utf-8")
        return 0
    print("docs/performance.md is out of date; write it anew with: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
