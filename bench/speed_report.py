"""The tables of the speed benchmark, in Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any

from bench.speed_engines import BY_KEY, OURS
from bench.speed_figures import Kept, number, spread, table
from bench.speed_goals import goals


def report(results: dict[str, Any]) -> str:
    """Write the whole page of results."""
    kept = Kept(results)
    parts = ["# Speed beside other engines", machine(kept), HOW, "## Goals", aims(kept)]
    for size in kept.sizes:
        parts += [f"## Indexing {size:,} articles", indexing(kept, size)]
        parts += [f"## Queries over {size:,} articles, ms", latency(kept, size)]
    parts += ["## Growth", growth(kept), "## Counts", counts(kept, kept.sizes[0])]
    return "\n\n".join(parts) + "\n"


HOW = """Newswire articles (Reuters-21578); more than 19,043 are the same again under new ids. Every engine indexes and
answers in a process of its own. 200 queries, drawn by a fixed seed from words that are rare (in 3 articles to
0.1 %), middling (to 2 %) and frequent (`bench/speed_queries.py`), each asked of every engine in rounds, once to warm
up and then five times (once, where it takes over 0.1 s); its time is their median. Timed from a query that is read and planned to the ids of the
ten best (or newest) and an exact count of all. A cell gives p50 / p95 / max; a dash: the engine cannot answer that kind.

- Cuttings and stock Whoosh (`bench/stock.py`) hold the same terms: stems, exact forms, dates, tags, sites. Analysis in Python is part of
  their time; *engine alone* leaves it out. They commit every 3,000 articles; the others once.
- Bare tantivy has `en_stem` over plain texts, and as many threads as it likes. FTS5 is made as by `sqlite-utils insert`
  and `enable-fts --tokenize porter`; its MB are those of the full text alone, its time includes the table. Xapian has its
  TermGenerator and English stems. Recoll reads a web page an article; each of its answers is a process of `recollq`, and its counts may be
  estimates.
- Cold start is a whole process that answers one word, its files in the system's cache. Peak memory counts pages of mapped files."""


def machine(kept: Kept) -> str:
    """Say when and on what this was measured, and what was left out."""
    told = kept.results["engines"]
    left_out = [f"{key} {why}" for key, why in told.items() if why.startswith("left out")]
    there = dict.fromkeys(v for v in told.values() if not v.startswith("left out"))
    text = f"{kept.results['when']}. {kept.results['machine']}. {', '.join(there)}. Written by `make bench`."
    return text + "".join(f"\n\nNot measured: {line}." for line in left_out)


def aims(kept: Kept) -> str:
    """Write the goals."""
    rows = ((one.aim, one.measured, "yes" if one.met else "**no**") for one in goals(kept))
    return "\n".join(table(["goal", "measured", "met"], rows))


def indexing(kept: Kept, size: int) -> str:
    """Write what building, starting and adding cost."""
    head = [
        "engine", "articles/s", "engine alone", "CPU s", "MB", "peak MB, indexing", "peak MB, asked",
        "cold start, s", "add 1 / 100, ms", "longest commit filling / adding, ms",
    ]  # fmt: skip
    lines = [*table(head, _indexing_rows(kept, size))]
    for key, found in kept.results["sizes"][str(size)].items():
        if "error" in found:
            lines += ["", f"{BY_KEY[key].name} failed: {found['error']}"]
    return "\n".join(lines)


def _indexing_rows(kept: Kept, size: int) -> Iterator[list[str]]:
    for one in kept.engines(size):
        if one.asks:
            continue
        found = kept.results["sizes"][str(size)][one.key]
        alone = found.get("engine_seconds")
        added, longest = (
            " / ".join(number(found[name]) for name in names) if names[1] in found else "–"
            for names in (("one_ms", "hundred_ms"), ("longest_commit_ms", "longest_ms"))
        )
        cold = found.get("cold_seconds")
        yield [
            one.name,
            number(kept.rate(size, one.key), "{:,.0f}".format),
            number(alone and found["articles"] / alone, "{:,.0f}".format),
            number(found.get("cpu_seconds")),
            *(number(found.get(name)) for name in ("mb", "peak_mb", "asked_peak_mb")),
            number(cold, "{:.3f}".format),
            added,
            longest,
        ]


def latency(kept: Kept, size: int) -> str:
    """Write times by kind."""
    engines = kept.engines(size)
    kinds: list[str | None] = [*kept.kinds, None]

    def rows() -> Iterator[list[str]]:
        for kind in kinds:
            numbers = kept.numbers(kind)
            times = [kept.ms(size, one.key, numbers) for one in engines]
            yield [f"{kind or 'all it answers'}, {len(numbers)}", *map(_spread, times)]

    return "\n".join(table(["kind", *(one.name for one in engines)], rows()))


def _spread(values: list[float]) -> str:
    return " / ".join(map(number, spread(values))) if values else "–"


def growth(kept: Kept) -> str:
    """Write how median, rate and size change with the number of articles."""
    head = ["engine"]
    for what in ("median ms", "articles/s", "MB"):
        head += [f"{what}, {size:,}" for size in kept.sizes]
    return "\n".join(table(head, _growth_rows(kept)))


def _growth_rows(kept: Kept) -> Iterator[list[str]]:
    for one in kept.engines():
        times = [kept.ms(size, one.key, kept.numbers()) for size in kept.sizes]
        yield [
            one.name,
            *(number(median(some) if some else None) for some in times),
            *(number(kept.rate(size, one.key), "{:,.0f}".format) for size in kept.sizes),
            *(number(kept.value(size, one.key, "mb")) for size in kept.sizes),
        ]


def counts(kept: Kept, size: int) -> str:
    """Write how many counts are ours, by kind, and which differ where the terms are the same."""
    engines = [one for one in kept.engines(size) if one.key not in {OURS, "fts5-top"}]
    text = (
        "Of the queries both answer, how many an engine counts as Cuttings on Whoosh does. Where the terms are ours, "
        "all should be; other engines split words, stem, and bound phrases in ways of their own (FTS5 stems prefixes; tantivy's "
        "`en_stem` leaves no exact forms for wildcards and fuzzy words; Xapian keeps positions of exact forms only)."
    )

    def rows() -> Iterator[list[str]]:
        for kind in [*kept.kinds, None]:
            cells = (_same(kept, size, one.key, kept.numbers(kind)) for one in engines)
            yield [kind or "all", *cells]

    lines = table(["kind", *(one.name for one in engines)], rows())
    return "\n".join([text, "", *lines, "", *_differences(kept, size)])


def _same(kept: Kept, size: int, key: str, numbers: list[int]) -> str:
    both = set(kept.shared(size, key, OURS)) & set(numbers)
    differing = len(kept.differing(size, key, OURS, numbers))
    return f"{len(both) - differing} of {len(both)}" if both else "–"


def _differences(kept: Kept, size: int) -> Iterator[str]:
    for one in kept.engines(size):
        for n in kept.differing(size, one.key, OURS, kept.numbers()) if one.terms else []:
            query = kept.results["queries"][n]
            asked = " ".join([*query["words"], *filter(None, [query["without"]])])
            theirs, ours = (kept.value(size, key, "counts")[n] for key in (one.key, OURS))
            yield f"- {one.name} counts {theirs:,} for `{asked}` ({query['kind']}), Cuttings {ours:,}."
