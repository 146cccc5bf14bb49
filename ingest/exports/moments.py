"""When something was saved, as the programs that save write it."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

from ingest.dates import parse_date

_NUMBER = re.compile(r"\d{9,18}(?:\.\d+)?")
_UNIX, _CHROMIUM = datetime(1970, 1, 1, tzinfo=UTC), datetime(1601, 1, 1, tzinfo=UTC)
_MILLISECONDS, _MICROSECONDS, _SINCE_1601 = 1e11, 1e14, 1e16
"""From so many on, a number counts smaller units, and at last from another beginning."""


def moment(value: object) -> str | None:
    """Give a moment in ISO 8601, in UTC where its offset is known; None for what is none.

    A number counts from 1970 in seconds, milliseconds or microseconds, or as Chromium does.
    """
    text = "" if value is None or isinstance(value, bool) else str(value).strip()
    try:
        return _counted(float(text)) if _NUMBER.fullmatch(text) else _written(text)
    except (OverflowError, ValueError):
        found = parse_date(text)
        return (found.moment or found.date) if found else None


def _counted(number: float) -> str:
    start, unit = _UNIX, 1.0
    if number >= _SINCE_1601:
        start, unit = _CHROMIUM, 1e6
    elif number >= _MICROSECONDS:
        unit = 1e6
    elif number >= _MILLISECONDS:
        unit = 1e3
    return _plain(start + timedelta(seconds=number // unit))


def _written(text: str) -> str:
    if re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        return text
    return _plain(datetime.fromisoformat(text))


def _plain(at: datetime) -> str:
    """Write a moment to the second; one without an offset stays without."""
    if at.tzinfo is None:
        return at.replace(microsecond=0).isoformat()
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
