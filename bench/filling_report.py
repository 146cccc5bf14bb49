"""The results of filling a library, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.machine import described

Measured = dict[str, Any]


def report(results: dict[str, Measured]) -> str:
    """Write the results as Markdown."""
    many, few = (
        results["sources"]["articles"] * results["sources"]["copies"],
        results["sources"]["articles"],
    )
    sizes = {"one.jsonl": f"{few:,}", "ten.jsonl": f"{many:,}"}
    return "\n".join(
        [
            "# Filling a library with newswire articles",
            "",
            f"{results['when']}. {described()}. Written by `python -m bench.filling`; each step in a "
            "process of its own.",
            "",
            "`cuttings ingest` as a whole process on one core, reading, storing and indexing:",
            "",
            "| | articles | articles/s | CPU, s | peak memory, MB |",
            "|---|---|---|---|---|",
            *_filled("JSON Lines", few, results["fill one.jsonl"]),
            *_filled("single text files", few, results["fill texts"]),
            *_filled("JSON Lines", many, results["fill ten.jsonl"]),
            "",
            "Peak memory counts pages of mapped files: when an index is new, questions to a sample of it "
            "touch many of its pages.",
            "",
            "Commits of 3,000 articles to the index, merges among them, and what is added later, in a "
            "process that is open:",
            "",
            "| | " + " | ".join(f"{count} articles" for count in sizes.values()) + " |",
            "|---|---|---|",
            *_beside(results, sizes),
            "",
            f"CPU time of each stage for {few:,} articles, without the stages within it:",
            "",
            "| stage | JSON Lines, s | µs an article | text files, s |",
            "|---|---|---|---|",
            *_staged(results["stages one.jsonl"], results["stages texts"], few),
            "",
        ]
    )


def _filled(name: str, count: int, one: Measured) -> Iterator[str]:
    yield (
        f"| {name} | {count:,} | {count / one['seconds']:,.0f} | {one['cpu']:.1f} "
        f"| {one['command_mb']:.0f} |"
    )


def _beside(results: dict[str, Measured], sizes: dict[str, str]) -> Iterator[str]:
    committed = [results[f"commits {source}"] for source in sizes]
    added = [results[f"adds {source}"] for source in sizes]
    rows = {
        "longest commit, s": [f"{one['longest']:.2f}" for one in committed],
        "median commit, s": [f"{one['median']:.2f}" for one in committed],
        "segments of the index": [str(one["segments"]) for one in committed],
        "peak memory of building the index, MB": [f"{one['peak_mb']:.0f}" for one in committed],
        "median of 20 warm queries, ms": [f"{one['query_ms']:.2f}" for one in committed],
        **{
            f"{count} added, stored and found: median / longest, ms": [
                " / ".join(f"{ms:.0f}" for ms in one[count]) for one in added
            ]
            for count in added[0]
            if count.isdecimal()
        },
    }
    yield from (f"| {name} | {' | '.join(values)} |" for name, values in rows.items())


def _staged(lines: Measured, texts: Measured, count: int) -> Iterator[str]:
    seconds, other = lines["seconds"], texts["seconds"]
    for name in sorted(
        {*seconds, *other}, key=lambda name: (name.partition(":")[0], -seconds.get(name, 0))
    ):
        one, two = seconds.get(name, 0.0), other.get(name, 0.0)
        if max(one, two) >= 0.05:
            yield f"| {name} | {one:.2f} | {one / count * 1e6:.0f} | {two:.2f} |"
    total, others = sum(seconds.values()), sum(other.values())
    yield f"| all | {total:.2f} | {total / count * 1e6:.0f} | {others:.2f} |"
