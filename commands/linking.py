"""Commands for saved links."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.app import CsvOption, JsonlOption, JsonOption, LibraryOption, app
from terminal.commands import library_at
from terminal.exits import Exit


@app.command(epilog="Example:  cuttings links --unfetched --csv > to-read.csv")
def links(
    unfetched: Annotated[
        bool, typer.Option("--unfetched", help="Only those whose article is not in the library.")
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List saved links, from exports that hold links alone.

    JSON and CSV also say what was written of each, and where it came from.
    """
    from library import links as saved
    from terminal.table import write_rows

    columns = saved.COLUMNS if as_json or jsonl or csv else saved.SHOWN
    with library_at(library) as opened:
        total, without = saved.count(opened)
        rows = saved.rows(opened, unfetched=unfetched)
        write_rows(columns, rows, as_json=as_json, jsonl=jsonl, csv=csv)
        sys.stdout.flush()
    print(f"{total:,} saved links, {without:,} without their article.", file=sys.stderr)
    if not (without if unfetched else total):
        raise typer.Exit(Exit.NOTHING_FOUND)
