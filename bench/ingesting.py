"""`make bench-ingest`: taking articles in, from files to a library that answers, beside others.

Whole commands in turns, three rounds, medians: the newswire articles as JSON Lines beside
`sqlite-utils insert` and `enable-fts`, as a text file each beside `recollindex`; web pages with one and
with two workers; the same again with nothing new; and memory for 100,000 inputs.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.articles import lines
from bench.machine import RESULTS, described, shared, sqlite_utils

_ROUNDS = 3
_MANY = 100_000
_RECOLL = "topdirs = {0}\nloglevel = 1\nnoaspell = 1\n"
_CLI = (sys.executable, "-m", "cli")


@dataclass
class Run:
    """A command's seconds, processor seconds and peak memory in MB, with all it started."""

    seconds: float
    cpu: float
    mb: float


def timed(*commands: list[str]) -> Run:
    """Run commands one after another."""
    start, cpu, mb = time.perf_counter(), 0.0, 0.0
    for command in commands:
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(child.pid, 0)
        if os.waitstatus_to_exitcode(status) not in {0, 4}:
            sys.exit(f"{' '.join(command)} ended with {status}")
        cpu += usage.ru_utime + usage.ru_stime
        mb = max(mb, usage.ru_maxrss / 1000)
    return Run(time.perf_counter() - start, cpu, mb)


class Ground:
    """The files that are taken in, in a temporary folder, and where each command stores."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.jsonl, self.texts = folder / "articles.jsonl", folder / "texts"
        self.pages = folder / "pages"
        self.pages.mkdir()
        for page in (shared() / "data" / "html").glob("*.html.gz"):
            shutil.copy(page, self.pages)
        articles = [json.loads(line) for line in lines().splitlines()]
        self.articles = len(articles)
        self.jsonl.write_bytes(lines())
        for article in articles:
            _write(self.texts, article)

    def ingest(self, source: Path, library: str, *options: str) -> list[str]:
        """Give our command; the library is made anew unless it is told to stay."""
        place = self.folder / library
        return [*_CLI, "ingest", str(source), "--library", str(place), *options]

    def new(self, name: str) -> str:
        """Give a name for a library that is not there."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        return name


def _write(folder: Path, article: dict[str, Any], name: str = "") -> None:
    parts = [article["title"], article["date"], *article["paragraphs"]]
    path = folder / article["id"][-1] / f"{name}{article['id']}.txt"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(filter(None, parts)) + "\n")


def full_text(ground: Ground) -> Run:
    """Insert the lines with sqlite-utils, then index title and paragraphs."""
    database = ground.folder / "others.db"
    database.unlink(missing_ok=True)
    tool = sqlite_utils()
    return timed(
        [*tool, "insert", str(database), "articles", str(ground.jsonl), "--nl", "--pk", "id"],
        [*tool, "enable-fts", str(database), "articles", "title", "paragraphs"],
    )


def recoll(ground: Ground) -> Run:
    """Index the text files."""
    settings = ground.folder / "recoll"
    shutil.rmtree(settings, ignore_errors=True)
    settings.mkdir()
    (settings / "recoll.conf").write_text(_RECOLL.format(ground.texts))
    return timed(["recollindex", "-c", str(settings)])


def round_of(ground: Ground) -> dict[str, Run]:
    """Run every command once."""
    found = {"sqlite-utils": full_text(ground)}
    found["jsonl"] = timed(ground.ingest(ground.jsonl, ground.new("jsonl")))
    if shutil.which("recollindex"):
        found["recoll"] = recoll(ground)
    for workers in ("1", "2"):
        library = ground.new(f"texts{workers}")
        found[f"texts, {workers}"] = timed(
            ground.ingest(ground.texts, library, "--workers", workers)
        )
    found["texts again"] = timed(ground.ingest(ground.texts, "texts2"))
    for workers in ("1", "2"):
        library = ground.new(f"pages{workers}")
        found[f"pages, {workers}"] = timed(
            ground.ingest(ground.pages, library, "--workers", workers)
        )
    return found


