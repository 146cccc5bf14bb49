"""`make bench`: how fast engines index the same articles and answer the same 200 queries.

All in one run, each engine in processes of its own. `--sizes 19043` measures that size alone, in
five minutes; the three sizes take most of an hour, a third of it stock Whoosh's, and 5 GB of disk.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bench import speed_corpus
from bench.machine import RESULTS, described
from bench.speed_child import QUERIES, read_queries
from bench.speed_engines import CONTENDERS, OUR_TANTIVY, OURS, Contender
from bench.speed_queries import queries
from bench.speed_report import report
from bench.speed_servers import Server, ask_in_turns, command

Measured = dict[str, Any]
SIZES = (19_043, 190_430, 476_075)
KEPT = RESULTS / "speed.json"
_COLD_RUNS = 7


@dataclass(frozen=True)
class _Ground:
    """Where so many articles are measured."""

    size: int
    corpus: Path
    folder: Path

    def index(self, one: Contender) -> Path:
        return self.folder / (one.asks or one.key)


def measure(size: int, contenders: list[Contender], corpus: Path) -> dict[str, Measured]:
    """Build, ask, start and add to, with so many articles; by the contender's key."""
    with tempfile.TemporaryDirectory(dir=corpus) as folder:
        ground = _Ground(size, corpus, Path(folder))
        found = {one.key: _built(one, ground) for one in contenders}
        for step in (_asked, _cold, _added):
            whole = [one for one in contenders if _is_whole(one, found)]
            for key, measured in step(whole, ground).items():
                found[key] |= measured
    return found


def _is_whole(one: Contender, found: dict[str, Measured]) -> bool:
    return all("error" not in found[key] for key in (one.key, one.asks or one.key))


def _built(one: Contender, ground: _Ground) -> Measured:
    """Index, unless it is another's index that is asked."""
    if one.asks:
        return {}
    _say(f"{ground.size:,} articles: {one.name} ...")
    ground.index(one).mkdir()
    return _step(one, "build", str(ground.corpus), str(ground.size), str(ground.index(one)))


def _asked(contenders: list[Contender], ground: _Ground) -> dict[str, Measured]:
    """Ask all queries of all engines, in rounds."""
    _say("queries ...")
    servers = [Server(one, ground.corpus, ground.index(one)) for one in contenders]
    count = len(read_queries(ground.corpus))
    ask_in_turns(servers, range(count))
    return {server.key: server.close(count) for server in servers}


def _cold(contenders: list[Contender], ground: _Ground) -> dict[str, Measured]:
    """Time whole processes that answer one word, in turns; seconds, the median."""
    _say("starting ...")
    word = read_queries(ground.corpus)[1].words[0]
    commands = {
        one.key: one.adapter.cold_command(one.argument, one.python, ground.index(one), word)
        for one in contenders
        if not one.asks
    }
    taken: dict[str, list[float]] = {key: [] for key in commands}
    for _ in range(_COLD_RUNS):
        for key, asked in commands.items():
            start = time.perf_counter()
            subprocess.run(asked, capture_output=True, check=True)
            taken[key].append(time.perf_counter() - start)
    return {key: {"cold_seconds": median(seconds)} for key, seconds in taken.items()}


def _added(contenders: list[Contender], ground: _Ground) -> dict[str, Measured]:
    """Add articles to the indexes of ours."""
    _say("adding ...")
    ours = [one for one in contenders if one.key in {OURS, OUR_TANTIVY}]
    return {one.key: _step(one, "add", str(ground.index(one)), str(ground.size)) for one in ours}


def _step(one: Contender, step: str, *arguments: str) -> Measured:
    """Run a step in a process of its own; what fails is told, and kept with its reason."""
    try:
        done = subprocess.run(
            command(one, step, *arguments), capture_output=True, text=True, check=False
        )
    except OSError as error:
        return {"error": str(error)}
    if done.returncode:
        return {"error": (done.stderr.strip().splitlines() or ["no reason given"])[-1]}
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def _there() -> tuple[list[Contender], dict[str, str]]:
    """Give the engines that are installed, and for each its version, or why it is left out."""
    named = {one.key: _step(one, "version") for one in CONTENDERS}
    for one in CONTENDERS:
        if "error" in named[one.key]:
            _say(f"{one.name} is left out: {named[one.key]['error']}")
    there = [one for one in CONTENDERS if _is_whole(one, named)]
    told = {
        key: found.get("version") or f"left out: {found['error']}" for key, found in named.items()
    }
    return there, told


def _prepare(corpus: Path) -> list[Measured]:
    """Write articles and queries for all; give the queries."""
    count = speed_corpus.write(corpus)
    asked = [asdict(query) for query in queries(speed_corpus.records(corpus, count))]
    (corpus / QUERIES).write_text(json.dumps(asked))
    return asked


def _keep(results: Measured) -> None:
    """Write the results; lists of numbers take a line each."""
    text = json.dumps(results, indent=1)
    flat = re.sub(r"\[\s+([^][{}]*?)\s+\]", lambda m: "[" + " ".join(m[1].split()) + "]", text)
    KEPT.write_text(flat + "\n")
    KEPT.with_suffix(".md").write_text(report(results))


def _say(line: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {line}", file=sys.stderr)


def main() -> None:
    """Measure every size, and keep the results after each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES, metavar="ARTICLES")
    sizes = parser.parse_args().sizes
    there, told = _there()
    folder = Path(tempfile.mkdtemp())
    try:
        results: Measured = {
            "when": dt.datetime.now(tz=dt.UTC).date().isoformat(),
            "machine": described(),
            "engines": told,
            "queries": _prepare(folder),
            "sizes": {},
        }
        for size in sizes:
            fitting = [one for one in there if one.largest >= size]
            results["sizes"][str(size)] = measure(size, fitting, folder)
            _keep(results)
    finally:
        shutil.rmtree(folder)
    print(report(results))


if __name__ == "__main__":
    main()
