"""Xapian by Debian's `python3-xapian`, with its TermGenerator and its stemmer for English."""

# mypy: allow-untyped-calls

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import Any

from bench.machine import folder_mb
from bench.speed_corpus import records
from bench.speed_engines import Answer, Asked
from bench.speed_queries import Query

_DATE = 0  # the slot of the date
_CANNOT = {"wildcard", "fuzzy", "facets", "paragraphs"}


_COLD = """
import xapian
db = xapian.Database({0!r})
parser = xapian.QueryParser()
parser.set_stemmer(xapian.Stem("en"))
enquire = xapian.Enquire(db)
enquire.set_query(parser.parse_query({1!r}))
found = enquire.get_mset(0, 10, db.get_doccount())
print(found.get_matches_estimated(), [match.docid for match in found])
"""


def version(argument: str) -> str:  # noqa: ARG001 - each adapter has it
    """Name the engine."""
    import xapian

    return f"Xapian {xapian.version_string()}"


def build(argument: str, corpus: Path, size: int, folder: Path) -> dict[str, Any]:  # noqa: ARG001
    """Index articles in one commit; Xapian flushes every 10,000 by itself."""
    import xapian

    start = time.perf_counter()
    db = xapian.WritableDatabase(str(folder / "db"), xapian.DB_CREATE)
    generator = xapian.TermGenerator()
    generator.set_stemmer(xapian.Stem("en"))
    for one in records(corpus, size):
        made = xapian.Document()
        generator.set_document(made)
        generator.index_text(one["headline"], 1, "S")
        for paragraph in (one["headline"], *one["paragraphs"]):
            generator.index_text(paragraph)
            generator.increase_termpos()
        for tag in one["tags"]:
            made.add_boolean_term(f"K{tag}")
        made.add_value(_DATE, one["date"])
        db.replace_document(one["id"], made)
    db.commit()
    seconds = time.perf_counter() - start
    return {"seconds": seconds, "articles": db.get_doccount(), "mb": folder_mb(folder)}


def open_index(argument: str, folder: Path) -> Asked:  # noqa: ARG001
    """Open the database; to check all that match makes its count exact."""
    import xapian

    db = xapian.Database(str(folder / "db"))
    stem = xapian.Stem("en")

    def ready(query: Query) -> Answer | None:
        if query.kind in _CANNOT:
            return None
        enquire = xapian.Enquire(db)
        enquire.set_query(_query(stem, query))
        if query.kind == "sort by date":
            enquire.set_sort_by_value(_DATE, True)
        return partial(_ask, enquire, db.get_doccount())

    return ready


def cold_command(argument: str, python: str, folder: Path, word: str) -> list[str]:  # noqa: ARG001
    """Answer a word."""
    return [python, "-c", _COLD.format(str(folder / "db"), word)]


def _ask(enquire: Any, documents: int) -> int:
    found = enquire.get_mset(0, 10, documents)
    _ = [match.docid for match in found]
    return int(found.get_matches_estimated())


def _query(stem: Any, query: Query) -> Any:
    """Make a query: stems, but words as they stand in phrases and near, as Xapian's parser does."""
    from xapian import Query as Q  # noqa: N817 - its operators are its own names

    def word(text: str, prefix: str = "") -> Any:
        return Q(f"Z{prefix}{stem(text).decode()}")

    match query.kind:
        case "OR":
            return Q(Q.OP_OR, [word(one) for one in query.words])
        case "NOT":
            return Q(Q.OP_AND_NOT, word(query.words[0]), word(query.without))
        case "phrase":
            return Q(Q.OP_PHRASE, list(query.words), len(query.words))
        case "near":
            return Q(Q.OP_NEAR, list(query.words), query.distance + 1)
        case "prefix":
            return Q(Q.OP_WILDCARD, query.words[0], 0, Q.WILDCARD_LIMIT_ERROR)
    asked = Q(Q.OP_AND, [word(one) for one in query.words])
    if query.headline:
        return Q(Q.OP_AND, asked, word(query.headline, "S"))
    if query.tag:
        return Q(Q.OP_FILTER, asked, Q(f"K{query.tag}"))
    if query.first:
        return Q(Q.OP_FILTER, asked, Q(Q.OP_VALUE_RANGE, _DATE, query.first, query.last))
    return asked
