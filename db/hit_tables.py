"""Tables that stand beside the library's for one query: which paragraphs a search found."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final

from db.errors import SqlError
from db.reader import Reader

HitRow = tuple[int, int | None, float]
"""Article, paragraph (None: it matches without one of its paragraphs), score."""

_NAME: Final = re.compile(r"[a-z_][a-z0-9_]*")
_OF_SQLITE: Final = {"json_each", "json_tree"}
_LONGEST: Final = 64
_ROWS_A_LINE: Final = 1_000


def check(reader: Reader, names: Iterable[str]) -> None:
    """Raise `SqlError` for a name that no table may have here."""
    wanted = "SELECT lower(name) AS name FROM sqlite_master WHERE type IN ('table', 'view')"
    taken = {row["name"] for row in reader.select(wanted)} | _OF_SQLITE
    for name in names:
        if not _NAME.fullmatch(name) or len(name) > _LONGEST:
            raise SqlError(
                f"{name!r} is no name for a table: use a-z, 0-9 and _, as in h or frost_2."
            )
        if name in taken or name.startswith(("sqlite_", "pragma_")):
            raise SqlError(f"{name} is a table already; choose another name for what is found.")


def lines(hits: Mapping[str, Iterable[HitRow]]) -> Iterator[bytes]:
    """Give the rows of one table after another, many a line, an empty list behind each table's."""
    for rows in hits.values():
        iterator = iter(rows)
        while some := list(islice(iterator, _ROWS_A_LINE)):
            yield json.dumps(some).encode() + b"\n"
        yield b"[]\n"
