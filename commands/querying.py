"""Commands that take a library as a database: SQL, its tables, its counts, all that it holds."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from commands.app import CsvOption, JsonlOption, JsonOption, LibraryOption, app
from terminal.commands import library_at


@app.command(
    epilog='Example:  cuttings sql "select site, count(*) from current_articles group by site"'
)
def sql(
    query: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="One SELECT; - reads it from standard input."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Read the query from a file.")
    ] = None,
    hits: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the annotation at run time
        typer.Option(
            "--hits",
            metavar="NAME=QUERY",
            help="Make a table of what a search finds (docs/sql.md).",
        ),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV cells as they are, even formulas.")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0.1, help="How long it may take.")
    ] = 10.0,
    max_rows: Annotated[
        int, typer.Option("--max-rows", metavar="N", min=1, help="How many rows it may give.")
    ] = 100_000,
) -> None:
    """Put SQL to the library.

    It only reads. The tables and views are described by: cuttings schema

    --hits makes a table of what a search finds; it may be given several times, with other names.
    """
    from library.hit_tables import find
    from library.querying import query_text, run
    from terminal import hit_tables
    from terminal.table import write_rows

    with library_at(library) as opened:
        text = query_text(query, file, sys.stdin)
        tables = find(opened, hits or [])
        answer = run(opened, text, seconds=seconds, max_rows=max_rows, tables=tables)
        write_rows(answer.columns, answer.rows(), as_json=as_json, jsonl=jsonl, csv=csv, raw=raw)
    sys.stdout.flush()
    for line in hit_tables.remarks(tables):
        print(line, file=sys.stderr)
    if answer.truncated:
        print(f"Stopped after {max_rows:,} rows; for more: --max-rows N", file=sys.stderr)


@app.command()
def schema(as_json: JsonOption = False) -> None:
    """Describe the tables and views."""
    from library.querying import described
    from terminal.schema import as_json as schema_json
    from terminal.schema import write_schema
    from terminal.table import write_json

    tables = described()
    if as_json:
        write_json(schema_json(tables))
    else:
        write_schema(tables)


@app.command()
def stats(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Count what the library holds."""
    from library.counting import count
    from terminal.facts import write_facts
    from terminal.table import write_json

    with library_at(library) as opened:
        facts = count(opened)
    if as_json:
        write_json({"format": 1, **facts})
    else:
        write_facts(facts)


@app.command(epilog="Example:  cuttings export > articles.jsonl")
def export(library: LibraryOption = None) -> None:
    """Print every article as a line of JSON.

    `ingest` takes the lines back without loss.
    """
    from library.exporting import export_all
    from terminal.progress import progress
    from terminal.table import json_text

    with library_at(library) as opened:
        for line in progress(export_all(opened), "Exporting", opened.reader.count()):
            print(json_text(line))