def many(ground: Ground) -> Run:
    """Take a hundred thousand text files in."""
    articles = [json.loads(line) for line in lines().splitlines()]
    for number in range(_MANY):
        article = articles[number % len(articles)]
        if number >= len(articles):  # another headline, so that it is another article
            article = {**article, "title": f"{article['title']} ({number // len(articles)})"}
        _write(ground.folder / "many", article, f"{number // len(articles)}-")
    return timed(ground.ingest(ground.folder / "many", ground.new("many-library")))


def report(found: dict[str, Run], most: Run, ground: Ground) -> str:
    """Give the page."""
    pages = len(list(ground.pages.iterdir()))
    recoll_, best = found.get("recoll"), found["texts, 2"].seconds
    lines_, two = found["jsonl"].seconds / found["sqlite-utils"].seconds, found["pages, 2"].seconds
    faster, again = found["pages, 1"].seconds / two, best / found["texts again"].seconds
    goals = {
        "JSON Lines within 8 times of sqlite-utils": (f"{lines_:.3g} times", lines_ <= 8),
        "web pages at least 1.7 times as fast with two workers": (
            f"{faster:.3g} times",
            faster >= 1.7,
        ),
        "a second run at least 10 times faster": (f"{again:.3g} times", again >= 10),
        f"at most 400 MB for {_MANY:,} inputs": (f"{most.mb:.0f} MB", most.mb <= 400),
    }
    if recoll_:
        beside = best / recoll_.seconds
        goals["text files not slower than recollindex"] = (
            f"{beside:.3g} times its time",
            beside <= 1,
        )
    rows = {
        "sqlite-utils insert, enable-fts": ("sqlite-utils", ground.articles),
        "cuttings, JSON Lines": ("jsonl", ground.articles),
        "recollindex, text files": ("recoll", ground.articles),
        "cuttings, text files, 1 worker": ("texts, 1", ground.articles),
        "cuttings, text files, 2 workers": ("texts, 2", ground.articles),
        "cuttings, text files again": ("texts again", ground.articles),
        "cuttings, web pages, 1 worker": ("pages, 1", pages),
        "cuttings, web pages, 2 workers": ("pages, 2", pages),
    }
    table = [
        f"| {name} | {count:,} | {run.seconds:.1f} | {count / run.seconds:,.0f} | {run.cpu:.1f} | {run.mb:.0f} |"
        for name, (key, count) in rows.items()
        if (run := found.get(key))
    ]
    met = [
        f"| {name} | {measured} | {'yes' if reached else '**no**'} |"
        for name, (measured, reached) in goals.items()
    ]
    head = [
        "# Taking articles in, beside others",
        "",
        f"{dt.date.today()}. {described()}. Written by `make bench-ingest`.",  # noqa: DTZ011 - a day
        "",
        f"Whole commands, from files to a library that answers, in turns; medians of {_ROUNDS} rounds. Memory is the largest",
        "process's; the system counts this benchmark's own, 122 MB, as the least. sqlite-utils keeps no paragraphs, no history and no index in step; recollindex keeps no text.",
        "",
        "| goal | measured | met |",
        "|---|---|---|",
        *met,
        "",
        "| command | inputs | seconds | inputs/s | CPU s | peak MB |",
        "|---|---|---|---|---|---|",
        *table,
        f"| cuttings, {_MANY:,} text files, once | {_MANY:,} | {most.seconds:.1f} | {_MANY / most.seconds:,.0f} | {most.cpu:.1f} | {most.mb:.0f} |",
    ]
    return "\n".join(head) + "\n"


def main() -> None:
    """Measure, and write the page."""
    with tempfile.TemporaryDirectory() as folder:
        ground = Ground(Path(folder))
        rounds = []
        for number in range(_ROUNDS):
            print(f"round {number + 1} of {_ROUNDS} ...", file=sys.stderr)
            rounds.append(round_of(ground))
        print(f"{_MANY:,} files ...", file=sys.stderr)
        most = many(ground)
        found = {key: _median([one[key] for one in rounds]) for key in rounds[0]}
        page = report(found, most, ground)
    (RESULTS / "ingesting.md").write_text(page)
    print(page)


def _median(runs: list[Run]) -> Run:
    values = [[getattr(run, name) for run in runs] for name in ("seconds", "cpu", "mb")]
    return Run(*map(statistics.median, values))


if __name__ == "__main__":
    main()
