"""Commands that follow words through time."""

import sys
from typing import Annotated, Optional

import typer

from commands.app import JsonOption, LibraryOption, LimitOption, app
from terminal.commands import library_at
from terminal.exits import Exit

_Id = Annotated[int, typer.Argument(metavar="ID", help="An article's number.")]


@app.command(epilog="Example:  cuttings history 42")
def history(article: _Id, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """List every wording of an article, and all its copies.

    The oldest first, each with its cause and what changed in short; then the copies, numbered as
    cuttings original --copy N takes them. An article that was removed has its history too.
    """
    from library.history import history as find
    from terminal import history as shown
    from terminal.table import write_json

    with library_at(library) as opened:
        found = find(opened, article)
    if as_json:
        write_json(shown.as_json(found))
    else:
        shown.write_history(found)
    sys.stdout.flush()
    for line in shown.remarks(found):
        print(line, file=sys.stderr)


@app.command(
    epilog="Examples:  cuttings diff 42   |   cuttings diff 42 1   |   cuttings diff 42 1 3"
)
def diff(
    article: _Id,
    old: Annotated[
        Optional[int],  # noqa: UP045 - Typer reads the annotation at run time
        typer.Argument(metavar="[A]", help="The wording to compare: the one before today's."),
    ] = None,
    new: Annotated[
        Optional[int],  # noqa: UP045
        typer.Argument(metavar="[B]", help="The wording to compare it with: today's."),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Show what changed between two wordings of an article.

    Paragraph by paragraph, the changed words marked. The wordings are numbered as cuttings history lists them.
    """
    from library.history import compared
    from terminal import changes
    from terminal.table import write_json

    with library_at(library) as opened:
        found = compared(opened, article, [one for one in (old, new) if one is not None])
    if as_json:
        write_json(changes.as_json(found))
    elif found.changes.any:
        changes.write_compared(found)
    sys.stdout.flush()
    print(changes.receipt(found), file=sys.stderr)
    if not found.changes.any:
        raise typer.Exit(Exit.NOTHING_FOUND)


@app.command(
    "first-seen",
    epilog="Examples:  cuttings first-seen 'closer integration'   |   cuttings first-seen --removed 'rescue boat'",
)
def first_seen(
    phrase: Annotated[list[str], typer.Argument(metavar="PHRASE", help="Words, as printed.")],
    library: LibraryOption = None,
    limit: LimitOption = 10,
    removed: Annotated[
        bool, typer.Option("--removed", help="Look at articles that were removed, too.")
    ] = False,
    as_json: JsonOption = False,
) -> None:
    """Find when words first stood in an article, and when they went.

    In every wording, today's and earlier, of all articles: these words next to one another, in these
    forms, in one paragraph or headline. Capitals, accents, line breaks and quotes do not matter.
    """
    from library.first_seen import first_seen as find
    from terminal import first_seen as shown
    from terminal.table import write_json

    with library_at(library) as opened:
        answer = find(opened, " ".join(phrase), limit=limit, removed=removed)
    if as_json:
        write_json(shown.as_json(answer))
    else:
        shown.write_answer(answer)
    sys.stdout.flush()
    for line in shown.remarks(answer):
        print(line, file=sys.stderr)
    if not answer.seen:
        raise typer.Exit(Exit.NOTHING_FOUND)
