"""Commands that care for a library, and the one that shows what it is for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Literal, Optional

import typer

from commands.app import JsonOption, LibraryOption, app
from terminal.commands import library_at, notify
from terminal.exits import Exit

if TYPE_CHECKING:
    from library.finding import Finding
    from library.library import Library


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


@app.command(
    epilog="Examples:  cuttings doctor   |   cuttings doctor --deep   |   cuttings doctor --repair"
)
def doctor(
    library: LibraryOption = None,
    deep: Annotated[
        bool, typer.Option("--deep", help="Read everything: originals, paragraphs, full text.")
    ] = False,
    repair: Annotated[
        bool, typer.Option("--repair", help="Put right what is wrong; what is damaged is kept.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Check the library: database, files, index.

    Says what is wrong and the command that mends it. It changes nothing, unless --repair is given.
    """
    from library.checking import check
    from terminal.findings import as_json as findings_json
    from terminal.findings import write_findings
    from terminal.table import write_json

    with library_at(library) as opened:
        findings = check(opened, deep=deep)
        if repair and any(finding.wrong for finding in findings):
            _repair(opened, findings)
            opened.close()
            findings = check(opened, deep=deep)
    if as_json:
        write_json(findings_json(findings))
    else:
        write_findings(findings)
    if any(finding.wrong for finding in findings):
        raise typer.Exit(Exit.CANNOT_SERVE)


def _repair(library: "Library", findings: Sequence["Finding"]) -> None:
    """Put right what can be, saying so beside the answer."""
    from library.repairing import repair
    from terminal.progress import Meter

    with Meter("Indexing") as meter:
        for line in repair(library, findings, meter):
            notify(line)


@app.command()
def demo() -> None:
    """Show the main job on sample articles.

    In a library of its own, which is thrown away.
    """
    from terminal.demo import run

    raise typer.Exit(run())
