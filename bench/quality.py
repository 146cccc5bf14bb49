"""`make bench-quality`: how well answers are ranked, on collections with judged answers.

Beside Cuttings stand SQLite's FTS5, Whoosh as it comes and tantivy's default for English, on the
same texts in the same run. `docs/ranking.md` tells what was made of the figures.
"""

from __future__ import annotations

import csv
import datetime as dt
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.judged import MEASURES, NAMES, Collection, load, mean, measured
from bench.known import known_items
from bench.machine import RESULTS, apart, described, run_step, shared
from bench.rankers import Ranker, cuttings, fts5, stock_whoosh, tantivy

Measured = dict[str, Any]

OURS = "Cuttings"
ROWS = (
    OURS,
    "Cuttings, repeated words once",
    "Cuttings, as typed",
    "FTS5 unicode61",
    "FTS5 porter",
    "FTS5 porter, repeated words kept",
    "FTS5 trigram",
    "Whoosh, StemmingAnalyzer, BM25F",
    "tantivy, en_stem",
)
_IN_FILE = {
    "unicode61": "FTS5 unicode61",
    "porter unicode61": "FTS5 porter",
    "trigram": "FTS5 trigram",
}


def collection(name: str) -> Measured:
    """Rank one collection's queries, and its known items, by every engine."""
    judged = load(shared() / "data" / "ir", name)
    results: Measured = {"documents": len(judged.documents), "queries": len(judged.queries)}
    with tempfile.TemporaryDirectory() as folder:
        for row, ranker in _rankers(judged, Path(folder)):
            results[row] = questions(judged, ranker) | _items(judged, ranker)
    return results


def questions(judged: Collection, ranker: Ranker) -> Measured:
    """Measure the queries as they are, their words joined by OR; milliseconds are a median."""
    rows, taken = [], []
    for query, text in judged.queries.items():
        start = time.perf_counter()
        ranking = ranker(text, False)
        taken.append((time.perf_counter() - start) * 1000)
        rows.append(measured(ranking, judged.answers[query]))
    return {"any": mean(rows), "ms": statistics.median(taken)}


def _items(judged: Collection, ranker: Ranker) -> Measured:
    queries = known_items(judged)
    rows = [measured(ranker(text, True), {id_: 1}) for id_, text in queries.items()]
    return {"all": mean(rows), "known items": len(rows)}


def _rankers(judged: Collection, folder: Path) -> Iterator[tuple[str, Ranker]]:
    yield from zip(ROWS[:3], cuttings(judged, folder / "ours"), strict=True)
    yield ROWS[3], fts5(judged, "unicode61")
    if judged.language == "en":
        yield ROWS[4], fts5(judged, "porter unicode61")
        yield ROWS[5], fts5(judged, "porter unicode61", once=False)
    if judged.language == "zh":
        yield ROWS[6], fts5(judged, "trigram")
    yield ROWS[7], stock_whoosh(judged, folder / "whoosh")
    yield ROWS[8], tantivy(judged)


def kept_figures(folder: Path) -> dict[tuple[str, str], tuple[float, ...]]:
    """Give the figures kept in the collections' folder, by collection and row."""
    with (folder / "baseline_fts5.tsv").open(encoding="utf-8") as lines:
        return {
            (line["set"].replace("/", "-"), _IN_FILE[line["tokenizer"]]): (
                float(line["nDCG@10"]),
                float(line["MAP@100"]),
                float(line["Recall@100"]),
            )
            for line in csv.DictReader(lines, delimiter="\t")
        }


def report(results: Measured) -> str:
    """Write the results as Markdown."""
    kept = kept_figures(shared() / "data" / "ir")
    rows = [
        "# How well answers are ranked",
        "",
        f"{results['when']}. {described()}, tantivy {version('tantivy')}. Written by `make bench-quality`; "
        "`docs/ranking.md` tells what was made of it.",
        "",
        "The words of each query joined by OR. FTS5 is asked for each word once, as in `baseline_fts5.tsv`, "
        "from which the row *best of the file* comes; one row keeps repeated words, as the others do.",
        "",
    ]
    for place, measure in enumerate(MEASURES):
        best = [max(v[place] for (c, _), v in kept.items() if c == name) for name in NAMES]
        rows += [*_table(results, measure, "any", place), _line("FTS5, best of the file", best), ""]
        ours = [results[name][OURS]["any"][place] for name in NAMES]
        rows += [_ahead(measure, ours, best), ""]
    rows += [_agreement(results, kept), ""]
    rows += [
        "## Known items",
        "",
        "Three words of one sentence of a document, all of which must match (`bench/known.py`): "
        + ", ".join(f"{name} {results[name][OURS]['known items']}" for name in NAMES)
        + " documents.",
        "",
        *(line for line in _table(results, "nDCG@10", "all", 0) if "repeated" not in line),
        "",
        "## Milliseconds a query, median, words joined by OR, 100 answers",
        "",
        *_head("engine"),
        *(_line(row, [_value(results, n, row, "ms") for n in NAMES], 1) for row in ROWS),
        "",
    ]
    return "\n".join(rows)


def _table(results: Measured, measure: str, kind: str, place: int) -> Iterator[str]:
    yield from _head(measure)
    for row in ROWS:
        yield _line(row, [_value(results, name, row, kind, place) for name in NAMES])


def _head(first: str) -> tuple[str, str]:
    return f"| {first} | {' | '.join(NAMES)} | mean |", "|---" * (len(NAMES) + 2) + "|"


def _value(
    results: Measured, name: str, row: str, kind: str, place: int | None = None
) -> float | None:
    found = results[name].get(row)
    if found is None:
        return None
    value: float = found[kind] if place is None else found[kind][place]
    return value


def _line(row: str, values: Iterable[float | None], digits: int = 4) -> str:
    """Write one row; where an engine has no value for every collection, there is no mean."""
    listed = list(values)
    there = [value for value in listed if value is not None]
    whole = [*listed, statistics.mean(there) if len(there) == len(listed) else None]
    cells = ("" if value is None else f"{value:.{digits}f}" for value in whole)
    return f"| {row} | {' | '.join(cells)} |"


def _ahead(measure: str, ours: list[float], best: list[float]) -> str:
    behind = [name for name, a, b in zip(NAMES, ours, best, strict=True) if round(a, 4) < b]
    ratio = statistics.mean(ours) / statistics.mean(best) - 1
    return (
        f"{measure}: the mean is {100 * ratio:+.1f} % beside the best rows of the file; "
        f"behind on {', '.join(behind) if behind else 'none'}."
    )


def _agreement(results: Measured, kept: dict[tuple[str, str], tuple[float, ...]]) -> str:
    different = [
        f"{name} {row}"
        for (name, row), values in kept.items()
        if any(abs(a - b) > 0.00006 for a, b in zip(results[name][row]["any"], values, strict=True))
    ]
    same = len(kept) - len(different)
    return f"FTS5's figures of this run equal the file's in {same} of {len(kept)} rows" + (
        f"; not in {', '.join(different)}." if different else "."
    )


STEPS: dict[str, Callable[..., Measured]] = {"collection": collection}


def main() -> None:
    """Measure every collection in a process of its own and keep the results."""
    results: Measured = {"when": dt.datetime.now(tz=dt.UTC).date().isoformat()}
    for name in NAMES:
        print(f"{name} ...", file=sys.stderr)
        results[name] = apart("bench.quality", "collection", name)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "quality.json").write_text(json.dumps(results, indent=1) + "\n")
    text = report(results)
    (RESULTS / "quality.md").write_text(text)
    print(text)


if __name__ == "__main__" and not run_step(STEPS):
    main()
