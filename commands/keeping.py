"""Commands that take articles in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.app import (
    CsvOption,
    JsonlOption,
    JsonOption,
    LibraryOption,
    MapOption,
    PasswordOption,
    app,
)
from terminal.commands import library_at, notify, refuse_together
from terminal.exits import Exit


@app.command(epilog="Examples:  cuttings ingest ~/articles   |   pbpaste | cuttings ingest -")
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input."),
    ],
    library: LibraryOption = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="CODE", help="The language of them all, such as en or pt-BR."
        ),
    ] = None,
    password: PasswordOption = None,
    columns: MapOption = None,
    workers: Annotated[
        int | None,
        typer.Option(
            "--workers",
            metavar="N",
            min=1,
            help="How many files to read at once: as many as cores.",
        ),
    ] = None,
) -> None:
    """Store articles: files, folders, or a pipe.

    Text, web pages, PDFs, office documents and more: see cuttings formats. A folder is read with all
    it holds. Doing it again changes nothing.
    """
    from article import Outcome
    from library.mapping import Said
    from library.mapping import columns as mapped
    from terminal import ingests
    from terminal.progress import Meter, progress

    said = Said(language, password, mapped(columns or []), workers)
    with library_at(library) as opened:
        recorded = opened.ingest(paths, sys.stdin.buffer, said)
        counts = ingests.report(progress(recorded, "Reading"))
        print(ingests.summary(counts), file=sys.stderr)
        with Meter("Indexing") as meter:
            opened.indexing.drain(meter)
        opened.find_families()
    if counts[Outcome.FAILED]:
        raise typer.Exit(Exit.SOME_FAILED)


@app.command(epilog="Example:  cuttings preview page.html   |   cuttings preview --diff scan.pdf")
def preview(
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file, a folder, or -.")],
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Text and PDF: each line of the file, and what became of it."),
    ] = False,
    password: PasswordOption = None,
    columns: MapOption = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="How many articles to show.")
    ] = 10,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
) -> None:
    """Show what would be stored of a file; store nothing.

    Each value stands with the place where it was found, each paragraph with its number and kind.
    """
    from itertools import islice

    from article import Outcome, Refusal
    from library.mapping import columns as mapped
    from library.previewing import preview as read
    from terminal import previewing
    from terminal.table import write_json, write_jsonl

    refuse_together("--diff", diff, "--json or --jsonl", as_json or jsonl)
    failed = False
    said = mapped(columns or [])
    previews = iter(read(path, sys.stdin.buffer, password, lines=diff, columns=said, notify=notify))
    for number, one in enumerate(islice(previews, limit)):
        refusal = one.result if isinstance(one.result, Refusal) else None
        failed = failed or (refusal is not None and refusal.outcome is Outcome.FAILED)
        value = previewing.as_json(one.result) if as_json or jsonl else None
        if value is None:
            if number and previewing.is_kept(one.result):
                print()
            previewing.write_preview(one)
        elif jsonl:
            write_jsonl([value])
        else:
            write_json(value)
    if next(previews, None):
        sys.stdout.flush()
        print(f"Stopped after {limit}; for more: --limit N", file=sys.stderr)
    if failed:
        raise typer.Exit(Exit.SOME_FAILED)


@app.command()
def formats(
    as_json: JsonOption = False, jsonl: JsonlOption = False, csv: CsvOption = False
) -> None:
    """List the kinds of files that are read, and what is kept of each."""
    from library.formats import COLUMNS, rows
    from terminal.table import write_rows

    write_rows(COLUMNS, rows(), as_json=as_json, jsonl=jsonl, csv=csv)
