"""Stock Whoosh with our terms: its own fields, codec and collectors, fed through an analyzer."""

# mypy: allow-untyped-calls, allow-untyped-defs

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Self

from whoosh.analysis.acore import Token
from whoosh.analysis.analyzers import Analyzer
from whoosh.fields import ID, NUMERIC, TEXT, Schema
from whoosh.query.compound import And, Or
from whoosh.query.positional import Phrase
from whoosh.query.qcore import Every, Query
from whoosh.query.ranges import NumericRange
from whoosh.query.spans import SpanNear
from whoosh.query.terms import FuzzyTerm, Prefix, Term, Wildcard
from whoosh.query.wrappers import Not

from article import Article
from bench.articles import stored
from search import plan as plans
from search.document import document
from search.forms import key_parts
from search.patterns import Edited, Globbed, Starts, Umlauts


class Pairs(str):  # noqa: SLOT000 - a benchmark
    """Terms with their positions; a string to the eye, since Whoosh analyses only strings."""

    pairs: list[tuple[str, int]]

    def __new__(cls, pairs: list[tuple[str, int]]) -> Self:
        """Wrap the pairs."""
        made = super().__new__(cls, "terms")
        made.pairs = pairs
        return made


class Given(Analyzer):  # type: ignore[misc, unused-ignore]
    """Hands on the terms it is given, in Whoosh's tokens."""

    def __call__(self, value: Any, **_: Any) -> Iterator[Token]:
        """Give a token for each (term, position)."""
        token = Token(positions=True)
        for term, position in value.pairs:
            token.text, token.pos, token.boost = term, position, 1.0
            yield token


class GivenText(TEXT):  # type: ignore[misc, unused-ignore]
    """A TEXT field that takes terms in place of a text."""

    def __init__(self, *, phrase: bool = True) -> None:
        super().__init__(analyzer=Given(), phrase=phrase)


FIELDS = ("text", "author", "section", "tag", "url")


def schema() -> Schema:
    """Give our fields in Whoosh's own types, and the headline as a field, where we have zones."""
    fields: dict[str, Any] = {name: GivenText() for name in (*FIELDS, "exact", "headline")}
    keys = {name: GivenText(phrase=False) for name in ("site", "lang", "has")}
    return Schema(
        number=ID(unique=True, stored=True), date=NUMERIC(sortable=True), **fields, **keys
    )


def values(number: int, article: Article) -> dict[str, Any]:
    """Give an article's terms by field."""
    made = document(stored(number, article))
    terms = {name: _terms(getattr(made, name)) for name in FIELDS}
    forms = {"exact": _forms(made.text), "headline": _terms(made.text[:1])}
    keys = {
        name: Pairs([(key, n) for n, key in enumerate(getattr(made, name))])
        for name in ("site", "lang", "has")
    }
    return {"number": str(number), "date": made.first_day, **terms, **forms, **keys}


def _terms(runs: Any) -> Pairs:
    return Pairs([(term, n) for run in runs for n, term in enumerate(run.terms, run.start)])


def _forms(runs: Any) -> Pairs:
    """Give the exact forms; their spellings, which our index tells apart, only we have."""
    return Pairs(
        [(key_parts(key)[0], n) for run in runs for n, key in enumerate(run.keys, run.start)]
    )


def to_whoosh(plan: plans.Plan) -> Query:  # noqa: C901, PLR0912 - one line for each kind
    """Give a plan as Whoosh's own query; raises ValueError for what is not measured."""
    match plan:
        case plans.Word(field, term):
            return Term(field, term)
        case plans.Following(parts):
            return Phrase("text", [part.term for part in parts if isinstance(part, plans.Word)])
        case plans.Within(_, plans.Word(_, term)):
            return Term("headline", term)
        case plans.Forms(field, Starts(prefix)):
            return Prefix(field, prefix)
        case plans.Forms(field, Umlauts(form)):
            return Term(field, form)
        case plans.Forms(field, Globbed(text)):
            return Wildcard(field, text)
        case plans.Forms(field, Edited(form, edits)):
            return FuzzyTerm(field, form, maxdist=edits, prefixlength=0)
        case plans.Near(left, right, "word", distance):
            return SpanNear(to_whoosh(left), to_whoosh(right), slop=distance, ordered=False)
        case plans.Between(_, first, last):
            return NumericRange("date", first, last)
        case plans.All(parts):
            return And([to_whoosh(part) for part in parts])
        case plans.AnyOf(parts):
            return Or([to_whoosh(part) for part in parts])
        case plans.But(inner):
            return Not(to_whoosh(inner))
        case plans.Everything():
            return Every()
    raise ValueError(plan)
