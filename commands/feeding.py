"""Commands for feeds."""

from typing import Annotated

import typer

from commands.app import (
    CsvOption,
    JsonlOption,
    JsonOption,
    LibraryOption,
    PrivateOption,
    app,
)
from terminal.commands import index, library_at
from terminal.exits import Exit

feeds = typer.Typer(
    name="feeds",
    no_args_is_help=True,
    rich_markup_mode=None,
    help="Follow feeds: take in what is new in them.",
)
app.add_typer(feeds, name="feeds")

UrlsArgument = Annotated[
    list[str], typer.Argument(metavar="URL...", help="The addresses of feeds.")
]


@feeds.command(
    epilog="Example:  cuttings feeds add https://straitgazette.example/feed   |   cuttings feeds add subscriptions.opml"
)
def add(
    names: Annotated[
        list[str],
        typer.Argument(metavar="URL|FILE...", help="Addresses of feeds, or OPML files of them."),
    ],
    library: LibraryOption = None,
) -> None:
    """Follow feeds; cuttings feeds update then asks for what is in them."""
    from library import feeds as followed
    from terminal.feeds import write_added

    with library_at(library) as opened:
        write_added(followed.add(opened, names))


@feeds.command("list")
def list_(
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List the feeds that are followed, and how asking for each ended."""
    from library import feeds as followed
    from terminal.table import write_rows

    with library_at(library) as opened:
        rows = list(followed.rows(opened))
    write_rows(followed.COLUMNS, rows, as_json=as_json, jsonl=jsonl, csv=csv)
    if not rows:
        raise typer.Exit(Exit.NOTHING_FOUND)


@feeds.command()
def update(
    urls: Annotated[
        list[str] | None, typer.Argument(metavar="[URL...]", help="Only these feeds.")
    ] = None,
    fetch: Annotated[
        bool, typer.Option("--fetch", help="Fetch the articles of new links as well.")
    ] = False,
    private: PrivateOption = False,
    library: LibraryOption = None,
) -> None:
    """Take in what is new in feeds: entries with their text as articles, the others as links."""
    from library import feeds as followed
    from terminal.ingests import tell
    from terminal.progress import progress

    with library_at(library) as opened:
        recorded = followed.update(opened, urls or [], private=private, fetch=fetch)
        failed = tell(progress(recorded, "Reading"))
        index(opened)
    if failed:
        raise typer.Exit(Exit.SOME_FAILED)


@feeds.command()
def remove(urls: UrlsArgument, library: LibraryOption = None) -> None:
    """Follow feeds no longer; what came from them stays."""
    from library import feeds as followed
    from terminal.feeds import write_removed

    with library_at(library) as opened:
        opened.reader  # noqa: B018 - a library that is not there is not made for this
        removed = followed.remove(opened, urls)
    write_removed(removed)
    if not all(was for _, was in removed):
        raise typer.Exit(Exit.NOTHING_FOUND)
