"""Our engines: any module with `create` and `open_index` (see `search.engine`) by its name.

Facets are counted as `cuttings search --facets tag` counts them, from a database with the rows of
all articles, without their texts.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from functools import cached_property, partial
from importlib import import_module
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import cpu_seconds, folder_mb, peak_mb
from bench.speed_database import fill
from bench.speed_engines import Answer, Asked
from bench.speed_queries import Query

if TYPE_CHECKING:
    from article import Article
    from library.library import Library
    from search.document import Document
    from search.engine import Engine
    from search.plan import Plan

BATCH = 3_000
"""Articles a commit, as the program does it."""


_COLD = """
from datetime import date
from pathlib import Path
import {0} as module
from search import parser
from search.planner import plan
made = plan(parser.parse({2!r}), ["en"], date(2026, 1, 1))
print(module.open_index(Path({1!r})).search(made, limit=10))
"""


def version(argument: str) -> str:
    """Name the engine."""
    module = import_module(argument)
    return f"{module.NAME} {module.VERSION}"


def build(argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:
    """Index articles; analysis and the engine's own time are also given apart."""
    engine: Engine = import_module(argument).create(folder / "index")
    analysed, written = [], []
    start = time.perf_counter()
    documents = (_document(n, article) for n, article in numbered(size))
    while True:
        began = time.perf_counter()
        batch = list(islice(documents, BATCH))
        read = time.perf_counter()
        if not batch:
            break
        engine.replace(batch)
        engine.commit()
        analysed.append(read - began)
        written.append(time.perf_counter() - read)
    seconds = time.perf_counter() - start
    articles = engine.count()
    engine.close()
    used = {"peak_mb": peak_mb(), "cpu_seconds": cpu_seconds()}  # before the database is made
    fill(folder / "library", corpus, size)
    return {
        **used,
        "seconds": seconds,
        "articles": articles,
        "mb": folder_mb(folder / "index"),
        "analysis_seconds": sum(analysed),
        "engine_seconds": sum(written),
        "longest_commit_ms": max(written) * 1000,
    }


def open_index(argument: str, folder: Path) -> Asked:
    """Open the index, and the database when it is first needed."""
    return _Opened(import_module(argument).open_index(folder / "index"), folder).ready


def cold_command(argument: str, python: str, folder: Path, word: str) -> list[str]:
    """Read, plan and answer a word."""
    return [python, "-c", _COLD.format(argument, str(folder / "index"), word)]


def add(argument: str, folder: Path, size: int) -> dict[str, Any]:
    """Add articles one by one, and a hundred at a time, each time until they are durable; ms."""
    from statistics import median

    engine: Engine = import_module(argument).open_index(folder / "index")
    articles, numbers = list(islice(_articles(), 1_000)), count(size + 1)
    taken: dict[int, list[float]] = {1: [], 100: []}
    for some, times in ((1, 40), (100, 20)):
        for n in range(times):
            start = time.perf_counter()
            chosen = [articles[(n * some + k) % len(articles)] for k in range(some)]
            engine.replace([_document(next(numbers), article) for article in chosen])
            engine.commit()
            taken[some].append((time.perf_counter() - start) * 1000)
    return {
        "one_ms": median(taken[1]),
        "hundred_ms": median(taken[100]),
        "longest_ms": max(taken[1] + taken[100]),
    }


class _Opened:
    def __init__(self, engine: Engine, folder: Path) -> None:
        from search.planner import Planner

        self._engine = engine
        self._folder = folder
        self._planner = Planner(["en"], dt.date(2026, 1, 1))

    def ready(self, query: Query) -> Answer:
        from search import parser

        plan = self._planner.plan(parser.parse(text(query)))
        match query.kind:
            case "facets":
                return partial(self._facets, plan)
            case "paragraphs":
                return lambda: self._engine.paragraphs(plan, limit=10).total
            case "sort by date":
                return lambda: self._engine.search(plan, limit=10, sort="date").total
            case _:
                return lambda: self._engine.search(plan, limit=10).total

    @cached_property
    def _library(self) -> Library:
        from library.folder import Folder
        from library.library import Library

        return Library(Folder(self._folder / "library"))

    def _facets(self, plan: Plan) -> int:
        from db.overview import chosen
        from library.overview import facets

        with chosen(self._library.reader, self._engine.ids(plan)) as found:
            facets(found, ["tag"])
            return found.count()


def text(query: Query) -> str:
    """Write a query in our language."""
    words = " ".join(query.words)
    match query.kind:
        case "OR":
            return " OR ".join(query.words)
        case "NOT":
            return f"{words} NOT {query.without}"
        case "phrase":
            return f'"{words}"'
        case "near":
            return f" NEAR/{query.distance} ".join(query.words)
        case "prefix":
            return f"{words}*"
        case "fuzzy":
            return f"{words}~"
        case "fields and dates":
            return f"{words} {_restriction(query)}"
        case _:
            return words


def _restriction(query: Query) -> str:
    if query.headline:
        return f"headline:{query.headline}"
    return f"tag:{query.tag}" if query.tag else f"date:{query.first}..{query.last}"


def numbered(size: int) -> Iterator[tuple[int, Article]]:
    """Give so many articles, ids from 1 on: the newswire's, then the same again."""
    return enumerate(islice(_articles(), size), 1)


def _articles() -> Iterator[Article]:
    from bench.articles import articles

    while True:
        yield from articles()


def _document(number: int, article: Article) -> Document:
    from bench.articles import stored
    from search.document import document

    return document(stored(number, article))
