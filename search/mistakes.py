"""Mistakes in a query, each with the corrected query that was probably meant."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from search import dates
from search.query import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable

USUAL = {
    **dict.fromkeys(("ti", "hd", "hl", "hlp", "hlead", "intitle"), "headline"),
    **dict.fromkeys(("au", "byline"), "author"),
    **dict.fromkeys(("so", "sn", "pub", "publication", "newspaper", "domain"), "site"),
    **dict.fromkeys(("la", "ln", "language"), "lang"),
    **dict.fromkeys(("pd", "year", "pubdate"), "date"),
    **dict.fromkeys(("su", "kw", "keyword", "keywords", "topic", "subject"), "tag"),
    **dict.fromkeys(("credit", "photo", "image"), "caption"),
    "inurl": "url",
}
"""Names of fields elsewhere, each with the field of ours that holds the same or comes nearest."""

_LIMITS = {"before": "..{}", "until": "..{}", "after": "{}..", "since": "{}.."}
_NUMBERS = re.compile(r"([0-9]{1,4})([-./])([0-9]{1,2})[-./]([0-9]{1,4})")
_YEARS = re.compile(r"([0-9]{4})[-/]([0-9]{4})")
_AT_LEAST_OR_MOST = re.compile(r"([<>])=(.+)")


def replaced(message: str, query: str, start: int, end: int, by: str) -> QueryError:
    """Suggest the query with a part of it replaced."""
    return QueryError(message, start, query[:start] + by + query[end:])


def left_out(message: str, query: str, start: int, end: int) -> QueryError:
    """Suggest the query without a part of it."""
    before, after = query[:start].rstrip(), query[end:].lstrip()
    space = "" if before.endswith("(") or after.startswith(")") else " "
    return QueryError(message, start, f"{before}{space}{after}".strip() or None)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name most like one that is not known, if any is like it."""
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(name.lower(), list(known), 1)
    return near[0] if near else None


def unknown_field(query: str, start: int, colon: int, end: int, known: Iterable[str]) -> QueryError:
    """Say that the name before the colon is no field's."""
    name, rest = query[start : colon - 1], query[colon:end]
    limit = _LIMITS.get(name.lower())
    near = None if limit else USUAL.get(name.lower()) or nearest(name, known)
    by = f"{near}:{rest}" if near else f'"{query[start:end]}"'
    if limit and dates.is_date(rest):
        by = f"date:{limit.format(rest)}"
    message = f"there is no field {name}:, only {', '.join(known)}"
    return replaced(message, query, start, end, by)


def nothing_behind(query: str, start: int, colon: int) -> QueryError:
    """Say that nothing stands right behind a field's colon."""
    rest = query[colon:].lstrip()
    corrected = query[:colon] + rest if rest and rest[0] != ")" else None
    message = f"{query[start:colon]} needs a word, a quote or a parenthesis right behind it"
    return QueryError(message, colon, corrected)


def sign_behind_field(query: str, start: int, at: int) -> QueryError:
    """Say that a plus or minus stands behind a field in place of before it."""
    sign = "-" if query[at] == "-" else ""
    corrected = query[:start] + sign + query[start:at] + query[at:].lstrip("-+")
    return QueryError(f"{query[at]} belongs before {query[start:at]}", at, corrected)


def unclosed_quote(query: str, at: int, closing: str, *, bare: bool) -> QueryError:
    """Say that a quote is not closed; `bare`: nothing follows it."""
    corrected = query[:at].rstrip() if bare else query.rstrip() + closing
    return QueryError("this quote is not closed", at, corrected.strip() or None)


def range_of_words(query: str, start: int, end: int, low: str, high: str) -> QueryError:
    """Say that `[a TO b]` stands without a field of dates."""
    days = all(dates.is_date(day) for day in (low, high) if day)
    by = f"date:{low}..{high}" if days and low + high else f"{low} {high}"
    message = "[... TO ...] is a range, and only dates have ranges"
    return replaced(message, query, start, end, by)


def no_date(query: str, start: int, end: int, text: str) -> QueryError:
    """Say that a text is no date, and which one it seems to be."""
    low, dots, high = (part.strip() for part in text.partition(".."))
    ends = [_meant(day) if day else "" for day in (low, high)]
    message = f"{text} is no date; dates are {dates.FORMS}"
    if None in ends or not low + high:
        return QueryError(message, start)
    meant = f"{ends[0]}{dots}{ends[1]}"
    return replaced(message, query, start, end, f'"{meant}"' if " " in meant else meant)


def _meant(text: str) -> str | None:
    """Give the date that is probably meant by a text, if it is clear."""
    if limit := _AT_LEAST_OR_MOST.fullmatch(text):
        return f"{limit[2]}.." if limit[1] == ">" else f"..{limit[2]}"
    if years := _YEARS.fullmatch(text):
        return f"{years[1]}..{years[2]}"
    spoken = re.sub("[-_]|(?<=last)(?=[a-z])|(?<=this)(?=[a-z])", " ", text)
    forms = (text, spoken, f"-{text}", _year_first(text))
    return next((form for form in forms if form and dates.is_date(form)), None)


def _year_first(text: str) -> str | None:
    """Write 14.3.2023, 3/14/2023 and 2023/3/14 as we do; None where 3/4/2023 may be either."""
    numbers = _NUMBERS.fullmatch(text)
    if numbers is None:
        return None
    first, sign, second, third = numbers.groups()
    if len(first) == 4:
        return f"{first}-{second:0>2}-{third:0>2}"
    if sign == "." or int(first) > 12:
        return f"{third}-{second:0>2}-{first:0>2}"
    return f"{third}-{first:0>2}-{second:0>2}" if int(second) > 12 else None
