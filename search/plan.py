"""A tree made ready for engines: leaves are terms of the index, and every engine agrees on them.

A plain word becomes one term for each language the library holds, and any of them will do. A word
that makes several terms (a hyphen, an address, Chinese) becomes a sequence of terms. A prefix is
looked for among exact forms, which are folded but not stemmed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from search import dates, query
from search.analysis import ACCENTED_SUFFIXES, fold, has_no_spaces, tokens
from search.document import language_keys, site_keys

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Iterable

    from search.analysis import Token

# Fields that hold terms; the exact forms of the first two have a field of their own.
EXACT_FIELDS = {"text": "exact", "headline": "headline_exact"}


@dataclass(frozen=True, slots=True)
class Word:
    """A term in a field."""

    field: str
    term: str


@dataclass(frozen=True, slots=True)
class Following:
    """Terms that follow one another in a field; the word after them begins with `tail`."""

    field: str
    terms: tuple[str, ...]
    tail: str = ""


@dataclass(frozen=True, slots=True)
class Starting:
    """Every term of a field that begins so; scored as a constant."""

    field: str
    prefix: str


@dataclass(frozen=True, slots=True)
class Dates:
    """Days from `first` to `last`, both included, as YYYYMMDD; what has no date never matches."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Everything:
    """Every document."""


@dataclass(frozen=True, slots=True)
class All:
    """Documents that match all of these."""

    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that match one of these."""

    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class But:
    """Documents that do not match this."""

    plan: Plan


Leaf = Word | Following | Starting
Plan = Leaf | Dates | Everything | All | AnyOf | But


def plan(tree: query.Node, languages: Collection[str | None], today: dt.date) -> Plan:
    """Analyse a tree for a library that holds articles in these languages (None: unknown)."""
    return _Planner(languages, today).plan(tree, "text")


def read_as(tree: query.Node) -> str:
    """Print how a query was read."""
    return query.to_text(tree)


class _Planner:
    def __init__(self, languages: Collection[str | None], today: dt.date) -> None:
        codes = {(code or "").lower().partition("-")[0] for code in languages}
        self._languages = sorted(codes) or [""]
        self._today = today

    def plan(self, node: query.Node, field: str) -> Plan:  # noqa: PLR0911 - one line for each kind
        match node:
            case query.Term(text) | query.Phrase(text):
                return self._words(text, field)
            case query.Prefix(text):
                return self._prefix(text, field)
            case query.Range(low, high):
                return Dates(*dates.limits(low, high, self._today))
            case query.Every():
                return Everything()
            case query.Field(name, inner):
                return self.plan(inner, name)
            case query.Not(inner):
                return But(self.plan(inner, field))
            case query.And(nodes):
                return All(tuple([self.plan(inner, field) for inner in nodes]))
            case query.Or(nodes):
                return AnyOf(tuple([self.plan(inner, field) for inner in nodes]))

    def _words(self, text: str, field: str) -> Plan:
        match field:
            case "id":
                return Word("id", text)
            case "site":
                return _any(Word("site", key) for key in site_keys(text)[:1])
            case "lang":
                return _any(Word("lang", key) for key in language_keys(text)[:1])
            case "text" | "headline":
                return self._stemmed(text, field)
            case _:
                return _following(field, tokens(text, None))

    def _stemmed(self, text: str, field: str) -> Plan:
        choices = []
        for language in self._languages:
            found = tokens(text, language or None)
            choices.append(_following(field, found))
            if language in ACCENTED_SUFFIXES and len(found) == 1 and text.isascii():
                # Typed without its accents, a word may have another stem: its spelling has not.
                choices.append(Word(EXACT_FIELDS[field], found[0].exact))
        return _any(choices)

    def _prefix(self, text: str, field: str) -> Plan:
        if field in {"site", "lang"}:
            return Starting(field, fold(text))
        if has_no_spaces(text):
            return self._words(text, field)
        return Starting(EXACT_FIELDS.get(field, field), tokens(text, None)[0].exact)


def _following(field: str, found: list[Token]) -> Plan:
    """Make a leaf of words that follow one another.

    The last term of a run without spaces is its last character alone. An article may go on where
    the query ends, so that it stands for all terms that begin with it; behind a term that ends
    with the same character it says nothing new.
    """
    if not found:
        return AnyOf(())
    terms, last = tuple(token.term for token in found), found[-1]
    if not has_no_spaces(last.term):
        return _leaf(field, terms)
    if len(found) > 1 and found[-2].end == last.end:
        return _leaf(field, terms[:-1])
    if len(found) > 1:
        return Following(field, terms[:-1], tail=last.term)
    return Starting(EXACT_FIELDS.get(field, field), last.term)


def _leaf(field: str, terms: tuple[str, ...]) -> Leaf:
    return Following(field, terms) if len(terms) > 1 else Word(field, terms[0])


def _any(choices: Iterable[Plan]) -> Plan:
    different = tuple(dict.fromkeys(choices))
    return different[0] if len(different) == 1 else AnyOf(different)
