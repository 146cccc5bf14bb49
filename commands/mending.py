"""Commands that change what the library holds."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from commands.app import LibraryOption, app
from terminal.commands import library_at
from terminal.exits import Exit


@app.command(epilog="Example:  cuttings remove 42 --yes")
def remove(
    ids: Annotated[list[int], typer.Argument(metavar="ID...", help="Numbers of articles.")],
    library: LibraryOption = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take articles out of the library.

    They leave every search, list and count; ingesting them again brings them back.
    """
    from terminal.safe import safe

    with library_at(library) as opened:
        for article_id in dict.fromkeys(ids):
            headline = opened.article(article_id).article.headline or "(no headline)"
            print(f"{article_id:>5}  {safe(headline)}", file=sys.stderr)
        if not yes and not typer.confirm("Remove?", err=True):
            raise typer.Exit(Exit.NOTHING_FOUND)
        removed = opened.remove(ids)
        opened.indexing.drain()
    print(f"{len(removed)} removed.")
