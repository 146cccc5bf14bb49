"""The index that our Tantivy engine made, asked through tantivy's Python API without our engine.

The kinds that it has no field for are left out. Tantivy answers all others of these queries exactly.
"""

# mypy: allow-untyped-calls

from __future__ import annotations

import datetime as dt
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from bench.speed_engines import Answer, Asked
from bench.speed_engines.bare_tantivy import version
from bench.speed_engines.ours import text
from bench.speed_queries import Query

__all__ = ["open_index", "version"]

_CANNOT = {"facets", "paragraphs"}


def open_index(argument: str, folder: Path) -> Asked:  # noqa: ARG001 - each adapter has it
    """Open the index; queries are made by our translator, which is not measured."""
    from tantivy import Index

    from search import parser
    from search.planner import Planner

    fields, made = import_module("search.tantivy_fields"), import_module("search.tantivy_queries")
    index = Index.open(str(folder / "index"))
    fields.register(index)
    keys = import_module("search.tantivy_reader").Snapshot(index).keys
    queries = made.Queries(index.schema, lambda forms: keys(forms.field, forms.pattern), {})
    planner = Planner(["en"], dt.date(2026, 1, 1))
    searcher = index.searcher()

    def ready(query: Query) -> Answer | None:
        if query.kind in _CANNOT:
            return None
        asked = queries.query(planner.plan(parser.parse(text(query))))
        order = {"order_by_field": "newest"} if query.kind == "sort by date" else {}
        return partial(_ask, searcher, asked, order)

    return ready


def _ask(searcher: Any, asked: Any, order: dict[str, str]) -> int:
    found = searcher.search(asked, limit=10, **order)
    searcher.fast_field_values("number", [address for _, address in found.hits])
    return int(found.count)
