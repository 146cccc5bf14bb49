"""Commands that take articles in."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.app import (
    CsvOption,
    DateOption,
    JsonlOption,
    JsonOption,
    LanguageOption,
    LibraryOption,
    MapOption,
    PasswordOption,
    PrivateOption,
    SiteOption,
    TagsOption,
    app,
)
from terminal.commands import index, library_at, notify, refuse_together
from terminal.exits import Exit


@app.command(epilog="Examples:  cuttings ingest ~/articles   |   pbpaste | cuttings ingest -")
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Files, folders, web addresses, or - for standard input."
        ),
    ],
    library: LibraryOption = None,
    language: LanguageOption = None,
    tags: TagsOption = None,
    site: SiteOption = None,
    date: DateOption = None,
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
    force: Annotated[
        bool, typer.Option("--force", help="Read files again that have not changed.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would become of each; store nothing.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a JSON object for each input (docs/json.md).")
    ] = False,
    private: PrivateOption = False,
) -> None:
    """Store articles: files, folders, web pages, or a pipe.

    Text, web pages, PDFs, office documents and more: see cuttings formats. A folder is read with all
    it holds. Doing it again changes nothing, and reads only what has changed.
    """
    from library.folder import choose
    from library.following import followed
    from library.ingesting import rehearsal, size_of
    from library.mapping import said as told
    from terminal.ingests import tell
    from terminal.progress import ReadingMeter

    said = told(
        language=language, password=password, mapped=columns or (), processes=workers,
        tags=tags or (), site=site, date=date, private=private,
    )  # fmt: skip
    opening = rehearsal(choose(library), notify) if dry_run else library_at(library)
    with opening as opened:
        with ReadingMeter(lambda: size_of(paths)) as meter:
            recorded = opened.ingest(
                paths, sys.stdin.buffer, said, force=force, progress=meter.read
            )
            if not dry_run:
                recorded = followed(opened, recorded)
            failed = tell(meter.counted(recorded), as_json=as_json, dry_run=dry_run)
        if not dry_run:
            index(opened)
            opened.find_families()
    if failed:
        raise typer.Exit(Exit.SOME_FAILED)


@app.command(epilog="Example:  cuttings watch ~/Downloads/articles")
def watch(
    folders: Annotated[
        list[Path],
        typer.Argument(
            metavar="FOLDER...", help="Folders.", exists=True, file_okay=False, readable=True
        ),
    ],
    library: LibraryOption = None,
    language: LanguageOption = None,
) -> None:
    """Store what is put into a folder, once it is whole.

    Ctrl-C ends it. What is there already comes in first, as with cuttings ingest.
    """
    from library.mapping import Said
    from library.watching import watch as looks
    from terminal.ingests import tell

    print("Watching; Ctrl-C ends it.", file=sys.stderr)
    with library_at(library) as opened:
        for recorded in looks(opened, list(map(str, folders)), Said(language)):
            if recorded:
                tell(recorded)
                index(opened)


@app.command(epilog="Example:  cuttings failures --retry")
def failures(
    retry: Annotated[
        bool, typer.Option("--retry", help="Read them again, and list what fails still.")
    ] = False,
    password: PasswordOption = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List what could not be read when it was last tried, and why.

    What is no longer there is left out once it was tried again.
    """
    from library import failures as failed
    from terminal.ingests import tell
    from terminal.table import write_rows

    with library_at(library) as opened:
        if retry:
            tell(failed.retried(opened, password))
            index(opened)
        rows = list(failed.rows(opened))
        if rows or as_json or jsonl or csv:
            write_rows(failed.COLUMNS, rows, as_json=as_json, jsonl=jsonl, csv=csv)
    if rows and retry:
        raise typer.Exit(Exit.SOME_FAILED)
    if not rows:
        print("Nothing is left that failed.", file=sys.stderr)


@app.command(epilog="Example:  cuttings preview page.html   |   cuttings preview --diff scan.pdf")
def preview(
    path: Annotated[
        str, typer.Argument(metavar="PATH", help="A file, a folder, a web address, or -.")
    ],
    diff: Annotated[
        bool,
        typer.Option("--diff", help="Text and PDF: each line of the file, and what became of it."),
    ] = False,
    tags: TagsOption = None,
    site: SiteOption = None,
    date: DateOption = None,
    password: PasswordOption = None,
    columns: MapOption = None,
    limit: Annotated[
        int, typer.Option("--limit", metavar="N", min=1, help="How many articles to show.")
    ] = 10,
    private: PrivateOption = False,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
) -> None:
    """Show what would be stored of a file; store nothing.

    Each value stands with the place where it was found, each paragraph with its number and kind.
    """
    from itertools import islice

    from accession import Outcome, Refusal
    from library.mapping import said as told
    from library.previewing import preview as read
    from terminal import previewing
    from terminal.table import write_json, write_jsonl

    refuse_together("--diff", diff, "--json or --jsonl", as_json or jsonl)
    failed = False
    said = told(
        password=password,
        mapped=columns or (),
        tags=tags or (),
        site=site,
        date=date,
        private=private,
    )
    previews = iter(read(path, sys.stdin.buffer, said, lines=diff, notify=notify))
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
    """List the kinds of files that are read, what is kept of each."""
    from library.formats import COLUMNS, rows
    from terminal.table import write_rows

    write_rows(COLUMNS, rows(), as_json=as_json, jsonl=jsonl, csv=csv)
