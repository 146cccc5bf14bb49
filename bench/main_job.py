"""`make bench`: the main job on 19,043 newswire articles, beside stock Whoosh.

Stock Whoosh is given the same terms in the same fields by an analyzer that calls our analysis, and
its own field types, codec and collectors; its answers are counted with `limit=10`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from article import Article
from bench.articles import QUERIES, articles, lines
from bench.machine import RESULTS, apart, described, folder_mb, run_step

Measured = dict[str, Any]
_BATCH = 3_000
_WARM_RUNS = 5


def fill(folder: str) -> Measured:
    """Fill a library through the command, reading, storing and indexing."""
    source = Path(folder) / "reuters.jsonl"
    source.write_bytes(lines())
    library = Path(folder) / "library"
    start = time.perf_counter()
    command = [sys.executable, "-m", "cli", "ingest", str(source), "--library", str(library)]
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit("ingest failed")
    return {
        "seconds": time.perf_counter() - start,
        "command_peak_mb": usage.ru_maxrss / 1000,
        "database_mb": sum(p.stat().st_size for p in library.glob("cuttings.db*")) / 1e6,
        "index_mb": folder_mb(library / "index"),
    }


def index_ours(folder: str) -> Measured:
    """Index the articles with our engine, analysis included."""
    from bench.articles import stored
    from search import whoosh_engine
    from search.document import document

    engine = whoosh_engine.create(Path(folder) / "ours")
    start = time.perf_counter()
    for batch in _batches(articles()):
        engine.replace(document(stored(n, article)) for n, article in batch)
        engine.commit()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "articles": engine.count(), "mb": folder_mb(Path(folder) / "ours")}


def index_stock(folder: str) -> Measured:
    """Index the same terms in the same fields with Whoosh as it comes."""
    from whoosh.index import create_in

    from bench.stock import schema, values

    (Path(folder) / "stock").mkdir()
    index = create_in(str(Path(folder) / "stock"), schema())
    start = time.perf_counter()
    for batch in _batches(articles()):
        writer = index.writer(limitmb=64)
        for n, article in batch:
            writer.add_document(**values(n, article))
        writer.commit()
    seconds = time.perf_counter() - start
    return {
        "seconds": seconds,
        "articles": index.doc_count(),
        "mb": folder_mb(Path(folder) / "stock"),
    }


def query_both(folder: str) -> Measured:
    """Answer the queries with both, in turns in one process; milliseconds, median of five."""
    from whoosh.index import open_dir

    from bench.stock import to_whoosh
    from search import parser, whoosh_engine
    from search.planner import plan

    engine = whoosh_engine.open_index(Path(folder) / "ours")
    times: dict[str, dict[str, float]] = {}
    with open_dir(str(Path(folder) / "stock")).searcher() as stock:
        for text in QUERIES:
            ready = plan(parser.parse(text), ["en"], dt.date(2026, 1, 1))
            query = to_whoosh(ready)
            total = engine.search(ready, limit=10).total
            same = total == len(stock.search(query, limit=None))
            pair: tuple[Callable[[], Any], ...] = (
                lambda ready=ready: engine.search(ready, limit=10),  # type: ignore[misc]
                lambda query=query: len(stock.search(query, limit=10)),  # type: ignore[misc]
            )
            ours, theirs = _in_turns(pair)
            times[text] = {"found": total, "same": same, "ours": ours, "stock": theirs}
    return {"queries": times}


def cold(folder: str) -> Measured:
    """Time `cuttings search`, `show` and `--help` as whole processes; seconds, median of seven."""
    library = str(Path(folder) / "library")
    commands = {
        "search cocoa": ["search", "cocoa", "--library", library],
        "show 1": ["show", "1", "--library", library],
        "--help": ["--help"],
    }
    return {name: _process(command) for name, command in commands.items()}


def _process(command: list[str]) -> float:
    taken = []
    for _ in range(7):
        start = time.perf_counter()
        subprocess.run([sys.executable, "-m", "cli", *command], capture_output=True, check=True)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _in_turns(pair: tuple[Callable[[], Any], ...]) -> list[float]:
    taken: list[list[float]] = [[] for _ in pair]
    for _ in range(_WARM_RUNS):
        for run, into in zip(pair, taken, strict=True):
            start = time.perf_counter()
            run()
            into.append((time.perf_counter() - start) * 1000)
    return [statistics.median(one) for one in taken]


def _batches(source: Iterator[Article]) -> Iterator[list[tuple[int, Article]]]:
    numbered = enumerate(source, 1)
    while batch := list(islice(numbered, _BATCH)):
        yield batch


def report(results: dict[str, Measured]) -> str:
    """Write the results as Markdown."""
    filled, ours, stock = results["fill"], results["index_ours"], results["index_stock"]
    count = ours["articles"]
    queries = results["query_both"]["queries"]
    mine = sorted(one["ours"] for one in queries.values())
    theirs = sorted(one["stock"] for one in queries.values())
    rows = [
        "# The main job on 19,043 newswire articles",
        "",
        f"{results['when']}. {described()}. Written by `make bench`; every step in a process of its own.",
        "",
        "| | Cuttings | stock Whoosh, same terms and fields |",
        "|---|---|---|",
        f"| read, store and index (`cuttings ingest`), articles/s | {count / filled['seconds']:,.0f} | |",
        f"| its peak memory, MB | {filled['command_peak_mb']:,.0f} | |",
        f"| index alone, articles/s | {count / ours['seconds']:,.0f} | {stock['articles'] / stock['seconds']:,.0f} |",
        f"| its peak memory, MB | {ours['peak_mb']:,.0f} | {stock['peak_mb']:,.0f} |",
        f"| index, MB | {ours['mb']:.1f} | {stock['mb']:.1f} |",
        f"| database, MB | {filled['database_mb']:.1f} | |",
        f"| warm query, p50 / p95 of 20, ms | {_spread(mine)} | {_spread(theirs)} |",
        *(
            f"| `cuttings {name}` as a whole process, s | {seconds:.2f} | |"
            for name, seconds in results["cold"].items()
            if name != "peak_mb"
        ),
        "",
        f"Indexing is {stock['seconds'] / ours['seconds']:.2f} times as fast as stock Whoosh's; "
        f"the median query {statistics.median(one['stock'] / one['ours'] for one in queries.values()):.1f} times. "
        "Both give an exact count.",
        "",
        "| query | found | Cuttings, ms | stock, ms | same articles counted |",
        "|---|---|---|---|---|",
        *(
            f"| `{text}` | {one['found']:,} | {one['ours']:.2f} | {one['stock']:.2f} | {'yes' if one['same'] else 'NO'} |"
            for text, one in queries.items()
        ),
        "",
    ]
    return "\n".join(rows)


def _spread(values: list[float]) -> str:
    return f"{statistics.median(values):.2f} / {values[int(len(values) * 0.95) - 1]:.2f}"


STEPS: dict[str, Callable[..., Measured]] = {
    "fill": fill,
    "index_ours": index_ours,
    "index_stock": index_stock,
    "query_both": query_both,
    "cold": cold,
}


def main() -> None:
    """Run every step and keep the results."""
    results: dict[str, Any] = {"when": dt.datetime.now(tz=dt.UTC).date().isoformat()}
    with tempfile.TemporaryDirectory() as folder:
        for step in STEPS:
            print(f"{step} ...", file=sys.stderr)
            results[step] = apart("bench.main_job", step, folder)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "main_job.json").write_text(json.dumps(results, indent=1) + "\n")
    text = report(results)
    (RESULTS / "main_job.md").write_text(text)
    print(text)


if __name__ == "__main__" and not run_step(STEPS):
    main()
