"""Commands that relate words and articles: words alike, articles alike, a query and an article."""

import sys
from typing import Annotated

import typer

from commands.app import CsvOption, JsonlOption, JsonOption, LibraryOption, LimitOption, app
from terminal.commands import Queries, library_at, refuse_options
from terminal.exits import Exit


@app.command(epilog="Example:  cuttings suggest migrnts")
def suggest(
    words: Annotated[list[str], typer.Argument(metavar="WORD...", help="Words, perhaps mistyped.")],
    library: LibraryOption = None,
    limit: LimitOption = 10,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List words of the library that are like these.

    As the library writes them mostly, with the number of articles each finds.
    """
    from library.suggesting import like
    from terminal.suggesting import COLUMNS, rows
    from terminal.table import write_rows

    with library_at(library) as opened:
        found = rows(like(opened, words, limit=limit))
    write_rows(COLUMNS, found, as_json=as_json, jsonl=jsonl, csv=csv)
    if not found:
        print("No word of the library is like that.", file=sys.stderr)
        raise typer.Exit(Exit.NOTHING_FOUND)


@app.command(epilog="Example:  cuttings similar 42")
def similar(
    article: Annotated[int, typer.Argument(metavar="ID", help="An article's number.")],
    library: LibraryOption = None,
    limit: LimitOption = 10,
    as_json: JsonOption = False,
) -> None:
    """Find articles about the same as another one.

    By the words that tell most of it; its copies come first.
    """
    from library.similar import similar as answer
    from terminal import similar as shown
    from terminal.table import write_json

    with library_at(library) as opened:
        found = answer(opened, article, limit=limit)
    if as_json:
        write_json(shown.as_json(found))
    else:
        shown.write_similar(found)
    sys.stdout.flush()
    print(shown.receipt(found), file=sys.stderr)
    if not found.hits:
        raise typer.Exit(Exit.NOTHING_FOUND)


@app.command(epilog="Example:  cuttings family 42")
def family(
    article: Annotated[int, typer.Argument(metavar="ID", help="The number of any article of it.")],
    library: LibraryOption = None,
    limit: LimitOption = 20,
    as_json: JsonOption = False,
) -> None:
    """Show near-identical articles: what became of a report.

    The oldest first, each with what it added to the longest of them, cut from it and changed in it.
    """
    from library.family import family as members
    from terminal import family as shown
    from terminal.table import write_json

    with library_at(library) as opened:
        found = members(opened, article, limit=limit)
    if as_json:
        write_json(shown.as_json(found))
    elif found.total > 1:
        shown.write_family(found)
    sys.stdout.flush()
    print(shown.receipt(found), file=sys.stderr)
    if found.total == 1:
        raise typer.Exit(Exit.NOTHING_FOUND)


@app.command(
    cls=Queries,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    epilog="Examples:  cuttings why ferry boat 42   |   cuttings why 'migrants /s crew -storm' 42",
)
def why(
    words: Annotated[
        list[str],
        typer.Argument(metavar="QUERY... ID", help="A query, and behind it an article's number."),
    ],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Say why an article matches a query, or does not."""
    from library.reasons import why as judge
    from terminal import explaining
    from terminal.table import write_json

    refuse_options(words, "why")
    if len(words) < 2:
        raise typer.BadParameter("give a query and, behind it, the number of an article")
    with library_at(library) as opened:
        verdict = judge(opened, " ".join(words[:-1]), words[-1])
    if as_json:
        write_json(explaining.verdict_json(verdict))
    else:
        explaining.write_verdict(verdict)
    sys.stdout.flush()
    for line in explaining.remarks(verdict):
        print(line, file=sys.stderr)
    if not verdict.matches:
        raise typer.Exit(Exit.NOTHING_FOUND)
