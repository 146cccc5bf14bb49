"""A clause typed without spaces, as in Chinese or Thai, among the alternatives of a query.

Whoever joins whole clauses with OR asks for articles that have some of their words, not for those
that repeat a clause. Where its words end is not written, so that each two neighbouring characters
stand for a word.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from search.analysis import has_no_spaces, tokens
from search.proximity import TEXT_FIELDS
from search.query import Field, Node, Or, Term

LONGEST_NAME = 8
"""So many characters without spaces may be one name, and are looked for as they stand."""


def alternatives(nodes: Sequence[Node], field: str | None) -> Iterator[Node]:
    """Give the alternatives of a query that stand in a field, a clause as its pairs of characters."""
    for node in nodes:
        match node:
            case Term(text, exact=False) if field in {None, *TEXT_FIELDS}:
                yield from pairs(text) or [node]
            case Field(name, Term(text, exact=False)) if name in TEXT_FIELDS:
                found = pairs(text)
                yield Field(name, Or(found)) if found else node
            case _:
                yield node


def pairs(text: str) -> tuple[Node, ...]:
    """Give the pairs of a clause and its other words, each once; none where it may be a name."""
    if len(text) <= LONGEST_NAME or not has_no_spaces(text):
        return ()
    found, end = [], 0
    for token in tokens(text, None):
        if token.end > end:  # the last character of a run is no word beside its pair
            found.append(text[token.start : token.end])
        end = token.end
    long = sum(map(has_no_spaces, found)) >= LONGEST_NAME
    return tuple(map(Term, dict.fromkeys(found))) if long else ()
