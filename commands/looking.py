"""Commands that show what the library holds."""

import sys
from pathlib import Path
from typing import Annotated, Optional

import typer

from commands.app import (
    CsvOption,
    JsonlOption,
    JsonOption,
    LibraryOption,
    LimitOption,
    OffsetOption,
    app,
)
from terminal.commands import library_at
from terminal.exits import Exit


@app.command(
    epilog="Examples:  cuttings show 42   |   cuttings show 42#7   |   cuttings show 42#7@9f3c21ab"
)
def show(
    article: Annotated[
        str,
        typer.Argument(
            metavar="ID[#N[@HASH]]", help="An article's number, a paragraph's, its words' hash."
        ),
    ],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print an article, or one paragraph of it.

    A paragraph's permanent reference, as 42#7@9f3c21ab, finds its very words in whichever revision
    holds them, and says whether they still stand (docs/references.md).
    """
    from library.passage import parse_reference
    from terminal import showing

    reference = parse_reference(article)
    with library_at(library) as opened:
        if reference.hash:
            from library.recalling import recall

            showing.show_recalled(recall(opened, reference), as_json=as_json)
        else:
            stored = opened.article(reference.article_id)
            showing.show(stored, reference.ordinal, as_json=as_json)


@app.command(
    epilog="Examples:  cuttings original 42 --output page.html   |   cuttings original 42 | less"
)
def original(
    article: Annotated[int, typer.Argument(metavar="ID", help="An article's number.")],
    copy: Annotated[
        Optional[int],  # noqa: UP045 - Typer reads the annotation at run time
        typer.Option("--copy", metavar="N", help="Which of its copies, oldest first."),
    ] = None,
    output: Annotated[
        Optional[Path],  # noqa: UP045
        typer.Option("--output", metavar="FILE", help="Write them to a new file."),
    ] = None,
    library: LibraryOption = None,
) -> None:
    """Give back the bytes an article was read from, as they came."""
    from library.originals import original as find
    from terminal import originals

    with library_at(library) as opened:
        found = find(opened, article, copy)
    originals.write(found, output)


@app.command("list", epilog="Example:  cuttings list --limit 50")
def list_(
    library: LibraryOption = None,
    limit: LimitOption = 20,
    offset: OffsetOption = 0,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
) -> None:
    """List articles, last added first."""
    from terminal.table import write_rows

    columns = ("id", "published", "site", "headline", "word_count")
    with library_at(library) as opened:
        rows = [
            {name: row[name] for name in columns} for row in opened.reader.newest(limit, offset)
        ]
        total = opened.reader.count()
    write_rows(columns, rows, as_json=as_json, jsonl=jsonl, csv=csv)
    print(f"{len(rows):,} of {total:,} articles.", file=sys.stderr)
    if not rows:
        raise typer.Exit(Exit.NOTHING_FOUND)
