"""A sample of an index held against the database: articles that must be found by their own words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from article import Stored
from db.reader import Reader
from search.document import document
from search.engine import Engine
from search.plan import All, Plan, Word
from search.planned_words import TEXT

ARTICLES = 20
_WORDS = 12


def sample(ids: Sequence[int], count: int = ARTICLES) -> list[int]:
    """Give so many of the ids, evenly spread, the first and the last among them."""
    if len(ids) <= count:
        return list(ids)
    return [ids[number * (len(ids) - 1) // (count - 1)] for number in range(count)]


def not_found(engine: Engine, reader: Reader, ids: Sequence[int]) -> Iterator[int]:
    """Name those of the articles that the index does not find by words all through their texts."""
    for one in reader.each(ids):
        plan = _plan(one)
        if plan is not None and one.id not in engine.ids(plan):
            yield one.id


def _plan(one: Stored) -> Plan | None:
    terms = sorted({term for run in document(one).text for term in run.terms})
    words = [Word(TEXT, terms[place]) for place in sample(range(len(terms)), _WORDS)]
    return All((Word("id", str(one.id)), *words)) if words else None
