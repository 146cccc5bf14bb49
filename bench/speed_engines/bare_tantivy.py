"""Tantivy by its Python API as its users write it: plain texts in, its own `en_stem` for English."""

# mypy: allow-untyped-calls

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import Any

from bench.machine import folder_mb
from bench.speed_corpus import Record, records
from bench.speed_engines import Answer, Asked
from bench.speed_queries import Query as Asking

_TEXTS = ["headline", "text"]


_COLD = """
import tantivy
index = tantivy.Index.open({0!r})
searcher = index.searcher()
found = searcher.search(index.parse_query({1!r}, ["headline", "text"]), limit=10)
print(found.count, searcher.fast_field_values("id", [address for _, address in found.hits]))
"""


def version(argument: str) -> str:  # noqa: ARG001 - each adapter has it
    """Name the engine."""
    from importlib.metadata import version as installed

    import tantivy  # noqa: F401 - told if it is not there

    return f"tantivy {installed('tantivy')}"


def _schema() -> Any:
    from tantivy import SchemaBuilder

    builder = SchemaBuilder()
    builder.add_unsigned_field("id", fast=True)
    for name in _TEXTS:
        builder.add_text_field(name, tokenizer_name="en_stem")
    builder.add_text_field("tags", tokenizer_name="raw", index_option="basic", fast=True)
    builder.add_unsigned_field("date", indexed=True, fast=True)
    return builder.build()


def build(argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """Index articles in one commit, with the writer's own number of threads."""
    from tantivy import Document, Index

    start = time.perf_counter()
    schema = _schema()
    index = Index(schema, path=str(folder))
    writer = index.writer()
    for one in records(corpus, size):
        writer.add_document(Document.from_dict(_values(one), schema))
    writer.commit()
    writer.wait_merging_threads()
    seconds = time.perf_counter() - start
    index.reload()
    return {"seconds": seconds, "articles": index.searcher().num_docs, "mb": folder_mb(folder)}


def _values(one: Record) -> dict[str, Any]:
    return {
        "id": one["id"],
        "headline": one["headline"],
        "text": "\n\n".join(one["paragraphs"]),
        "tags": one["tags"],
        "date": _day(one["date"]),
    }


def open_index(argument: str, folder: Path) -> Asked:  # noqa: ARG001
    """Open the index."""
    from tantivy import Index, Order

    index = Index.open(str(folder))
    searcher = index.searcher()
    newest = {"order_by_field": "date", "order": Order.Desc}
    by_tag = {"tags": {"terms": {"field": "tags", "size": 1000}}}

    def ready(query: Asking) -> Answer | None:
        if query.kind == "paragraphs":
            return None
        asked = _query(index, query)
        order = newest if query.kind == "sort by date" else {}
        facets = by_tag if query.kind == "facets" else None
        return partial(_ask, searcher, asked, order, facets)

    return ready


def cold_command(argument: str, python: str, folder: Path, word: str) -> list[str]:  # noqa: ARG001
    """Answer a word."""
    return [python, "-c", _COLD.format(str(folder), word)]


def _ask(searcher: Any, asked: Any, order: dict[str, Any], facets: dict[str, Any] | None) -> int:
    found = searcher.search(asked, limit=10, **order)
    searcher.fast_field_values("id", [address for _, address in found.hits])
    if facets:
        searcher.aggregate(asked, facets)
    return int(found.count)


def _query(index: Any, query: Asking) -> Any:
    from tantivy import FieldType, Occur, Query

    schema = index.schema
    match query.kind:
        case "prefix":
            return _either(
                Query.regex_query(schema, name, f"{query.words[0]}.*") for name in _TEXTS
            )
        case "wildcard":
            pattern = query.words[0].replace("?", ".").replace("*", ".*")
            return _either(Query.regex_query(schema, name, pattern) for name in _TEXTS)
        case "fuzzy":
            word = query.words[0]
            return _either(Query.fuzzy_term_query(schema, name, word, 1, False) for name in _TEXTS)
        case _:
            asked = index.parse_query(_text(query), _TEXTS)
    if query.first:
        days = _day(query.first), _day(query.last)
        kept = Query.range_query(schema, "date", FieldType.Unsigned, *days)
        return Query.boolean_query([(Occur.Must, asked), (Occur.Must, kept)])
    return asked


def _text(query: Asking) -> str:
    """Write a query for tantivy's parser; its slop counts the words between."""
    match query.kind:
        case "OR":
            return " OR ".join(query.words)
        case "NOT":
            return f"+{query.words[0]} -{query.without}"
        case "phrase":
            return f'"{" ".join(query.words)}"'
        case "near":
            a, b = query.words
            return f'"{a} {b}"~{query.distance - 1} OR "{b} {a}"~{query.distance - 1}'
    must = [*query.words]
    must += [f"headline:{query.headline}"] if query.headline else []
    must += [f"tags:{query.tag}"] if query.tag else []
    return " ".join(f"+{word}" for word in must)


def _either(queries: Iterable[Any]) -> Any:
    from tantivy import Occur, Query

    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _day(iso: str) -> int:
    return int(re.sub(r"\D", "", iso) or 0)
