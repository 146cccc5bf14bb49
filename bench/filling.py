"""Filling a library: where the time goes, commits and merges, memory, and a few articles more.

The newswire articles come as JSON Lines, as single text files, and ten times over with new ids and
addresses. What is measured by CPU time runs on one core.
"""

from __future__ import annotations

import datetime as dt
import gc
import io
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from bench.articles import lines
from bench.filling_report import Measured, report
from bench.filling_stages import stages
from bench.machine import RESULTS, apart, one_core, run_step

_COPIES = 10
_QUERIES = (
    "cocoa", "oil price", "bank AND japan", '"interest rate"', "trade NOT japan",
    "company OR shares OR stock OR market", "invest*", "wheat (export OR import)", "headline:oil",
    "date:1987-03 gold", "said", "econom* growth", "opec production quota", "zzyzx",
)  # fmt: skip
_ADDS = {1: 40, 100: 20}


def sources(folder: str) -> Measured:
    """Write the articles down in all forms; give how many there are."""
    articles = [json.loads(line) for line in lines().splitlines()]
    (Path(folder) / "one.jsonl").write_bytes(lines())
    with (Path(folder) / "ten.jsonl").open("w") as file:
        for copy in range(_COPIES):
            file.writelines(_as_new(article, f"copy-{copy}") for article in articles)
    for article in articles:
        parts = [article["title"], article["date"], *article["paragraphs"]]
        path = Path(folder) / "texts" / article["id"][-1] / f"{article['id']}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n\n".join(filter(None, parts)) + "\n")
    return {"articles": len(articles), "copies": _COPIES}


def _as_new(article: Measured, name: str, note: str = "") -> str:
    """Give an article as a line, with another id and address, and words of its own if wanted."""
    number = f"{name}-{article['id']}"
    paragraphs = [*article["paragraphs"], *filter(None, [note])]
    new = {"id": number, "url": f"https://example.org/{number}", "paragraphs": paragraphs}
    return json.dumps({**article, **new}) + "\n"


def fill(folder: str, source: str) -> Measured:
    """Fill a library through the command, on one core."""
    one_core()
    library = Path(folder) / f"library-{source}"
    command = [sys.executable, "-m", "cli", "ingest", str(Path(folder) / source)]
    start = time.perf_counter()
    child = subprocess.Popen(
        [*command, "--library", str(library)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(child.pid, 0)
    if status:
        sys.exit("ingest failed")
    return {
        "seconds": time.perf_counter() - start,
        "cpu": usage.ru_utime + usage.ru_stime,
        "command_mb": usage.ru_maxrss / 1000,
    }


def commits(folder: str, source: str) -> Measured:
    """Build the index of a library anew; time each commit, and the queries after it."""
    from search.whoosh_engine import WhooshEngine

    taken, commit = list[float](), WhooshEngine.commit

    def timed(engine: WhooshEngine) -> None:
        taken.append(_ms(partial(commit, engine)) / 1000)

    setattr(WhooshEngine, "commit", timed)  # noqa: B010 - it is a method, for good reason
    with _library(folder, source) as library:
        library.indexing.rebuild()
        engine = library.indexing.engine()
        measured = {
            "commits": len(taken),
            "longest": max(taken),
            "median": statistics.median(taken),
        }
        segments = len(list(library.folder.index.glob("gen-*/*.seg")))
        return measured | {"segments": segments, "query_ms": _median_query(engine)}


def _median_query(engine: Any) -> float:
    from search import parser
    from search.planner import plan

    taken = []
    for text in _QUERIES:
        ready = plan(parser.parse(text), ["en"], dt.date(2026, 1, 1))
        search = partial(engine.search, ready, limit=10)
        taken.append(statistics.median(_ms(search) for _ in range(5)))
    return statistics.median(taken)


def adds(folder: str, source: str) -> Measured:
    """Add one article, and a hundred, to a library, again and again, until they are found."""
    articles = [json.loads(line) for line in lines().splitlines()]
    measured: Measured = {}
    with _library(folder, source) as library:
        gc.freeze()
        for count, times in _ADDS.items():
            taken = []
            for turn in range(times + 1):
                name = f"new-{count}-{turn}"
                some = articles[turn * count : (turn + 1) * count]
                data = "".join(_as_new(one, name, f"Added as {name}.") for one in some).encode()
                taken.append(_ms(partial(_add, library, data)))
            measured[str(count)] = [statistics.median(taken[1:]), max(taken[1:])]
    return measured


def _add(library: Any, data: bytes) -> None:
    for _ in library.ingest(["-"], io.BytesIO(data)):
        pass
    library.indexing.drain()


def _library(folder: str, source: str) -> Any:
    from library.folder import Folder
    from library.library import Library

    return Library(Folder(Path(folder) / f"library-{source}"))


def _ms(run: Callable[[], Any]) -> float:
    start = time.perf_counter()
    run()
    return (time.perf_counter() - start) * 1000


STEPS: dict[str, Callable[..., Measured]] = {
    "sources": sources,
    "stages": stages,
    "fill": fill,
    "commits": commits,
    "adds": adds,
}
_ORDER = [
    ["sources"],
    *(["stages", source] for source in ("one.jsonl", "texts")),
    *(["fill", source] for source in ("one.jsonl", "texts", "ten.jsonl")),
    *([step, source] for source in ("one.jsonl", "ten.jsonl") for step in ("commits", "adds")),
]


def main() -> None:
    """Run every step and keep the results."""
    results: dict[str, Any] = {"when": dt.datetime.now(tz=dt.UTC).date().isoformat()}
    with tempfile.TemporaryDirectory() as folder:
        for step, *source in _ORDER:
            name = " ".join([step, *source])
            print(f"{name} ...", file=sys.stderr)
            results[name] = apart("bench.filling", step, folder, *source)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "filling.json").write_text(json.dumps(results, indent=1) + "\n")
    text = report(results)
    (RESULTS / "filling.md").write_text(text)
    print(text)


if __name__ == "__main__" and not run_step(STEPS):
    main()
