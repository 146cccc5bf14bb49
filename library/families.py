"""One hit for a family of near-identical articles: the first of it in the order of the answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from db import kin
from db.reader import Reader
from search.engine import Engine, Hit, Result, Sort
from search.plan import Plan

_MORE = 10
"""Hits drawn beyond those needed: as many may belong to families that are there already."""
COUNTED = 5_000
"""Articles up to which it is counted how many hits they are with each family once: it takes a second question."""


@dataclass(frozen=True, slots=True)
class Family:
    """A family of near-identical articles; `others` are its articles but the one that is shown."""

    id: int
    others: int


@dataclass(frozen=True, slots=True)
class Once:
    """Hits with one of each family. `total` counts all that match, `count` those with each family once.

    `count` is None where more than `COUNTED` match. `families` are those of the hits that have one, by article.
    """

    total: int
    count: int | None
    hits: Sequence[Hit]
    families: Mapping[int, Family]


def once(  # noqa: PLR0913, PLR0917 - a question to an engine, and where it is asked
    reader: Reader, engine: Engine, plan: Plan, limit: int, offset: int, sort: Sort
) -> Once:
    """Ask for hits of which `offset` are passed over, a family being one hit there too.

    Hits are drawn from the first on, since only they say what a page before has shown; the more of
    them are members of families, the more are drawn.
    """
    need = offset + limit
    draw = need + _MORE
    while True:
        result = engine.search(plan, limit=draw, sort=sort)
        families = kin.families_of(reader, {hit.id: hit.revision for hit in result.hits})
        hits = _first(result.hits, families)
        if len(hits) >= need or draw >= result.total:
            break
        draw *= 2
    page = hits[offset:need]
    count = len(hits) if draw >= result.total else _count(reader, engine, plan, result)
    return Once(result.total, count, page, _shown(reader, page, families))


def _first(hits: Sequence[Hit], families: Mapping[int, int]) -> list[Hit]:
    """Give the hits without those whose family has been there before."""
    seen = dict[int, int]()
    return [
        hit
        for hit in hits
        if (family := families.get(hit.id)) is None or seen.setdefault(family, hit.id) == hit.id
    ]


def _count(reader: Reader, engine: Engine, plan: Plan, result: Result) -> int | None:
    if result.total > COUNTED:
        return None
    families = kin.families(reader)
    if not families:
        return result.total
    matching = Counter(families[number] for number in engine.ids(plan) & families.keys())
    return result.total - (matching.total() - len(matching))


def _shown(
    reader: Reader, page: Sequence[Hit], families: Mapping[int, int]
) -> Mapping[int, Family]:
    mine = {hit.id: families[hit.id] for hit in page if hit.id in families}
    if not mine:
        return {}
    sizes = kin.sizes(reader, set(mine.values()))  # a family may have fallen apart since
    return {n: Family(family, sizes[family] - 1) for n, family in mine.items() if family in sizes}
