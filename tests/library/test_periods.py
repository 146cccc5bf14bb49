"""Periods are the calendar's own."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from library.periods import Unit, first_day, name, number

FORMATS: dict[Unit, str] = {"day": "%Y-%m-%d", "week": "%G-W%V", "month": "%Y-%m", "year": "%Y"}
DAYS = st.dates(date(1000, 1, 1), date(9999, 12, 30))  # strftime does not fill earlier years


@given(DAYS, st.sampled_from(sorted(FORMATS)))
def test_a_day_is_in_the_period_the_calendar_says_and_the_next_day_in_the_same_or_the_next(
    day: date, unit: Unit
) -> None:
    assert name(number(day, unit), unit) == day.strftime(FORMATS[unit])
    step = number(day + timedelta(1), unit) - number(day, unit)
    assert step in {0, 1}


@pytest.mark.parametrize("day", [date.min, date.max])
def test_the_calendars_ends_have_their_periods(day: date) -> None:
    year, week, _ = day.isocalendar()
    assert name(number(day, "week"), "week") == f"{year:04}-W{week:02}"
    assert name(number(day, "month"), "month") == day.isoformat()[:7]


@pytest.mark.parametrize("text", [None, "", "21", "2021-1", "2021-00", "2021-02-30", "May 2021"])
def test_what_is_no_date_has_no_day(text: str | None) -> None:
    assert first_day(text) is None
