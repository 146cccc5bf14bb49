"""Dates as queries write them, turned into spans of days.

A day is the number YYYYMMDD. Forms: `2021`, `2021-11`, `2021-11-04`; `today`, `yesterday`,
`this week`, `last month` (also `week`, `month`, `year`: whole ones, weeks from Monday); and back
from today `-7d`, `-2w`, `-3m`, `-1y`.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

FORMS = (
    "2021, 2021-11, 2021-11-04, 2021..2022, ..2021, 2021.., -7d (also w, m, y), "
    "today, yesterday, this week, last month (also year)"
)

_ABSOLUTE = re.compile(r"([0-9]{4})(?:-([0-9]{1,2}))?(?:-([0-9]{1,2}))?")
_RELATIVE = re.compile(r"-([0-9]{1,4})([dwmy])")
_NAMED = re.compile(r"(this|last) (week|month|year)")
_FIRST, _LAST = 1, 99991231


def is_date(text: str) -> bool:
    """Tell whether a date is written in one of the forms, and stands in the calendar."""
    try:
        span(text, dt.date(2000, 1, 1))
    except ValueError:
        return False
    return True


def span(text: str, today: dt.date) -> tuple[int, int]:
    """Give the first and last day a date names. Raises ValueError if it is none."""
    if text in {"today", "yesterday"}:
        day = number(today if text == "today" else _back(today, 1, "d"))
        return day, day
    if named := _NAMED.fullmatch(text):
        return _named_span(named[1] == "last", named[2], today)
    if relative := _RELATIVE.fullmatch(text):
        day = number(_back(today, int(relative[1]), relative[2]))
        return day, day
    if absolute := _ABSOLUTE.fullmatch(text):
        return _absolute_span(*(int(part) if part else None for part in absolute.groups()))
    raise ValueError(f"no date: {text}")


def limits(low: str | None, high: str | None, today: dt.date) -> tuple[int, int]:
    """Give the days of a range, both included, with open ends filled in."""
    first = span(low, today)[0] if low else _FIRST
    last = span(high, today)[1] if high else _LAST
    return first, last


def runs_backwards(low: str, high: str) -> bool:
    """Tell whether a range ends before it begins, whatever day today is."""
    if _ABSOLUTE.fullmatch(low) is None or _ABSOLUTE.fullmatch(high) is None:
        return False
    today = dt.date(2000, 1, 1)
    return span(low, today)[0] > span(high, today)[1]


def number(day: dt.date) -> int:
    """Give a day as YYYYMMDD."""
    return day.year * 10000 + day.month * 100 + day.day


def instants(first: int, last: int) -> tuple[int, int]:
    """Give the first and last second, since 1970 UTC, of a span of days where this program runs."""
    return _midnight(first, 0), _midnight(last, 1) - 1


def last_day(year: int, month: int) -> int:
    """Give the last day of a month as YYYYMMDD."""
    return year * 10000 + month * 100 + calendar.monthrange(year, month)[1]


def _midnight(day: int, later: int) -> int:
    try:
        date = dt.date(day // 10000, day // 100 % 100, day % 100) + dt.timedelta(days=later)
        local = dt.datetime.combine(date, dt.time()).astimezone()
        return int(local.timestamp())
    except (
        ValueError,
        OverflowError,
        OSError,
    ):  # the open ends of a range lie outside the calendar
        return -(2**60) if day < 19700101 else 2**60


def _named_span(last: bool, unit: str, today: dt.date) -> tuple[int, int]:
    if unit == "week":
        monday = _back(today, today.weekday() + (7 if last else 0), "d")
        return number(monday), number(monday + dt.timedelta(days=6))
    if unit == "month":
        month = _back(today, 1, "m") if last else today
        return _absolute_span(month.year, month.month)
    return _absolute_span(today.year - last)


def _absolute_span(
    year: int | None, month: int | None = None, day: int | None = None
) -> tuple[int, int]:
    if not year:
        raise ValueError("no year 0")
    first = number(dt.date(year, month or 1, day or 1))
    return first, first if day else last_day(year, month or 12)


def _back(today: dt.date, count: int, unit: str) -> dt.date:
    try:
        if unit in "dw":
            return today - dt.timedelta(days=count * (7 if unit == "w" else 1))
        return _months_back(today, count * (12 if unit == "y" else 1))
    except (OverflowError, ValueError):
        return dt.date.min


def _months_back(today: dt.date, count: int) -> dt.date:
    year, month = divmod(today.year * 12 + today.month - 1 - count, 12)
    next_year, next_month = divmod(today.year * 12 + today.month - count, 12)
    last = dt.date(next_year, next_month + 1, 1) - dt.timedelta(days=1)
    return dt.date(year, month + 1, min(today.day, last.day))
