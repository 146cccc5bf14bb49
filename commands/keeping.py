"""Commands that take articles in."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.app import LibraryOption, app
from terminal.commands import library_at
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
) -> None:
    """Store articles: files, folders, or a pipe.

    Text, Markdown and JSON Lines are read; a folder with all it holds. Doing it again changes nothing.
    """
    from article import Outcome
    from terminal import ingests
    from terminal.progress import Meter, progress

    with library_at(library) as opened:
        recorded = opened.ingest(paths, sys.stdin.buffer, language)
        counts = ingests.report(progress(recorded, "Reading"))
        print(ingests.summary(counts), file=sys.stderr)
        with Meter("Indexing") as meter:
            opened.indexing.drain(meter)
    if counts[Outcome.FAILED]:
        raise typer.Exit(Exit.SOME_FAILED)
