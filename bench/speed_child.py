"""One step of the speed benchmark, in a process of its own: `python -m bench.speed_child STEP KEY ...`.

`serve` reads the numbers of queries from its input and answers each with milliseconds and a count.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Any

from bench.machine import cpu_seconds, peak_mb
from bench.speed_engines import BY_KEY, Contender
from bench.speed_queries import Query

QUERIES = "queries.json"


def version(one: Contender) -> dict[str, Any]:
    """Name the engine; ends with an error if it is not there."""
    return {"version": one.adapter.version(one.argument)}


def build(one: Contender, corpus: str, size: str, folder: str) -> dict[str, Any]:
    """Index, and tell the peak memory and the processor's time of that."""
    built = one.adapter.build(one.argument, Path(corpus), int(size), Path(folder))
    return {"peak_mb": peak_mb(), "cpu_seconds": cpu_seconds(), **built}


def serve(one: Contender, corpus: str, folder: str) -> dict[str, Any]:
    """Answer queries until the input ends."""
    asked = read_queries(Path(corpus))
    ready = one.adapter.open_index(one.argument, Path(folder))
    answers = [ready(query) for query in asked]
    start = time.perf_counter()
    _ = [ready(query) for query in asked]
    reading = (time.perf_counter() - start) / len(asked) * 1000
    for line in sys.stdin:
        answer = answers[int(line)]
        if answer is None:
            print("null", flush=True)
            continue
        start = time.perf_counter()
        count = answer()
        taken = (time.perf_counter() - start) * 1000
        print(json.dumps([taken, count]), flush=True)
    return {"asked_peak_mb": peak_mb(), "reading_ms": reading}


def add(one: Contender, folder: str, size: str) -> dict[str, Any]:
    """Add articles to an index of ours."""
    from bench.speed_engines import ours

    return ours.add(one.argument, Path(folder), int(size))


def read_queries(corpus: Path) -> list[Query]:
    """Read the queries that lie beside the articles."""
    kept = json.loads((corpus / QUERIES).read_text("utf-8"))
    return [Query(**{**one, "words": tuple(one["words"])}) for one in kept]


if __name__ == "__main__":
    name, key, *arguments = sys.argv[1:]
    steps = (version, build, serve, add)
    step = next(one for one in steps if one.__name__ == name)
    print(json.dumps(step(BY_KEY[key], *arguments)))
