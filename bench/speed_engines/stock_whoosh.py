"""Whoosh as it comes: its own field types, codec and collectors, given our fields and terms."""

# mypy: allow-untyped-calls

from __future__ import annotations

import datetime as dt
import time
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.machine import folder_mb
from bench.speed_engines import Answer, Asked
from bench.speed_engines.ours import BATCH, numbered, text
from bench.speed_queries import Query as Asking

if TYPE_CHECKING:
    from whoosh.query.qcore import Query
    from whoosh.searching import Searcher


_COLD = """
from whoosh.index import open_dir
from whoosh.query.terms import Term
found = open_dir({0!r}).searcher().search(Term("exact", {1!r}), limit=10)
print(len(found), [hit["number"] for hit in found])
"""


def version(argument: str) -> str:  # noqa: ARG001 - each adapter has it
    """Name the engine."""
    import whoosh

    return f"whoosh3 {'.'.join(map(str, whoosh.__version__))}"


def build(argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """Index articles, so many a commit as our engine does, with 64 MB for its pool."""
    from whoosh.index import create_in

    from bench.stock import schema, values

    index = create_in(str(folder), schema())
    articles = numbered(size)
    start = time.perf_counter()
    while batch := list(islice(articles, BATCH)):
        writer = index.writer(limitmb=64)
        for n, article in batch:
            writer.add_document(**values(n, article))
        writer.commit()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "articles": index.doc_count(), "mb": folder_mb(folder)}


def open_index(argument: str, folder: Path) -> Asked:  # noqa: ARG001
    """Open the index; `len` of its results makes it count all that match."""
    from whoosh.index import open_dir
    from whoosh.sorting import FieldFacet

    from bench.stock import to_whoosh
    from search import parser
    from search.planner import Planner

    searcher = open_dir(str(folder)).searcher()
    planner = Planner(["en"], dt.date(2026, 1, 1))
    options: dict[str, dict[str, Any]] = {
        "sort by date": {"sortedby": "date", "reverse": True},
        "facets": {"groupedby": FieldFacet("tag", allow_overlap=True)},
    }

    def ready(query: Asking) -> Answer | None:
        if query.kind == "paragraphs":
            return None
        asked = to_whoosh(planner.plan(parser.parse(text(query))))
        return partial(_ask, searcher, asked, options.get(query.kind, {}))

    return ready


def cold_command(argument: str, python: str, folder: Path, word: str) -> list[str]:  # noqa: ARG001
    """Answer a word, without a query parser."""
    return [python, "-c", _COLD.format(str(folder), word)]


def _ask(searcher: Searcher, asked: Query, options: dict[str, Any]) -> int:
    found = searcher.search(asked, limit=10, **options)
    _ = [hit["number"] for hit in found]
    return len(found)
