"""How long commands take as whole processes, beside `sqlite-utils search` on the same articles.

`python -m bench.cold_start` writes a table. All commands run in turns, so that what else the machine
does falls on each alike; processor time is what is compared.
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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.articles import articles, lines
from bench.machine import RESULTS, described, sqlite_utils

RUNS = 30
OURS = {
    "cuttings search oil": ["search", "oil"],
    "cuttings search integration": ["search", "integration"],
    "cuttings show 100": ["show", "100"],
    "cuttings list": ["list"],
    "cuttings --help": ["--help"],
}
BESIDE = "sqlite-utils search oil, 10 shown"
"""What the others are compared with: it shows as many articles as `cuttings search` does."""

_BYTECODE = "PYTHONDONTWRITEBYTECODE"  # set, every start would compile all modules anew


@dataclass(frozen=True, slots=True)
class Row:
    """The medians of one command: seconds of the processor, and by the clock; times `BESIDE`'s."""

    command: str
    processor: float
    clock: float
    ratio: float


def measure(library: Path, database: Path, runs: int = RUNS) -> list[Row]:
    """Time commands on a library, and sqlite-utils on the database that `fill_database` made."""
    commands = _commands(library, database)
    for command in commands.values():
        _run(command)  # files are in memory, and modules compiled, from now on
    taken: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            taken[name].append(_run(command))
    return [_row(name, some, taken[BESIDE]) for name, some in taken.items()]


def fill_library(folder: Path) -> Path:
    """Make a library of the articles in a folder, with the command."""
    source, library = folder / "reuters.jsonl", folder / "library"
    source.write_bytes(lines())
    _checked([*_cuttings(), "ingest", str(source), "--library", str(library)])
    return library


def fill_database(folder: Path) -> Path:
    """Make a database of the same articles with full-text search in a folder, with sqlite-utils."""
    source, database = folder / "rows.jsonl", folder / "articles.db"
    with source.open("w", encoding="utf-8") as file:
        for number, article in enumerate(articles(), 1):
            text = "\n\n".join(paragraph.text for paragraph in article.paragraphs)
            row = {"id": number, "headline": article.headline, "text": text}
            file.write(json.dumps(row) + "\n")
    table = [str(database), "articles"]
    _checked([*sqlite_utils(), "insert", *table, str(source), "--nl", "--pk", "id", "--silent"])
    _checked([*sqlite_utils(), "enable-fts", *table, "headline", "text", "--fts5"])
    return database


def table(rows: Sequence[Row]) -> str:
    """Write rows as a Markdown table."""
    written = [
        f"| `{row.command}` | {row.processor:.3f} | {row.clock:.3f} | {row.ratio:.2f} |"
        for row in rows
    ]
    head = f"| command | processor, s | clock, s | times `{BESIDE}` |"
    return "\n".join([head, "|---|---|---|---|", *written])


def _commands(library: Path, database: Path) -> Mapping[str, Sequence[str]]:
    theirs = [*sqlite_utils(), "search", str(database), "articles", "oil"]
    ours = {
        name: [*_cuttings(), *words, *([] if words == ["--help"] else ["--library", str(library)])]
        for name, words in OURS.items()
    }
    bare = [sys.executable, "-c", "pass"]
    return {
        BESIDE: [*theirs, "--limit", "10"],
        "sqlite-utils search oil, all shown": theirs,
        **ours,
        "python -c pass": bare,
    }


def _row(
    name: str, taken: Sequence[tuple[float, float]], beside: Sequence[tuple[float, float]]
) -> Row:
    ratios = [one / other for (one, _), (other, _) in zip(taken, beside, strict=True)]
    processor, clock = (statistics.median(values) for values in zip(*taken, strict=True))
    return Row(name, processor, clock, statistics.median(ratios))


def _run(command: Sequence[str]) -> tuple[float, float]:
    """Run a command; give the seconds it took of the processor, and by the clock."""
    start = time.perf_counter()
    child = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=_environment()
    )
    _, status, usage = os.wait4(child.pid, 0)
    clock = time.perf_counter() - start
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"It failed: {' '.join(command)}")
    return usage.ru_utime + usage.ru_stime, clock


def _checked(command: Sequence[str]) -> None:
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True, env=_environment())


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if name != _BYTECODE}


def _cuttings() -> list[str]:
    return [str(Path(sys.executable).with_name("cuttings"))]


def main() -> None:
    """Measure on all articles, and write the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        rows = measure(fill_library(folder), fill_database(folder))
    head = f"{dt.date.today()}. {described()}. {RUNS} runs of each in turns, medians."  # noqa: DTZ011 - a day
    text = f"# Starting, as whole processes\n\n{head} Written by `python -m bench.cold_start`.\n\n{table(rows)}\n"
    (RESULTS / "starting.md").write_text(text)
    print(text)


if __name__ == "__main__":
    main()
