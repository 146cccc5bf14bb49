"""The documented tables and views."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, TextIO

from terminal.style import Style

if TYPE_CHECKING:
    from db.describe import Described


def write_schema(tables: Sequence[Described], out: TextIO | None = None) -> None:
    """Write each table and view with a line on each of its columns."""
    out = out or sys.stdout
    style = Style.of(out)
    for table in tables:
        out.write(f"{style.bold(table.name)} ({table.kind}): {table.about}\n")
        width = max(len(column.name) for column in table.columns)
        for column in table.columns:
            out.write(f"  {column.name:<{width}}  {column.type:<8} {column.comment}\n")
        out.write("\n")


def as_json(tables: Sequence[Described]) -> dict[str, Any]:
    """Give the tables as JSON-ready values."""
    return {
        "format": 1,
        "tables": [
            {
                "name": table.name,
                "kind": table.kind,
                "about": table.about,
                "columns": [
                    {"name": c.name, "type": c.type, "comment": c.comment} for c in table.columns
                ],
            }
            for table in tables
        ],
    }
