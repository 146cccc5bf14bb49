"""Measure how well printed pages are read: `python -m bench.reading_pdf` prints and keeps a table.

Reads `$CUTTINGS_SHARED/data/pdf` (articles printed to PDF, with what they say). Beside our own reader
stand the texts of `pdftotext` and of `pypdf`, where they are installed, each read by `ingest.text` and
also just cut at blank lines.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from article import Article, Kind, Paragraph
from bench.machine import OTHERS, RESULTS, described, peak_mb, shared
from bench.reading import fold
from ingest.parsed import Given, Parsed
from ingest.pdf.reader import parse
from ingest.text import parse as parse_text

_BESIDE = (Kind.CAPTION, Kind.RELATED)
LAYOUTS = ("reader", "cols", "page")
Row = dict[str, Any]
Read = Callable[[Path], Article | None]


@dataclass(slots=True)
class Score:
    """What was reached: right and all of each value, and the F1 of each file's paragraphs."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)
    by_file: list[float] = field(default_factory=list)

    def add(self, name: str, right: int, of: int = 1) -> None:
        """Count `right` of `of` values called `name` as read rightly."""
        self.right[name] += right
        self.all[name] += of

    def share(self, name: str) -> float:
        """Give the share read rightly, 1 where there was nothing to read."""
        return self.right[name] / self.all[name] if self.all[name] else 1.0

    def f1(self, name: str) -> float:
        """Give the harmonic mean of precision (`… found`) and recall over all files."""
        total = self.all[name] + self.all[f"{name} found"]
        return 2 * self.right[name] / total if total else 1.0

    def mean_f1(self) -> float:
        """Give the mean over the files of their paragraphs' F1."""
        return sum(self.by_file) / len(self.by_file) if self.by_file else 1.0


def rows(folder: Path) -> list[Row]:
    """Give the gold rows."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def half_of(row: Row) -> str:
    """Say which half a file is in; all prints of one URL are in the same."""
    odd = hashlib.sha256(row["printed_url"].encode()).digest()[0] % 2
    return "held out" if odd else "development"


def plain(text: str | None) -> str:
    """Normalise as the judging does: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def judge(row: Row, article: Article | None, score: Score) -> None:
    """Hold an article against its gold row."""
    article = article or Article(())
    body = Counter(plain(p.text) for p in article.paragraphs if p.kind not in _BESIDE)
    gold = Counter(map(plain, row["paragraphs"]))
    right = (body & gold).total()
    score.add("paragraphs", right, gold.total())
    score.add("paragraphs found", right, body.total())
    score.by_file.append(2 * right / ((gold.total() + body.total()) or 1))
    score.add("url", article.url == row["printed_url"])
    if row["title"]:
        score.add("headline", fold(article.headline) == fold(row["title"]))
    if row["date"] and row["date"] != "NaT":
        published = article.published
        score.add("date", published is not None and published.date == row["date"][:10])
    if row["authors"]:
        _judge_set("authors", row["authors"], [a.name for a in article.authors], score)
    captions = [p.text for p in article.paragraphs if p.kind is Kind.CAPTION]
    _judge_set("captions", [c["caption"] for c in row["captions"]], captions, score)


def _judge_set(name: str, gold: list[str], found: list[str], score: Score) -> None:
    wanted, given = Counter(map(fold, gold)), Counter(map(fold, found))
    right = (wanted & given).total()
    score.add(name, right, wanted.total())
    score.add(f"{name} found", right, given.total())


def ours(path: Path) -> Article | None:
    """Read a file by our own reader."""
    read = next(parse(Given(path.read_bytes(), path.name)))
    return read.article if isinstance(read, Parsed) else None


def text_of(command: list[str], path: Path) -> str:
    """Let a program read a file."""
    filled = [part.replace("{}", str(path)) for part in command]
    done = subprocess.run(filled, capture_output=True, check=True)
    return done.stdout.decode("utf-8", "replace")


