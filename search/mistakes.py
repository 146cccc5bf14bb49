"""Mistakes in a query, each with the corrected query that was probably meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from search import dates
from search.query import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterable


def replaced(message: str, query: str, start: int, end: int, by: str) -> QueryError:
    """Suggest the query with a part of it replaced."""
    return QueryError(message, start, query[:start] + by + query[end:])


def left_out(message: str, query: str, start: int, end: int) -> QueryError:
    """Suggest the query without a part of it."""
    before, after = query[:start].rstrip(), query[end:].lstrip()
    return QueryError(message, start, f"{before} {after}".strip() or None)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Give the known name most like one that is not known, if any is like it."""
    import difflib  # only a mistake needs it

    near = difflib.get_close_matches(name.lower(), list(known), 1)
    return near[0] if near else None


def unknown_field(query: str, start: int, colon: int, end: int, known: Iterable[str]) -> QueryError:
    """Say that the name before the colon is no field's."""
    name = query[start : colon - 1]
    near = nearest(name, known)
    by = f"{near}:{query[colon:end]}" if near else f'"{query[start:end]}"'
    return replaced(f"there is no field {name}: {', '.join(known)}", query, start, end, by)


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
