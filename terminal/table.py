"""Rows as a table on a terminal, as tab-separated lines elsewhere, as CSV, JSON or JSONL."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from math import isfinite
from typing import TextIO

from terminal.safe import safe, safe_json, safe_lines
from terminal.style import Style

Value = str | int | float | bytes | None
Row = Mapping[str, Value]

FORMAT = 1
_ON_SCREEN = 1_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_rows(  # noqa: PLR0913 - one flag for each form the person can ask for
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    as_json: bool = False,
    jsonl: bool = False,
    csv: bool = False,
    raw: bool = False,
) -> None:
    """Write rows to standard output in the form that was asked for."""
    if as_json:
        values = [_plain(row) for row in rows]
        write_json({"format": FORMAT, "columns": list(columns), "rows": values})
    elif jsonl:
        write_jsonl(map(_plain, rows))
    elif csv:
        write_csv(columns, rows, raw=raw)
    else:
        write_table(columns, rows)


def write_table(columns: Sequence[str], rows: Iterable[Row], out: TextIO | None = None) -> None:
    """Write rows for a person (a table) or a pipe (tab-separated lines under a header)."""
    out = out or sys.stdout
    style = Style.of(out)
    if style.terminal:
        iterator = iter(rows)
        first = list(islice(iterator, _ON_SCREEN))
        _draw(columns, first, style, out)
        rest = iterator
    else:
        out.write("\t".join(map(safe, columns)) + "\n")
        rest = iter(rows)
    for row in rest:
        out.write("\t".join(_cell(row[name]) for name in columns) + "\n")


def write_csv(
    columns: Sequence[str], rows: Iterable[Row], *, raw: bool = False, out: TextIO | None = None
) -> None:
    """Write rows as CSV; unless `raw`, without what drives a terminal, and no cell is a formula."""
    from csv import writer as csv_writer

    shown = _text if raw else _harmless
    writer = csv_writer(out or sys.stdout, lineterminator="\n")
    writer.writerow(map(shown, columns))
    writer.writerows([shown(row[name]) for name in columns] for row in rows)


def write_jsonl(rows: Iterable[Mapping[str, object]], out: TextIO | None = None) -> None:
    """Write one JSON object a line."""
    out = out or sys.stdout
    for row in rows:
        out.write(json_text(row) + "\n")


def write_json(value: Mapping[str, object], out: TextIO | None = None) -> None:
    """Write one JSON value."""
    (out or sys.stdout).write(json_text(value, indent=2) + "\n")


def json_text(value: object, indent: int | None = None) -> str:
    """Give a value as JSON that a terminal can be shown: letters as they are, what would drive it escaped."""
    return safe_json(json.dumps(value, ensure_ascii=False, indent=indent))


def _draw(columns: Sequence[str], rows: Sequence[Row], style: Style, out: TextIO) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold" if style.colour else "")
    for name in columns:
        numeric = all(isinstance(row[name], int | float) for row in rows)
        table.add_column(Text(safe(name)), justify="right" if numeric and rows else "left")
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in columns))
    Console(file=out, width=style.width, no_color=not style.colour, highlight=False).print(table)


def _cell(value: Value) -> str:
    return safe(str(_text(value)))


def _text(value: Value) -> str | int | float:
    """Give a value as it can be written: nothing for NULL, bytes as SQL writes them."""
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    return "" if value is None else value


def _plain(row: Row) -> Mapping[str, object]:
    return {name: _json_value(value) for name, value in row.items()}


def _json_value(value: Value) -> Value:
    """Give a value as JSON knows it: bytes as SQL writes them, null for what is no number."""
    if isinstance(value, float) and not isfinite(value):
        return None
    return _text(value) if isinstance(value, bytes) else value


def _harmless(value: Value) -> str | int | float:
    """Give a cell with a `'` before what a spreadsheet would take for a formula; numbers are none."""
    text = _text(value)
    if not isinstance(text, str):
        return text
    text = safe_lines(text)
    return f"'{text}" if text.startswith(_FORMULA) else text
