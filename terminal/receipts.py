"""The last lines of an answer: what was searched, what was left out, how the query was read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from terminal.safe import safe
from terminal.suggesting import meant

if TYPE_CHECKING:
    from library.searching import Page


def notes(page: Page) -> Iterator[str]:
    """Say how the query was read, where that is not what was typed, and how else it could be."""
    if page.read_as != page.query:
        yield f"read as: {safe(page.read_as)}"
    for hint in page.hints:
        yield f"hint: {safe(hint.message)}:  {safe(hint.query)}"
    yield from meant(page.suggestions, page.read_as)
    if page.undated:
        yield f"{counted(page.undated, 'undated article')} left out."
    if page.imprecise:
        yield f"{counted(page.imprecise, 'article')} dated only to a month or year left out."


def receipt(page: Page) -> str:
    """Say what was found, and what was searched for it."""
    if not page.total:
        return f"Nothing found; {searched(page.searched, page.pending)}"
    found, of = f"{page.total:,} found", page.total
    if page.paragraphs is not None:
        paragraphs = counted(page.paragraphs, "paragraph")
        found, of = f"{paragraphs} of {counted(page.total, 'article')} found", page.paragraphs
    if page.once is not None and page.once < page.total:
        found, of = f"{found}, {page.once:,} with each family counted once", page.once
    shown = f", {len(page.hits)} shown" if len(page.hits) < of else ""
    return f"{found}{shown}; {searched(page.searched, page.pending)}"


def searched(articles: int, pending: int) -> str:
    """Say how many articles were searched, and how many still wait to be indexed."""
    waiting = f"{pending:,} still wait{'s' if pending == 1 else ''}" if pending else "none wait"
    line = f"{counted(articles, 'article')} searched, {waiting} to be indexed."
    return line + (" Index them with: cuttings reindex --pending" if pending else "")


def counted(number: int, what: str) -> str:
    """Give a number with what it counts."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"
