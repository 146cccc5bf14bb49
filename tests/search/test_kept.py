"""What an engine keeps of a document says all that the document says."""

from __future__ import annotations

import random

import pytest

from search.document import Document
from search.held import Held
from search.kept import Kept, lines, pack
from search.parser import parse
from search.planner import plan
from search.spans import spans
from tests.search.random_news import TODAY, VOCABULARY, documents, near


def _kept(document: Document) -> Kept:
    return Kept(pack(document, lines(document)))


def test_a_document_is_read_as_it_was_written() -> None:
    for document in documents(3, 60):
        assert _kept(document).document == document


@pytest.mark.parametrize("seed", range(3))
def test_words_stand_where_they_stood(seed: int) -> None:
    chance = random.Random(seed)
    pairs = [(Held(document), _kept(document)) for document in documents(seed, 40)]
    found = 0
    for _ in range(40):
        made = plan(parse(near(chance, chance.choice(list(VOCABULARY)))), list(VOCABULARY), TODAY)
        for held, kept in pairs:
            assert kept.holds(made) == held.holds(made)
            if held.holds(made) and hasattr(made, "unit"):
                assert spans(made, kept) == spans(made, held)
            found += held.holds(made)
    assert found > 20
