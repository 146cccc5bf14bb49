# mypy: allow-untyped-calls, disable-error-code="misc, attr-defined"
# (Whoosh is typed in part)
"""Answers are those of stock Whoosh, searched exhaustively: the same ids, order and scores.

Compared, to the last bit, in four states of an index:

- Posting lists: an index that Whoosh writes of the same documents, with its own writer and codec,
  has the same segments; in each, every key of every field has the same documents, weights and
  positions. Lengths are the same but for Whoosh's rounding: it keeps a length in one byte, we keep
  it whole.
- Answers: 200 queries in all languages of the tests in each state, and 2,000 random plans, 500 in
  each, as Whoosh finds them with `limit=None` (its best ten leave out right answers); by arrays and
  without. The queries also as Whoosh's searcher finds them in our index.

What a word weighs is told to Whoosh by a weighting model that is `search.bm25` on Whoosh's counts
(`stock_scores`), since its BM25F has no damping; places that take part in a NEAR are chosen among
those Whoosh finds close (`stock_spans`). It knows nothing like sentences and paragraphs, windows
whose words come in any order, a zone around a NEAR or an ATLEAST, and a NEAR beside alternatives of
several lengths, whose places cannot be told from a stretch. These are held against brute force
(`oracle`), and their scores by arrays against those without, in `test_engines` and
`test_whoosh_arrays`. In our index Whoosh sees no zones at all.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from whoosh.index import open_dir
from whoosh.util.numeric import byte_to_length, length_to_byte

from search import whoosh_engine
from search.parser import parse
from search.planner import plan
from tests.search import states
from tests.search.random_news import TODAY, VOCABULARY, some_query
from tests.search.stock_index import PLACED, VALUES, StockIndex
from tests.search.stock_queries import Inexpressible, Stock
from tests.search.trees import Trees

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from whoosh.reading import IndexReader

    from search.plan import Plan
    from search.whoosh_engine import WhooshEngine

QUERIES, TREES = 200, 2000

Answer = list[tuple[int, float]]


@dataclass(frozen=True)
class Twins:
    """Our engine and stock Whoosh with the same documents, and Whoosh's searcher on our index."""

    engine: WhooshEngine
    stock: Stock
    stock_on_ours: Stock
    readers: tuple[IndexReader, IndexReader]
    state: int

    def answers(self, made: Plan, monkeypatch: pytest.MonkeyPatch) -> tuple[Answer, Answer]:
        """Answer with arrays and without."""
        found = []
        for arrays in (True, False):
            monkeypatch.setattr(whoosh_engine, "arrays_pay", lambda *_, arrays=arrays: arrays)
            hits = self.engine.search(made, limit=1000).hits
            found.append([(hit.id, hit.score) for hit in hits])
        return found[0], found[1]


@pytest.fixture(scope="module", params=states.STATES)
def twins(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Twins]:
    folder: Path = tmp_path_factory.mktemp("index") / "gen"
    engine, other = whoosh_engine.create(folder), StockIndex()
    for one in (engine, other):
        request.param(one)
    ours, theirs = open_dir(str(folder)), other.index
    readers = ours.reader(), theirs.reader()
    found = Stock(readers[1], theirs.searcher), Stock(readers[0], ours.searcher)
    yield Twins(engine, *found, readers, states.STATES.index(request.param))
    for opened in (engine, *found, *readers):
        opened.close()


@cache
def queries() -> list[tuple[str, Plan]]:
    chance = random.Random(2)
    texts = [some_query(chance) for _ in range(3 * QUERIES)]
    return [(text, plan(parse(text), list(VOCABULARY), TODAY)) for text in texts]


def expressible(stock: Stock, made: Plan) -> bool:
    try:
        stock.query(made)
    except Inexpressible:
        return False
    return True


def test_posting_lists_are_those_of_stock_whoosh(twins: Twins) -> None:
    ours, theirs = ([leaf for leaf, _ in reader.leaf_readers()] for reader in twins.readers)
    assert len(ours) == len(theirs)
    fields: set[str] = set()
    for mine, other in zip(ours, theirs, strict=True):
        assert (mine.doc_count(), mine.doc_count_all()) == (
            other.doc_count(),
            other.doc_count_all(),
        )
        for field in (*PLACED, *VALUES):
            found = postings(mine, field)
            assert found == postings(other, field), field
            fields.update(field for key in found)
    assert fields == {*PLACED, *VALUES} - {"url"}


def postings(leaf: Any, field: str) -> dict[bytes, list[tuple[int, float, list[int]]]]:
    """Give (document, weight, positions) of each posting of a field, by key."""
    found: dict[bytes, list[tuple[int, float, list[int]]]] = {}
    for key in leaf.lexicon(field):
        listed = found[key] = []
        matcher = leaf.postings(field, key)
        while matcher.is_active():
            places = matcher.value_as("positions") if field in PLACED else []
            listed.append((matcher.id(), matcher.weight(), places))
            matcher.next()
    return {key: listed for key, listed in found.items() if listed}


def test_lengths_are_those_of_stock_whoosh_before_it_rounds_them(twins: Twins) -> None:
    ours, theirs = twins.readers
    words = list(ours.column_reader("words"))
    assert words == list(theirs.column_reader("words"))
    rounded = [byte_to_length(length_to_byte(count)) for count in words]
    assert rounded == [theirs.doc_field_length(number, "text") for number in range(len(words))]


def test_queries_are_answered_as_by_stock_whoosh(
    twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked, over, some = 0, 0, 0
    for text, made in queries():
        if asked == QUERIES or not expressible(twins.stock, made):
            continue
        expected = twins.stock.search(made)
        assert twins.answers(made, monkeypatch) == (expected, expected), text
        if expressible(twins.stock_on_ours, made):
            assert twins.stock_on_ours.search(made) == expected, text
            over += 1
        asked, some = asked + 1, some + (0 < len(expected) < twins.engine.count())
    assert asked == QUERIES
    assert over > QUERIES // 2
    assert some > QUERIES // 2


def test_trees_are_answered_as_by_stock_whoosh(
    twins: Twins, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = states.held()
    languages = {one.id: one.lang for one in held}
    trees, asked = Trees(random.Random(twins.state), held), 0
    spoken = dict.fromkeys(set(languages.values()), 0)
    while asked < TREES // len(states.STATES):
        made = trees.tree()
        if not expressible(twins.stock, made):
            continue
        expected = twins.stock.search(made)
        assert twins.answers(made, monkeypatch) == (expected, expected), made
        asked += 1
        of = {languages.get(number, ()) for number, _ in expected}
        spoken |= {one: spoken[one] + 1 for one in of if len(of) == 1}
    assert len(spoken) == len(VOCABULARY)
    assert min(spoken.values()) >= 5, spoken
