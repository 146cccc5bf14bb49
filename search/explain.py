"""What each clause of a query means, in words, for people who want to know how it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search import dates
from search.analysis import has_no_spaces, tokens
from search.planned_words import INITIALS
from search.printing import operator
from search.proximity import TEXT_FIELDS
from search.query import (
    And,
    AtLeast,
    Every,
    Exists,
    Field,
    Fuzzy,
    Near,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Range,
    Term,
    Wildcard,
)

if TYPE_CHECKING:
    import datetime as dt

    from search.clauses import Clause

PLACES = {
    "headline": "in the headline",
    "caption": "in a caption",
    "body": "in body text",
    "subheading": "in a subheading",
    "quote": "in a quote",
    "list": "in a list",
    "related": "in a related article's title",
    "author": "in the byline or an author's name",
    "section": "in the section's name",
    "tag": "in a tag",
    "url": "in the address",
}
"""Where the words of a field stand."""

ANY_FORM = "in any form"

VALUES = {
    "site": "from the site",
    "lang": "in the language",
    "id": "with the number",
}
"""What articles are by the fields whose values are taken whole."""

_SPANS = {"date": "published", "added": "added"}
_HAS = {
    "author": "with an author or byline",
    "lang": "with a known language",
    "site": "with a known site",
    "url": "with an address",
    "body": "with body text",
    "related": "with titles of related articles",
    "revised": "revised since they were added",
}
_NAMES = {"site": "sites", "lang": "languages"}
_WHOLE = {
    "site": "from this site, or one below it",
    "lang": "in this language",
    "id": "with this number",
}


def label(clause: Clause) -> str:  # noqa: PLR0911 - one for each kind
    """Name a clause in a tree: its operator, or all of it."""
    match clause.node:
        case And():
            return "AND"
        case Or():
            return "OR"
        case Not():
            return "NOT"
        case Near() as near:
            return operator(near)
        case AtLeast(count):
            return f"ATLEAST/{count}"
        case Field(name):
            return f"{name}:"
        case _:
            return clause.text


def meaning(clause: Clause, today: dt.date) -> str:  # noqa: PLR0911 - one for each kind
    """Say what a clause asks for."""
    match clause.node:
        case And():
            return "all of these"
        case Or():
            return "at least one of these"
        case Not():
            return "without this"
        case Near() as near:
            return _pair(near)
        case AtLeast(count):
            return f"{times(count)} or more in one article"
        case Field(name):
            return PLACES.get(name) or VALUES.get(name) or _SPANS[name]
        case Range() | Exists() | Every() as fact:
            return about(fact, clause.field, today)
        case leaf:
            return _leaf(leaf, clause.field)


def about(fact: Node, field: str | None, today: dt.date) -> str:
    """Say what is asked of articles as a whole, in words to stand behind "articles"."""
    match fact:
        case Range(low, high):
            return f"{_SPANS[str(field)]} {days(*dates.limits(low, high, today))}"
        case Exists(name):
            return _HAS.get(name, f"with a {name}")
        case _:
            return "of any kind"


def days(first: int, last: int) -> str:
    """Say which days a span means; its ends are YYYYMMDD, 1 and 99991231 where it is open."""
    if first == last:
        return f"on {day(first)}"
    if last >= 99991231:
        return "on any day" if first <= 1 else f"on {day(first)} or later"
    return f"on {day(last)} or before" if first <= 1 else f"from {day(first)} to {day(last)}"


def day(number: int) -> str:
    """Write a day that is given as YYYYMMDD."""
    return f"{number // 10000:04}-{number // 100 % 100:02}-{number % 100:02}"


def closeness(near: Near) -> str:
    """Say how close to each other two words have to be."""
    if near.unit != "word":
        return f"in one {near.unit}"
    side = " before it" if isinstance(near.left, Not) else " behind it"
    return (
        f"within {counted(near.distance, 'word')}{side if near.ordered and lacking(near) else ''}"
    )


def lacking(near: Near) -> bool:
    """Tell whether one side of a Near must not be there."""
    return isinstance(near.left, Not) or isinstance(near.right, Not)


def times(count: int) -> str:
    """Say how often."""
    return {1: "once", 2: "twice"}.get(count, f"{count:,} times")


def counted(count: int, name: str) -> str:
    """Give a number and what it counts, as "1 word" and "2 words"."""
    return f"{count:,} {name}{'' if count == 1 else 's'}"


def form(leaf: Node, field: str | None) -> str:
    """Say in which forms a word or phrase is found; nothing for scripts without forms."""
    match leaf:
        case Term(_, True) | Phrase(_, _, True):
            return "spelt just so"
        case Term(text) | Phrase(text) if has_no_spaces(text):
            return ""
        case Term() | Phrase() if not is_text(field):
            return "in this form only"
        case Term(text) if INITIALS.fullmatch(text):
            return "in capitals, with dots or without"
        case Term() | Phrase():
            return ANY_FORM
        case _:
            return ""


def is_text(field: str | None) -> bool:
    """Tell whether a field's words are words of the text, which have stems."""
    return field is None or field in TEXT_FIELDS


def _pair(near: Near) -> str:
    if lacking(near):
        return f"the first without the second {closeness(near)}"
    order = ", in this order" if near.ordered else ", in any order" if near.unit == "word" else ""
    return closeness(near) + order


def _leaf(leaf: Node, field: str | None) -> str:
    words = _words(leaf, _NAMES.get(field or "", "words"))
    if field in VALUES:
        return f"{VALUES[field].partition(' ')[0]} {words}" if words else _WHOLE[field]
    return ", ".join(filter(None, [words, form(leaf, field), PLACES.get(field or "")]))


def _words(leaf: Node, name: str) -> str:
    match leaf:
        case Prefix(text) if has_no_spaces(text):
            return "these characters, one after the other"
        case Prefix(text):
            return f"{name} that begin with {text}"
        case Wildcard():
            return f"{name} of this pattern; * is any characters, ? is one"
        case Fuzzy(text, edits):
            return f"{name} that differ from {text} by {counted(edits, 'character')} at most"
        case Term(text) | Phrase(text) if name == "words" and len(tokens(text, None)) > 1:
            return _together(leaf, text)
        case _:
            return ""


def _together(leaf: Node, text: str) -> str:
    if isinstance(leaf, Phrase) and leaf.slop is not None:
        return f"these words within {counted(leaf.slop, 'word')} of each other, in any order"
    return f"these {'characters' if has_no_spaces(text) else 'words'}, one after the other"
