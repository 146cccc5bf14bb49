"""An answer as a whole: what its articles have in common, and how they lie in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from db.overview import FACETS, Chosen, Dated, chosen
from library import periods
from library.asking import Question, matching_ids
from library.errors import OverviewWrong
from library.library import Library
from library.periods import Unit

_LONGEST = 100_000
"""So many periods a timeline may span: days of 270 years. Beyond, a date is wrong or a unit too fine."""


@dataclass(frozen=True, slots=True)
class Facet:
    """How many of the articles that match have each value, and how many have none.

    An article with several authors or tags is counted once for each. Years ascend; other values
    come most frequent first, then by name.
    """

    name: str
    values: Sequence[tuple[str, int]]
    without: int


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month or year: how many articles match, of all that the library has of it."""

    period: str
    count: int
    all: int

    @property
    def share(self) -> float | None:
        """Which part of all of them matches, from 0 to 1; None where there are none."""
        return self.count / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The periods from the first to the last with an article that matches, none left out.

    `undated` counts the articles that match and have no date, `imprecise` those whose date is not
    exact enough for a period of this unit: neither are in any period.
    """

    unit: Unit
    periods: Sequence[Period]
    undated: int
    imprecise: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is wanted of an overview: facets by their names, a timeline by its unit."""

    facets: Sequence[str] | None = None
    timeline: Unit | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """What was wanted of an answer as a whole, None for what was not; and of how many articles."""

    articles: int
    facets: Sequence[Facet] | None
    timeline: Timeline | None


def overview(library: Library, question: Question, wanted: Wanted) -> Overview:
    """Count all articles that match a query."""
    with chosen(library.reader, matching_ids(library, question)) as found:
        return Overview(
            found.count(),
            None if wanted.facets is None else facets(found, wanted.facets),
            wanted.timeline and timeline(found, wanted.timeline),
        )


def read_names(text: str) -> list[str]:
    """Read the names of facets between commas; raise `OverviewWrong` for one that is unknown."""
    names = [name.strip().lower() for name in text.split(",")]
    for name in names:
        if name not in FACETS:
            raise OverviewWrong(_unknown(name))
    return list(dict.fromkeys(names))


def _unknown(name: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, FACETS, 1)
    meant = f"Did you mean {near[0]}? " if near else ""
    return f"'{name}' is no facet. {meant}There are: {', '.join(FACETS)}"


def facets(found: Chosen, names: Iterable[str]) -> list[Facet]:
    """Count articles by each of these facets."""
    return [_facet(name, found.values(name)) for name in names]


def _facet(name: str, counts: dict[str | None, int]) -> Facet:
    values = [(value, count) for value, count in counts.items() if value is not None]
    values.sort(key=lambda pair: pair[0] if name == "year" else (-pair[1], pair[0]))
    return Facet(name, values, counts.get(None, 0))


def timeline(found: Chosen, unit: Unit) -> Timeline:
    """Count articles by period, beside all articles of the library.

    Raises `OverviewWrong` if that were more periods than anyone could read.
    """
    left_out, count, everything = Counter[str](), Counter[int](), Counter[int]()
    for dated in found.dates():
        place = _place(dated, unit)
        if isinstance(place, str):
            left_out[place] += dated.chosen
            continue
        everything[place] += dated.articles
        if dated.chosen:
            count[place] += dated.chosen
    spanned = _span(count, unit)
    rows = [Period(periods.name(n, unit), count[n], everything[n]) for n in spanned]
    return Timeline(unit, rows, left_out["undated"], left_out["imprecise"])


def _place(dated: Dated, unit: Unit) -> int | str:
    """Give the number of a date's period, or what keeps it from having one."""
    day = periods.first_day(dated.published)
    if day is None or dated.published is None:
        return "undated"
    if not periods.is_known_to(unit, dated.published, dated.precision):
        return "imprecise"
    return periods.number(day, unit)


def _span(numbers: Iterable[int], unit: Unit) -> range:
    first, last = min(numbers, default=0), max(numbers, default=-1)
    if last - first >= _LONGEST:
        start, end = periods.name(first, unit), periods.name(last, unit)
        raise OverviewWrong(
            f"From {start} to {end} there are {last - first + 1:,} {unit}s, too many to show. "
            "Take a longer unit, or narrow the query with date:"
        )
    return range(first, last + 1)
