"""Read the time of day beside a date, with its offset where one is printed as a number."""

from __future__ import annotations

import re
from datetime import time

_ZONES = {"z": "+00:00", "utc": "+00:00", "gmt": "+00:00"}
CLOCK = re.compile(
    r"(?<![\d.:])(?P<h>\d{1,2})(?:[:.h](?P<m>\d{2})(?:[:.](?P<s>\d{2})(?:[.,](?P<f>\d{1,9}))?)?)?"
    r"(?![\d:])\s*(?P<half>[ap]\.?m\b\.?)?"
    r"(?:\s*\(?(?P<zone>z\b|(?:utc|gmt)?\s?[+-]\d{1,2}(?::?\d{2})?\b|utc\b|gmt\b)\)?)?",
    re.IGNORECASE,
)
"""A time of day; `zone` is its offset from UTC."""


def moment(day: str, clock: re.Match[str]) -> str | None:
    """Give the moment in ISO 8601, None where the figures are no time of day."""
    hour, half = int(clock["h"]), (clock["half"] or "")[:1].lower()
    if clock["m"] is None and not half:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half == "p" else 0)
    fraction = (clock["f"] or "").ljust(6, "0")[:6]
    try:
        at = time(hour, int(clock["m"] or 0), int(clock["s"] or 0), int(fraction))
    except ValueError:
        return None
    return f"{day}T{at.isoformat()}{_offset(clock['zone'])}"


def _offset(zone: str | None) -> str:
    if not zone:
        return ""
    named = _ZONES.get(zone.lower())
    if named:
        return named
    sign, digits = re.sub(r"[^\d+-]", "", zone)[0], re.sub(r"\D", "", zone)
    hours, minutes = (digits, "00") if len(digits) <= 2 else (digits[:-2], digits[-2:])
    return f"{sign}{int(hours):02}:{minutes}"
