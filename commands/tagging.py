"""Commands for tags."""

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from commands.app import CsvOption, JsonlOption, JsonOption, LibraryOption, app
from terminal.commands import library_at
from terminal.exits import Exit

if TYPE_CHECKING:
    from library.library import Library

_Tag = Annotated[str, typer.Argument(metavar="TAG", help="One tag; several words in quotes.")]
_Ids = Annotated[
    list[str],
    typer.Argument(metavar="ID...", help="Numbers of articles; - reads them from a pipe."),
]


@app.command(
    epilog="Examples:  cuttings tag energy 42 43   |   cuttings tag 'to read' 42"
    "   |   cuttings search oil --no-families --limit 500 --jsonl | cuttings tag energy -"
)
def tag(name: _Tag, ids: _Ids, library: LibraryOption = None) -> None:
    """Put a tag on articles.

    The tag comes first; one of digits alone is written '#2021'. Through a pipe come numbers, a line
    each, or what search --jsonl prints.
    """
    from library.tagging import tag as put_on

    _change(put_on, name, ids, library, "tagged", "has it already", "have it already")


@app.command(
    epilog="Examples:  cuttings untag energy 42 43"
    "   |   cuttings search tag:energy --no-families --limit 500 --jsonl | cuttings untag energy -"
)
def untag(name: _Tag, ids: _Ids, library: LibraryOption = None) -> None:
    """Take a tag off articles.

    It stays off, even if their source says it again, until you put it on.
    """
    from library.tagging import untag as take_off

    _change(take_off, name, ids, library, "untagged", "does not have it", "do not have it")


def _change(
    call: Callable[["Library", Sequence[int], str], list[int]],
    name: str,
    ids: list[str],
    library: Path | None,
    done: str,
    one_is: str,
    more_are: str,
) -> None:
    """Change a tag of articles, and say of how many."""
    from library.tagging import numbers

    if name == "-" or name.isdigit():
        raise typer.BadParameter(
            f"the tag comes first, as in: cuttings tag energy 42; a tag of digits is written '#{name}'"
        )
    wanted = numbers(ids, sys.stdin)
    with library_at(library) as opened:
        changed = call(opened, wanted, name)
        opened.indexing.drain()
    left = len(wanted) - len(changed)
    rest = f", {left:,} {one_is if left == 1 else more_are}" if left else ""
    print(f"{len(changed):,} {done}{rest}.")


@app.command()
def tags(
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List tags, with the number of articles that have each."""
    from library.tagging import COLUMNS, counts
    from terminal.table import write_rows

    with library_at(library) as opened:
        found = counts(opened)
    write_rows(COLUMNS, found, as_json=as_json, jsonl=jsonl, csv=csv)
    if not found:
        print("No article has a tag.", file=sys.stderr)
        raise typer.Exit(Exit.NOTHING_FOUND)
