"""The calendar's periods: days, ISO weeks, months and years, each with a number and a name.

Numbers of one unit follow each other without a gap, so that what lies between two is known.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final, Literal

Unit = Literal["day", "week", "month", "year"]

_FINER: Final = ("year", "month", "week", "day")
_REST: Final[Mapping[int, str]] = {4: "-01-01", 7: "-01", 10: ""}
_WRITTEN: Final[Mapping[int, Unit]] = {4: "year", 7: "month", 10: "day"}
_NUMBERS: Final[Mapping[Unit, Callable[[date], int]]] = {
    "day": date.toordinal,
    "week": lambda day: (day.toordinal() - 1) // 7,  # day 1, the first of year 1, is a Monday
    "month": lambda day: day.year * 12 + day.month - 1,
    "year": lambda day: day.year,
}
_NAMES: Final[Mapping[Unit, Callable[[int], str]]] = {
    "day": lambda number: date.fromordinal(number).isoformat(),
    "week": lambda number: _week(date.fromordinal(number * 7 + 1)),
    "month": lambda number: f"{number // 12:04}-{number % 12 + 1:02}",
    "year": lambda number: f"{number:04}",
}


def first_day(published: str | None) -> date | None:
    """Give the first day of a date written YYYY, YYYY-MM or YYYY-MM-DD; None if it is none."""
    text = published or ""
    try:
        return date.fromisoformat(text + _REST.get(len(text), ""))
    except ValueError:
        return None


def is_known_to(unit: Unit, published: str, precision: str | None) -> bool:
    """Say whether a date, both as written and as meant, is exact enough to name its period."""
    written = _WRITTEN.get(len(published), "day")
    meant = precision if precision in _FINER else "day"
    return _FINER.index(unit) <= min(_FINER.index(written), _FINER.index(meant))


def number(day: date, unit: Unit) -> int:
    """Give the number of the period a day lies in."""
    return _NUMBERS[unit](day)


def name(number: int, unit: Unit) -> str:
    """Give a period's name, as `2021-11-04`, `2021-W44`, `2021-11` or `2021`."""
    return _NAMES[unit](number)


def _week(monday: date) -> str:
    year, week, _ = monday.isocalendar()
    return f"{year:04}-W{week:02}"
