"""The goals, each with what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

from bench.speed_engines import FTS5, OUR_TANTIVY, OURS, STOCK
from bench.speed_figures import Kept, number

_SMALL, _LARGE = 19_043, 190_430


class Goal(NamedTuple):
    """What was aimed at, what was measured, and whether that is met."""

    aim: str
    measured: str
    met: bool


def goals(kept: Kept) -> Iterator[Goal]:
    """Give the goals that this run measured."""
    for part in (_indexing, _queries, _adding, _large, _tantivy):
        yield from part(kept)


def _at(kept: Kept, key: str, name: str, size: int = _SMALL) -> float | None:
    value: float | None = kept.value(size, key, name)
    return value


def _indexing(kept: Kept) -> Iterator[Goal]:
    ours, stock = kept.rate(_SMALL, OURS), kept.rate(_SMALL, STOCK)
    if not ours or not stock:
        return
    yield Goal(
        "indexes at 4 times stock Whoosh's rate or more",
        f"{ours / stock:.1f} times ({ours:,.0f} articles/s beside {stock:,.0f}){_by_processor(kept)}",
        ours >= 4 * stock,
    )
    for name, aim, most in (
        ("mb", "index at most 1.2 times stock's size", 1.2),
        ("peak_mb", "peak memory of indexing at most half of stock's", 0.5),
    ):
        a, b = _at(kept, OURS, name), _at(kept, STOCK, name)
        if a and b:
            yield Goal(aim, f"{a / b:.2f} times ({a:,.0f} MB beside {b:,.0f})", a <= most * b)


def _by_processor(kept: Kept) -> str:
    """Give the same ratio by the processor's time, which other work on the machine does not change."""
    a, b = _at(kept, OURS, "cpu_seconds"), _at(kept, STOCK, "cpu_seconds")
    return f"; {b / a:.1f} times by processor time" if a and b else ""


def _queries(kept: Kept) -> Iterator[Goal]:
    if ratios := kept.ratios(_SMALL, STOCK, OURS):
        middle, worst = median(ratios.values()), min(ratios, key=lambda n: ratios[n])
        words = " ".join(kept.results["queries"][worst]["words"])
        kind = kept.results["queries"][worst]["kind"]
        yield Goal(
            f"median query 10 times as fast as stock's or more, of {len(ratios)}",
            f"{middle:.1f} times",
            middle >= 10,
        )
        yield Goal(
            "no query slower than stock's by more than 1.1 times",
            f"at worst {1 / ratios[worst]:.2f} times stock's time (`{words}`, {kind})",
            1 / ratios[worst] <= 1.1,
        )
    if shared := kept.shared(_SMALL, OURS, FTS5):
        a, b, top = (median(kept.ms(_SMALL, key, shared)) for key in (OURS, FTS5, "fts5-top"))
        yield Goal(
            f"median not beaten by FTS5's, of the {len(shared)} queries it answers",
            f"{number(a)} ms beside {number(b)} ({number(top)} without a count)",
            a <= b,
        )


def _adding(kept: Kept) -> Iterator[Goal]:
    for name, aim, most in (
        ("one_ms", "1 article added to 19,043, durable: median at most 100 ms", 100),
        ("hundred_ms", "100 articles added, durable: median at most 400 ms", 400),
    ):
        if (value := _at(kept, OURS, name)) is not None:
            yield Goal(aim, f"{number(value)} ms", value <= most)
    for size in kept.sizes:
        names = ("longest_commit_ms", "longest_ms")
        filling, adding = (_at(kept, OURS, name, size) for name in names)
        if filling and adding:
            yield Goal(
                f"no commit over 2 s, {size:,}",
                f"at most {number(filling)} ms while filling, {number(adding)} while adding to it",
                max(filling, adding) <= 2_000,
            )


def _large(kept: Kept) -> Iterator[Goal]:
    if values := kept.ms(_LARGE, OURS, kept.numbers()):
        middle = median(values)
        yield Goal("median query at 190,430 at most 10 ms", f"{number(middle)} ms", middle <= 10)


def _tantivy(kept: Kept) -> Iterator[Goal]:
    for size in kept.sizes:
        if ratios := list(kept.ratios(size, OUR_TANTIVY, "raw").values()):
            middle = median(ratios)
            yield Goal(
                f"Tantivy engine: queries at most 2 times bare tantivy's on the same index, {size:,}",
                f"{middle:.2f} times in the median of {len(ratios)}; "
                f"{sum(ratio > 2 for ratio in ratios)} take more than twice",
                middle <= 2,
            )
    a, b = kept.rate(_SMALL, OUR_TANTIVY), kept.rate(_SMALL, OURS)
    if a and b:
        aim = "Tantivy engine: indexes not slower than our Whoosh"
        yield Goal(aim, f"{a:,.0f} articles/s beside {b:,.0f}", a >= b)
    if (value := _at(kept, OUR_TANTIVY, "one_ms", _LARGE)) is not None:
        aim = "Tantivy engine: 1 article added to 190,430, durable: median at most 50 ms"
        yield Goal(aim, f"{number(value)} ms", value <= 50)
