"""Analyses the words of a tree for the languages a library holds.

A plain word becomes one term for each language, and any of them will do. A word that makes several
terms (a hyphen, an address, Chinese) becomes terms that follow one another. Prefixes, wildcards,
fuzzy words and spellings are looked for among exact forms, which are folded but not stemmed.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from search import dates, query, wild
from search.analysis import (
    has_no_spaces,
    language_code,
    tokens,
    without_digraphs,
)
from search.document import language_keys, site_keys
from search.patterns import Edited
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Forms,
    Near,
    Often,
    Plan,
    Within,
    Word,
    any_of,
)
from search.planned_words import (
    EXACT,
    INITIALS,
    TEXT,
    as_spelt,
    exact_field,
    folded_in,
    following,
    initials,
    pattern,
    together,
    unstemmed,
    words_of,
)
from search.proximity import TEXT_FIELDS
from search.values import WHOLE

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Collection


def plan(tree: query.Node, languages: Collection[str | None], today: dt.date) -> Plan:
    """Analyse a tree for a library that holds articles in these languages (None: unknown)."""
    return Planner(languages, today).plan(tree)


class Planner:
    """Makes plans for one library on one day.

    `canonical` gives a language code in the spelling that articles have it in, None for no code.
    """

    def __init__(
        self,
        languages: Collection[str | None],
        today: dt.date,
        canonical: Callable[[str], str | None] = str,
    ) -> None:
        codes = {language_code(code) for code in languages}
        self._languages = sorted(codes) or [""]
        self.today = today
        self._canonical = canonical

    @property
    def languages(self) -> list[str]:
        """The languages words are stemmed for; "" where it is unknown."""
        return self._languages

    def plan(self, node: query.Node, field: str = TEXT) -> Plan:  # noqa: PLR0911 - one line for each kind
        """Make the plan of a node that stands in a field."""
        match node:
            case query.And(nodes):
                return All(tuple([self.plan(inner, field) for inner in nodes]))
            case query.Or(nodes):
                return AnyOf(tuple([self.plan(inner, field) for inner in nodes]))
            case query.Not(inner):
                return But(self.plan(inner, field))
            case query.Field(name, inner):
                return self._in_field(name, inner)
            case query.Near():
                return self._near(node, field)
            case query.AtLeast(count, inner):
                return Often(count, self.plan(inner, field))
            case _:
                return self._leaf(node, field)

    def _in_field(self, name: str, inner: query.Node) -> Plan:
        if name not in TEXT_FIELDS:
            return self.plan(inner, name)
        return within(name, self.plan(inner, TEXT))

    def _near(self, node: query.Near, field: str) -> Plan:
        left, right = [self.plan(side, field) for side in query.sides(node)]
        return near(node, left, right)

    def _leaf(self, node: query.Node, field: str) -> Plan:  # noqa: PLR0911 - one line for each kind
        match node:
            case query.Term(text, exact):
                return as_spelt(text) if exact else self._words(text, field)
            case query.Phrase(text, slop, exact):
                return as_spelt(text) if exact else self._phrase(text, slop, field)
            case query.Prefix(text):
                return self._wild(f"{text}*", field)
            case query.Wildcard(text):
                return self._wild(text, field)
            case query.Fuzzy(text, edits):
                return Forms(exact_field(field), Edited(tokens(text, None)[0].exact, edits))
            case query.Range(low, high):
                return self._range(low, high, field)
            case query.Exists(name):
                return Word("has", name)
            case _:
                return Everything()

    def _range(self, low: str | None, high: str | None, field: str) -> Plan:
        first, last = dates.limits(low, high, self.today)
        if field == "added":
            return Between("added", *dates.instants(first, last))
        return Between("date", first, last)

    def _words(self, text: str, field: str) -> Plan:
        match field:
            case "id":
                return Word("id", text)
            case "site":
                return any_of([Word("site", key) for key in site_keys(text)[:1]])
            case "lang":
                code = self._canonical(text) or text
                return any_of([Word("lang", key) for key in language_keys(code)[:1]])
            case "text":
                return self._stemmed(text)
            case _:
                return following(unstemmed(field, text))

    def _stemmed(self, text: str) -> Plan:
        if INITIALS.fullmatch(text):
            return initials(text)
        return any_of([following(words_of(text, language)) for language in self._languages])

    def _phrase(self, text: str, slop: int | None, field: str) -> Plan:
        if field in WHOLE:
            return self._words(text, field)
        if field != TEXT:
            return together(self._sequence(text, None, field), slop)
        choices = [together(self._sequence(text, code, field), slop) for code in self._languages]
        return any_of(choices)

    def _sequence(self, text: str, language: str | None, field: str) -> list[Plan]:
        """Give the words of a phrase, one language's; those with wildcards are patterns."""
        found: list[Plan] = []
        for stretch, is_wild in wild.split(text):
            if is_wild:
                found.append(self._wild(stretch, field))
            elif field == TEXT:
                found += words_of(stretch, language)
            else:
                found += unstemmed(field, stretch)
        return found

    def _wild(self, text: str, field: str) -> Plan:
        if has_no_spaces(text):
            return self._words(text.rstrip("*"), field)
        pieces = re.split(r"([*?])", text)
        folded = "".join(part if part in {"*", "?"} else folded_in(part, field) for part in pieces)
        choices: list[Plan] = [Forms(exact_field(field), pattern(folded))]
        if (
            field == TEXT
            and "de" in self._languages
            and (plain := without_digraphs(folded)) != folded
        ):
            choices.append(Forms(EXACT, pattern(plain)))
        return any_of(choices)


def near(node: query.Near, left: Plan, right: Plan) -> Near:
    """Make the plan of a Near from those of its sides (`search.query.sides`)."""
    before = isinstance(node.left, query.Not)
    lacking = before or isinstance(node.right, query.Not)
    backward = before and node.ordered
    return Near(left, right, node.unit, node.distance, node.ordered, lacking, backward)


def within(zone: str, plan: Plan) -> Plan:
    """Bind a plan's words to one zone of the text."""
    match plan:
        case All(plans):
            return All(tuple([within(zone, part) for part in plans]))
        case AnyOf(plans):
            return AnyOf(tuple([within(zone, part) for part in plans]))
        case But(part):
            return But(within(zone, part))
        case Often(count, part):
            return Often(count, within(zone, part))
        case Near(left, right):  # an ATLEAST beside it counts in the zone alone, as by itself
            return replace(plan, left=within(zone, left), right=within(zone, right))
        case _:
            return Within(zone, plan)
