"""Commands that care for a library, and the one that shows what it is for."""

from __future__ import annotations

from typing import Annotated, Literal, Optional

import typer

from commands.app import JsonOption, LibraryOption, app
from terminal.commands import library_at
from terminal.exits import Exit


@app.command(
    epilog="Examples:  cuttings reindex   |   cuttings reindex --engine tantivy   |   cuttings reindex --pending"
)
def reindex(
    library: LibraryOption = None,
    pending: Annotated[bool, typer.Option("--pending", help="Index only what waits.")] = False,
    engine: Annotated[
        Optional[Literal["whoosh", "tantivy"]],  # noqa: UP045 - Typer reads it at run time
        typer.Option(help="Build it with this engine, and keep to it."),
    ] = None,
) -> None:
    """Build the index anew.

    It is built from the database, beside the old one, which serves meanwhile. Tantivy pays from
    some 100,000 articles on; pip install 'cuttings[tantivy]' brings it.
    """
    from terminal.progress import Meter

    if pending and engine:
        raise typer.BadParameter("give --pending or --engine: another engine needs a whole index")
    with library_at(library) as opened, Meter("Indexing") as meter:
        indexing = opened.indexing
        if pending:
            indexing.drain(meter)
        else:
            indexing.rebuild(meter, engine)
        opened.find_families()
        print(f"{indexing.ready().count():,} articles in the index.")


@app.command()
def doctor(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Check the database and the index.

    Says what is wrong and the command that mends it; changes nothing.
    """
    from library.checking import check
    from terminal.findings import as_json as findings_json
    from terminal.findings import write_findings
    from terminal.table import write_json

    with library_at(library) as opened:
        findings = check(opened)
    if as_json:
        write_json(findings_json(findings))
    else:
        write_findings(findings)
    if any(finding.wrong for finding in findings):
        raise typer.Exit(Exit.CANNOT_SERVE)


@app.command()
def demo() -> None:
    """Show the main job on sample articles.

    In a library of its own, which is thrown away.
    """
    from terminal.demo import run

    raise typer.Exit(run())