def by_our_text(command: list[str], path: Path) -> Article | None:
    """Read a program's text as any other wrapped text."""
    try:
        return parse_text(text_of(command, path))[0]
    except ValueError:
        return None


def by_blank_lines(command: list[str], path: Path) -> Article:
    """Cut a program's text at its blank lines and do nothing else."""
    parts = map(plain, re.split(r"\n\s*\n|\f", text_of(command, path)))
    return Article(tuple(Paragraph(part) for part in parts if part))


_PYPDF = "import sys,pypdf;print('\\f'.join(p.extract_text() for p in pypdf.PdfReader(sys.argv[1]).pages))"


def programs() -> Iterator[tuple[str, list[str]]]:
    """Yield the other readers that this machine has: the command that prints a file's text."""
    if found := shutil.which("pdftotext"):
        yield "pdftotext", [found, "{}", "-"]
        yield "pdftotext -layout", [found, "-layout", "{}", "-"]
    if OTHERS.exists():
        yield "pypdf", [str(OTHERS), "-c", _PYPDF, "{}"]


def readers() -> Iterator[tuple[str, Read]]:
    """Yield the readers to measure."""
    yield "Cuttings", ours
    for name, command in programs():
        yield f"{name}, our text reader", partial(by_our_text, command)
        yield f"{name}, blank lines", partial(by_blank_lines, command)


def measure(folder: Path, read: Read = ours) -> tuple[dict[tuple[str, str], Score], float]:
    """Read every file; give the scores by layout and half (`all` in both places), and the seconds."""
    scores: dict[tuple[str, str], Score] = {}
    gold = rows(folder)
    start = time.perf_counter()
    articles = [read(folder / row["pdf"]) for row in gold]
    seconds = time.perf_counter() - start
    for row, article in zip(gold, articles, strict=True):
        for layout in (row["layout"], "all"):
            for half in (half_of(row), "all"):
                judge(row, article, scores.setdefault((layout, half), Score()))
    return scores, seconds


def line(name: str, score: Score) -> str:
    """Write one score as a line of a Markdown table."""
    shares = [
        score.f1("paragraphs"),
        score.mean_f1(),
        score.share("paragraphs"),
        score.share("headline"),
        score.share("date"),
        score.f1("authors"),
        score.f1("captions"),
        score.share("url"),
    ]
    return f"| {name} | " + " | ".join(f"{share:.3f}" for share in shares) + " |"


HEAD = (
    "| reader, layout | paragraphs F1 | mean of files | exact | headline | date | authors F1 | captions F1 | URL |\n"
    "|---|---|---|---|---|---|---|---|---|"
)


def main() -> int:
    """Measure, print, and write the page."""
    folder = shared() / "data" / "pdf"
    lines = ["# PDFs", "", "Written by `python -m bench.reading_pdf`.", described(), "", HEAD]
    paces = ["", "| reader | pages/s | peak memory, MB |", "|---|---|---|"]
    for name, read in readers():
        scores, seconds = measure(folder, read)
        lines += [line(f"{name}, {layout}", scores[layout, "all"]) for layout in (*LAYOUTS, "all")]
        if read is ours:
            halves = ("development", "held out")
            lines += [line(f"{name}, {half}", scores["all", half]) for half in halves]
        # The memory of programs that were started counts this process's own, so only ours is given.
        memory = f"{peak_mb():.0f}" if read is ours else ""
        paces.append(f"| {name} | {pages(folder) / seconds:.0f} | {memory} |")
    page = "\n".join([*lines, *paces]) + "\n"
    (RESULTS / "reading_pdf.md").write_text(page, encoding="utf-8")
    print(page, end="")
    return 0


def pages(folder: Path) -> int:
    """Count the pages of all files."""
    import pypdfium2

    return sum(len(pypdfium2.PdfDocument(folder / row["pdf"])) for row in rows(folder))


if __name__ == "__main__":
    sys.exit(main())
