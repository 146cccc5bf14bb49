"""Commands that take articles out of the library, bring them back, or delete them for good."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from commands.app import LibraryOption, app
from terminal.commands import index, library_at
from terminal.exits import Exit

if TYPE_CHECKING:
    from article import Stored

_IdsArgument = Annotated[list[int], typer.Argument(metavar="ID...", help="Numbers of articles.")]
_YesOption = Annotated[bool, typer.Option("--yes", help="Do not ask.")]


@app.command(epilog="Example:  cuttings remove 42 --yes")
def remove(ids: _IdsArgument, library: LibraryOption = None, yes: _YesOption = False) -> None:
    """Take articles out of the library.

    They leave every search, list and count; cuttings undo, or ingesting them again, brings them back.
    """
    with library_at(library) as opened:
        for article_id in dict.fromkeys(ids):
            _show(opened.article(article_id))
        _ask("Remove?", yes)
        removed = opened.remove(ids)
        index(opened)
    print(f"{len(removed)} removed.")
    if removed:
        back = " ".join(map(str, sorted(removed)))
        print(f"To bring {_them(len(removed))} back: cuttings undo {back}", file=sys.stderr)


@app.command(epilog="Example:  cuttings undo 42")
def undo(ids: _IdsArgument, library: LibraryOption = None) -> None:
    """Bring removed articles back.

    As they were: their words, tags and history, under the same numbers.
    """
    from library.removing import undo as bring_back

    with library_at(library) as opened:
        back = bring_back(opened, list(dict.fromkeys(ids)))
        index(opened)
    print(f"{len(back)} brought back.")
    if not back:
        raise typer.Exit(Exit.NOTHING_FOUND)


@app.command(epilog="Example:  cuttings purge 42")
def purge(ids: _IdsArgument, library: LibraryOption = None, yes: _YesOption = False) -> None:
    """Delete removed articles for good.

    Their words, history and originals are wiped out of the library's files; the index is built
    anew. Backups made before still hold them.
    """
    from library.removing import purge as delete
    from library.removing import still_held, to_purge
    from terminal.progress import Meter
    from terminal.safe import safe

    numbers = list(dict.fromkeys(ids))
    with library_at(library) as opened:
        for one in to_purge(opened, numbers):
            _show(one)
        _ask("Delete for good? There is no way back.", yes)
        with Meter("Indexing") as meter:
            clean = delete(opened, numbers, meter)
        for path in still_held(opened):
            print(f"{safe(str(path))} may hold it still: delete that yourself.", file=sys.stderr)
    print(f"{len(numbers)} purged.")
    if not clean:
        print("Another process was reading; once it is done, run the same again.", file=sys.stderr)
        raise typer.Exit(Exit.CANNOT_SERVE)


def _show(stored: "Stored") -> None:
    from terminal.safe import safe

    headline = stored.article.headline or "(no headline)"
    print(f"{stored.id:>5}  {safe(headline)}", file=sys.stderr)


def _ask(question: str, yes: bool) -> None:
    if not yes and not typer.confirm(question, err=True):
        raise typer.Exit(Exit.NOTHING_FOUND)


def _them(count: int) -> str:
    return "it" if count == 1 else "them"
