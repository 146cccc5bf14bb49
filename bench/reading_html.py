"""Measure how well saved web pages are read, beside other libraries: `python -m bench.reading_html`.

Reads `$CUTTINGS_SHARED/data/html`: pages whose text people marked by hand. Each library runs in a
process of its own; one that is not installed is left out, and said so.
"""

from __future__ import annotations

import gzip
import importlib
import json
import logging
import resource
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.machine import OTHERS, apart, described, run_step, shared
from bench.reading import Match, f1_of_means, fold, match_names, match_text, mean_f1

RESULTS = Path(__file__).parent / "results" / "reading_html.md"
HAND_MARKED = "scrapinghub-aeb"


@dataclass(slots=True)
class Read:
    """What a library took from a page; None where it does not look for a value."""

    text: str = ""
    headline: str | None = None
    date: str | None = None
    authors: list[str] = field(default_factory=list)


Reader = Callable[[bytes, str], Read]


def pages(folder: Path, each: int = 1) -> Iterator[tuple[dict[str, Any], bytes]]:
    """Yield the gold rows with their pages, or every so-many-th of them."""
    with (folder / "gold.jsonl").open(encoding="utf-8") as lines:
        for place, line in enumerate(lines):
            if place % each == 0:
                row = json.loads(line)
                yield row, gzip.decompress((folder / row["page"]).read_bytes())


def ours(data: bytes, _url: str) -> Read:
    """Read a page with Cuttings; related links and captions are no part of the body."""
    from article import Kind
    from ingest.html.reader import parse
    from ingest.parsed import Given, Parsed

    one = next(iter(parse(Given(data))))
    if not isinstance(one, Parsed):
        return Read()
    aside = {Kind.RELATED, Kind.CAPTION}
    text = "\n".join(p.text for p in one.article.paragraphs if p.kind not in aside)
    published = one.article.published
    names = [author.name for author in one.article.authors]
    return Read(text, one.article.headline, published.date if published else None, names)


def trafilatura(data: bytes, url: str) -> Read:
    """Read a page with trafilatura alone."""
    from trafilatura import bare_extraction

    found: Any = bare_extraction(data, url=url, include_comments=False, with_metadata=True)
    if not found:
        return Read()
    return Read(found.text or "", found.title, found.date, (found.author or "").split("; "))


def readability(data: bytes, _url: str) -> Read:
    """Read a page with readability-lxml."""
    document = importlib.import_module("readability").Document(data.decode("utf-8", "replace"))
    html = importlib.import_module("lxml.html")
    tree = html.fromstring(document.summary())
    return Read("\n".join(tree.itertext()), document.short_title())


def newspaper4k(data: bytes, url: str) -> Read:
    """Read a page with newspaper4k."""
    newspaper = importlib.import_module("newspaper")
    article = newspaper.Article(url or "https://site.example/", fetch_images=False)
    article.download(input_html=data.decode("utf-8", "replace"))
    article.parse()
    day = article.publish_date
    return Read(article.text, article.title, str(day)[:10] if day else None, list(article.authors))


def resiliparse(data: bytes, _url: str) -> Read:
    """Read a page with resiliparse."""
    extract = importlib.import_module("resiliparse.extract.html2text").extract_plain_text
    text = extract(data.decode("utf-8", "replace"), main_content=True, alt_texts=False)
    return Read(text)


READERS: dict[str, tuple[Reader, str]] = {
    "Cuttings": (ours, "ingest.html.reader"),
    "trafilatura": (trafilatura, "trafilatura"),
    "readability-lxml": (readability, "readability"),
    "newspaper4k": (newspaper4k, "newspaper"),
    "resiliparse": (resiliparse, "resiliparse.extract.html2text"),
}
OURS = frozenset({"Cuttings", "trafilatura"})
"""What is installed with Cuttings; the others have an environment of their own."""


def measure(name: str, folder: Path, each: int = 1) -> dict[str, Any]:
    """Read every page with one library; give its figures."""
    logging.disable(logging.CRITICAL)
    reader, module = READERS[name]
    try:
        importlib.import_module(module)
    except ImportError as error:
        return {"missing": str(error)}
    found, seconds = _read_all(reader, folder, each)
    return {**_figures(found), "pages/s": len(found) / seconds}


Found = list[tuple[dict[str, Any], Read]]


def _read_all(reader: Reader, folder: Path, each: int) -> tuple[Found, float]:
    found: Found = []
    seconds = 0.0
    for row, data in pages(folder, each):
        start = time.process_time()
        try:
            read = reader(data, row["url"])
        except Exception:
            if reader is ours:
                raise  # another library's error is that library's empty page, ours is a fault
            read = Read()
        seconds += time.process_time() - start
        found.append((row, read))
    return found, seconds


def _figures(found: Found) -> dict[str, float]:
    texts = [(row["source"], _matched(row, read)) for row, read in found]
    hand = [match for source, match in texts if source == HAND_MARKED]
    rest = [match for source, match in texts if source != HAND_MARKED]
    titled = [(row, read) for row, read in found if row.get("title")]
    dated = [(row, read) for row, read in titled if row.get("date") not in {None, "NaT"}]
    signed = [(row["authors"], read.authors) for row, read in titled if row.get("authors")]
    return {
        "benchmark F1": f1_of_means(hand),
        "benchmark mean": mean_f1(hand),
        "other F1": f1_of_means(rest),
        "other mean": mean_f1(rest),
        "headline": _share(fold(row["title"]) == fold(read.headline) for row, read in titled),
        "date": _share(row["date"][:10] == read.date for row, read in dated),
        "authors F1": match_names(signed).f1,
    }


def _matched(row: dict[str, Any], read: Read) -> Match:
    return match_text("\n".join(row["paragraphs"]), read.text)


def _share(right: Iterator[bool]) -> float:
    values = list(right)
    return sum(values) / len(values) if values else 0.0


def table(figures: dict[str, dict[str, Any]]) -> Iterator[str]:
    """Write the figures as a Markdown table."""
    columns = [*next(iter(figures.values()))]
    yield "| | " + " | ".join(columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for name, values in figures.items():
        if "missing" in values:
            yield f"\n{name} is not installed.\n"
        else:
            cells = (f"{values[c]:.0f}" if c == "peak_mb" else f"{values[c]:.3f}" for c in columns)
            yield f"| {name} | " + " | ".join(cells) + " |"


def step(name: str) -> dict[str, Any]:
    """Measure one library, in this process."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    return measure(name, shared() / "data" / "html")


def main() -> int:
    """Measure, print, and write the page."""
    if run_step({"step": step}):
        return 0
    figures = {
        name: apart("bench.reading_html", "step", name, python=None if name in OURS else OTHERS)
        for name in READERS
        if name in OURS or OTHERS.exists()
    }
    lines = ["# Web pages", "", "Written by `python -m bench.reading_html`.", described(), ""]
    page = "\n".join([*lines, *table(figures)]) + "\n"
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(page, encoding="utf-8")
    print(page, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main())
