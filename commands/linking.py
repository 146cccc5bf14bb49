"""Commands for saved links."""

import sys
from typing import Annotated

import typer

from commands.app import CsvOption, JsonlOption, JsonOption, LibraryOption, PrivateOption, app
from terminal.commands import index, library_at, refuse_together
from terminal.exits import Exit


@app.command(
    epilog="Example:  cuttings links --unfetched --csv > to-read.csv   |   cuttings links --fetch --limit 20"
)
def links(
    unfetched: Annotated[
        bool, typer.Option("--unfetched", help="Only those whose article is not in the library.")
    ] = False,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the articles that are not in the library.")
    ] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", metavar="N", min=1, help="How many to fetch.")
    ] = None,
    private: PrivateOption = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List saved links, or fetch their articles.

    They come from exports and feeds that hold links alone. JSON and CSV also say what was written of each, and where it came from.
    """
    from library import links as saved
    from terminal.table import write_rows

    refuse_together("--fetch", fetch, "--json, --jsonl or --csv", as_json or jsonl or csv)
    refuse_together("--limit", limit is not None, "a list: it is for --fetch", not fetch)
    if fetch:
        _fetch(library, limit, private)
        return
    columns = saved.COLUMNS if as_json or jsonl or csv else saved.SHOWN
    with library_at(library) as opened:
        total, without = saved.count(opened)
        rows = saved.rows(opened, unfetched=unfetched)
        write_rows(columns, rows, as_json=as_json, jsonl=jsonl, csv=csv)
        sys.stdout.flush()
    print(f"{total:,} saved links, {without:,} without their article.", file=sys.stderr)
    if not (without if unfetched else total):
        raise typer.Exit(Exit.NOTHING_FOUND)


def _fetch(library: LibraryOption, limit: int | None, private: bool) -> None:
    """Fetch what is lacking and say what became of it."""
    from library import links as saved
    from terminal.ingests import tell
    from terminal.progress import progress

    failed = False
    with library_at(library) as opened:
        if urls := saved.to_fetch(opened, limit):
            fetched = saved.fetched(opened, urls, private=private)
            failed = tell(progress(fetched, "Fetching", len(urls)))
        else:
            print("No link is without its article.", file=sys.stderr)
        index(opened)
        total, without = saved.count(opened)
    print(f"{total:,} saved links, {without:,} without their article.", file=sys.stderr)
    if failed:
        raise typer.Exit(Exit.SOME_FAILED)
