"""What is said of the tables that were filled by searches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from terminal.receipts import counted, searched
from terminal.safe import safe

if TYPE_CHECKING:
    from library.hit_tables import HitTable


def remarks(tables: Sequence[HitTable]) -> Iterator[str]:
    """Say how each query was read, where that is not what was typed, what it found, and where."""
    for table in tables:
        if table.read_as != table.query:
            yield f"{table.name} read as: {safe(table.read_as)}"
        yield f"{table.name}: {_found(table)}; {searched(table.searched, table.pending)}"


def _found(table: HitTable) -> str:
    whole = sum(ordinal is None for _, ordinal, _ in table.rows)
    articles = len({article_id for article_id, _, _ in table.rows})
    parts = []
    if paragraphs := len(table.rows) - whole:
        parts.append(
            f"{counted(paragraphs, 'paragraph')} of {counted(articles - whole, 'article')}"
        )
    if whole:
        parts.append(f"{counted(whole, 'article')} as a whole")
    return ", ".join(parts) or "nothing found"
