"""Brute force: what a plan means, worked out word by word, with nothing shared but the words."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from search.patterns import Capitals, Edited, Globbed, Pattern, Spelled, Starts, Umlauts, Written
from search.plan import (
    All,
    AnyOf,
    Between,
    But,
    Everything,
    Following,
    Forms,
    Near,
    Often,
    Plan,
    Window,
    Within,
    Word,
)

if TYPE_CHECKING:
    from search.document import Document


@dataclass(frozen=True)
class Spot:
    """A word of a document and all that is known of its place."""

    position: int
    term: str
    key: str
    zone: str
    paragraph: int
    sentence: int


Stretch = tuple[Spot, ...]  # the words of one match


def holds(plan: Plan, doc: Document) -> bool:  # noqa: PLR0911 - one for each kind
    """Judge one document."""
    match plan:
        case Everything():
            return True
        case All(plans):
            return all(holds(part, doc) for part in plans)
        case AnyOf(plans):
            return any(holds(part, doc) for part in plans)
        case But(part):
            return not holds(part, doc)
        case Between("added", low, high):
            return doc.added is not None and low <= doc.added <= high
        case Between(_, low, high, perhaps):
            if doc.first_day is None or doc.last_day is None:
                return perhaps
            if perhaps:
                return not (doc.last_day < low or high < doc.first_day)
            return low <= doc.first_day <= doc.last_day <= high
        case _:
            return bool(places(plan, doc))


def places(plan: Plan, doc: Document) -> set[Stretch]:  # noqa: C901, PLR0911 - one for each kind
    """Give every match of a positional plan."""
    match plan:
        case Word("exact", key):
            return {(spot,) for spot in spots(doc, "exact") if spot.key == key}
        case Word(field, term):
            return {(spot,) for spot in spots(doc, field) if spot.term == term}
        case Forms(field, pattern):
            return {(spot,) for spot in spots(doc, field) if stands_for(pattern, spot.key)}
        case AnyOf(plans):
            return set().union(*[places(part, doc) for part in plans])
        case Within(zone, part):
            return {match for match in places(part, doc) if match[0].zone == zone}
        case Often(count, part):
            found = places(part, doc)
            return found if len(found) >= count else set()
        case Following(plans):
            rows = [places(part, doc) for part in plans]
            chains = set(rows[0])
            for row in rows[1:]:
                chains = {a + b for a in chains for b in row if b[0].position == a[-1].position + 1}
            return chains
        case Near(left, right, lacking=True):
            here, away = places(left, doc), places(right, doc)
            return {one for one in here if not any(close(plan, one, other) for other in away)}
        case Near(left, right):
            pairs = product(places(left, doc), places(right, doc))
            return {one for a, b in pairs if close(plan, a, b) for one in (a, b)}
        case Window(plans, distance):
            return windows([places(part, doc) for part in plans], distance)
    raise AssertionError(plan)


def close(near: Near, left: Stretch, right: Stretch) -> bool:
    if {spot.position for spot in left} & {spot.position for spot in right}:
        return False
    if near.backward:
        left, right = right, left
    if near.unit == "sentence":
        return left[0].sentence == right[0].sentence
    if near.unit == "paragraph":
        return left[0].paragraph == right[0].paragraph
    apart = right[0].position - left[-1].position
    if apart > 0:
        return apart <= near.distance
    return not near.ordered and left[0].position - right[-1].position <= near.distance


def windows(rows: list[set[Stretch]], distance: int) -> set[Stretch]:
    """Choose a match of every row, all at different places within the distance; give what is there."""
    places: set[int] = set()
    for chosen in product(*rows):
        firsts = {match[0].position for match in chosen}
        if len(firsts) == len(chosen) and max(firsts) - min(firsts) <= distance:
            places |= firsts
    return {match for row in rows for match in row if match[0].position in places}


def spots(doc: Document, field: str) -> list[Spot]:
    if field == "id":
        return [Spot(0, str(doc.id), str(doc.id), "", 0, 0)]
    if field in {"site", "lang", "has"}:
        return [Spot(n, key, key, "", 0, 0) for n, key in enumerate(getattr(doc, field))]
    if field in {"text", "exact"}:
        return text_spots(doc)
    return [
        Spot(run.start + n, term, term, "", 0, 0)
        for run in getattr(doc, field)
        for n, term in enumerate(run.terms)
    ]


def text_spots(doc: Document) -> list[Spot]:
    key = id(doc)
    if key not in _SPOTS:
        _SPOTS[key] = doc, _text_spots(doc)
    return _SPOTS[key][1]


_SPOTS: dict[int, tuple[Document, list[Spot]]] = {}  # each document is judged hundreds of times


def _text_spots(doc: Document) -> list[Spot]:
    found, sentence = [], 0
    for index, (run, stretch) in enumerate(zip(doc.text, doc.layout.stretches, strict=True)):
        paragraph = stretch.ordinal or -1 - index
        at = 0
        for words in stretch.sentences:
            for _ in range(words):
                known = stretch.zone, paragraph, sentence
                found.append(Spot(run.start + at, run.terms[at], run.keys[at], *known))
                at += 1
            sentence += 1
    return found


@cache  # asked millions of times of a few thousand words
def stands_for(pattern: Pattern, key: str) -> bool:  # noqa: PLR0911 - one for each kind
    exact, _, written = key.partition("\x1f")
    match pattern:
        case Spelled(form):
            return exact == form
        case Umlauts(form, spelling):
            return exact == form and written.casefold() == spelling
        case Written(_, spelling):
            return (written or exact) == spelling
        case Capitals(form):
            return exact == form and ("." in written or written.isupper())
        case Starts(prefix):
            return exact.startswith(prefix)
        case Globbed(text):
            return fnmatch.fnmatchcase(exact, text.replace("[", "[[]"))
        case Edited(form, edits):
            return distance(form, exact) <= edits
    raise AssertionError(pattern)


def distance(one: str, other: str) -> int:
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        above, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            above, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, above + (a != b))
    return row[-1]
