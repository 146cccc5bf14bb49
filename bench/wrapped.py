"""Measure how well hard-wrapped texts are read: `python -m bench.wrapped` writes the results' page.

Reads `$CUTTINGS_SHARED/data/wrapped` (803 texts in four styles, with what they say).
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from article import Article, Kind
from ingest.text import parse

RESULTS = Path(__file__).parent / "results" / "wrapped.md"
STYLES = "ABCD"


@dataclass(slots=True)
class Score:
    """What one style reached: right and all of each value."""

    right: Counter[str] = field(default_factory=Counter)
    all: Counter[str] = field(default_factory=Counter)

    def add(self, name: str, right: int, of: int = 1) -> None:
        """Count `right` of `of` values called `name` as read rightly."""
        self.right[name] += right
        self.all[name] += of

    def share(self, name: str) -> float:
        """Give the share read rightly, 1 where there was nothing to read."""
        return self.right[name] / self.all[name] if self.all[name] else 1.0

    def f1(self, found: str, wanted: str) -> float:
        """Give the harmonic mean of precision (`found`) and recall (`wanted`)."""
        right, total = self.right[wanted], self.all[found] + self.all[wanted]
        return 2 * right / total if total else 1.0


def rows(folder: Path) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each text's gold row and the text."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row, (folder / row["file"]).read_text(encoding="utf-8")


def half_of(row: dict[str, Any]) -> str:
    """Say which half a text is in; all texts of one URL are in the same."""
    return "held out" if hashlib.sha256(row["url"].encode()).digest()[0] % 2 else "development"


def judge(row: dict[str, Any], article: Article, score: Score) -> None:
    """Hold an article against its gold row."""
    body = Counter(plain(p.text) for p in article.paragraphs if p.kind is not Kind.CAPTION)
    gold = Counter(map(plain, row["paragraphs"]))
    right = (body & gold).total()
    score.add("paragraphs", right, gold.total())
    score.add("paragraphs found", right, body.total())
    if row["title"]:
        score.add("title", plain(article.headline) == plain(row["title"]))
    if row["date"] and row["date"] != "NaT":
        published = article.published
        score.add("date", published is not None and published.date == row["date"][:10])
    score.add("url", article.url == row["url"])
    _judge_authors(row, article, score)
    if row["caption"]:
        _judge_caption(row, article, score)


def _judge_authors(row: dict[str, Any], article: Article, score: Score) -> None:
    gold = Counter(map(plain, row["authors"] or []))
    found = Counter(plain(author.name) for author in article.authors)
    right = (gold & found).total()
    score.add("authors", right, gold.total())
    score.add("authors found", right, found.total())


def _judge_caption(row: dict[str, Any], article: Article, score: Score) -> None:
    wanted = plain(row["caption"]), plain(row["credit"])
    found = [(plain(p.text), plain(p.credit)) for p in article.paragraphs if p.kind is Kind.CAPTION]
    score.add("caption", wanted[0] in [caption for caption, _ in found])
    score.add("caption with credit", wanted in found)


def plain(text: str | None) -> str:
    """Normalise as the judging does: NFC, white space folded."""
    return " ".join(unicodedata.normalize("NFC", text or "").split())


def measure(folder: Path) -> tuple[dict[tuple[str, str], Score], float]:
    """Read every text; give the scores by style and half (`all` beside the halves), and texts/s."""
    scores: dict[tuple[str, str], Score] = {}
    texts = list(rows(folder))
    start = time.perf_counter()
    articles = [parse(text)[0] for _, text in texts]
    pace = len(texts) / (time.perf_counter() - start)
    for (row, _), article in zip(texts, articles, strict=True):
        for half in (half_of(row), "all"):
            judge(row, article, scores.setdefault((row["style"], half), Score()))
    return scores, pace


def table(scores: dict[tuple[str, str], Score], half: str) -> Iterator[str]:
    """Write one half's scores as a Markdown table."""
    yield "| style | paragraphs exact | F1 | title | date | URL | authors F1 | caption | with credit |"
    yield "|---|---|---|---|---|---|---|---|---|"
    for style in STYLES:
        score = scores[style, half]
        shares = [
            score.share("paragraphs"),
            score.f1("paragraphs found", "paragraphs"),
            *map(score.share, ("title", "date", "url")),
            score.f1("authors found", "authors"),
            *map(score.share, ("caption", "caption with credit")),
        ]
        yield f"| {style} | " + " | ".join(f"{share:.4f}" for share in shares) + " |"


def report(scores: dict[tuple[str, str], Score], pace: float) -> Iterable[str]:
    """Write the results' page."""
    yield "# Hard-wrapped texts"
    yield ""
    yield "Written by `python -m bench.wrapped`; what is counted stands in `judge` there."
    yield f"Python {platform.python_version()}, {platform.machine()}, {os.cpu_count()} cores: {pace:.0f} texts/s."
    for half in ("all", "development", "held out"):
        yield from ("", f"## {half.capitalize()}", "", *table(scores, half))


def main() -> int:
    """Measure, print, and write the page."""
    folder = Path(os.environ.get("CUTTINGS_SHARED", "../shared")) / "data" / "wrapped"
    if not folder.is_dir():
        print("no shared data: set CUTTINGS_SHARED", file=sys.stderr)
        return 2
    page = "\n".join(report(*measure(folder))) + "\n"
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(page, encoding="utf-8")
    print(page, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
