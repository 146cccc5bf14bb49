"""The command that looks for words."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from commands.app import (
    JsonlOption,
    JsonOption,
    LibraryOption,
    OffsetOption,
    app,
)
from terminal.commands import Queries, library_at, refuse_options, refuse_together
from terminal.exits import Exit

SEARCH_HELP = """Find articles by their words.

A space means AND; OR, NOT, -word, (groups), "phrases", word*, w?rd, word~, =Word, a NEAR/5 b,
a /s b (same sentence), a /p b (same paragraph), ATLEAST/3 word, and fields: headline: author: site:
date: added: section: tag: lang: url: id: is: has: caption: and other kinds of paragraph. All of it,
with examples: docs/query-language.md"""
FACETS_HELP = "Count all that match, by any of: site,author,year,section,lang,tag"
TIMELINE_HELP = "Chart what share of each day, week, month or year matches."

if TYPE_CHECKING:
    from library.overview import Wanted


@app.command(
    cls=Queries,
    help=SEARCH_HELP,
    context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]},
    epilog="Examples:  cuttings search migrants border   |   cuttings search '\"closer integration\" -sport date:2021..'"
    "   |   cuttings search --paragraphs migrants /s 'pol*'",
)
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for.")],
    library: LibraryOption = None,
    limit: Annotated[
        int | None,
        typer.Option("--limit", metavar="N", min=1, help="How many to show: 10, with --kwic 50."),
    ] = None,
    offset: OffsetOption = 0,
    sort: Annotated[
        Literal["relevance", "date", "left", "right"],
        typer.Option(
            "--sort",
            help="Best first, or newest first; with --kwic also by the words beside the match.",
        ),
    ] = "relevance",
    paragraphs: Annotated[
        bool, typer.Option("--paragraphs", help="Rank paragraphs instead of articles.")
    ] = False,
    no_families: Annotated[
        bool, typer.Option("--no-families", help="Show each of near-identical articles.")
    ] = False,
    facets: Annotated[
        str | None,
        typer.Option("--facets", metavar="NAMES", help=FACETS_HELP),
    ] = None,
    timeline: Annotated[
        Literal["day", "week", "month", "year"] | None,
        typer.Option("--timeline", metavar="UNIT", help=TIMELINE_HELP),
    ] = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say how the query is read; show no articles.")
    ] = False,
    kwic: Annotated[
        bool, typer.Option("--kwic", help="Show each match on a line, between its neighbours.")
    ] = False,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: Annotated[bool, typer.Option("--csv", help="Print CSV; with --kwic.")] = False,
) -> None:
    """Find articles."""
    from terminal import overview

    refuse_options(query)
    refuse_together("--kwic", kwic, "--paragraphs", paragraphs)
    refuse_together("--sort date", sort == "date", "--paragraphs", paragraphs)
    wanted = overview.wanted(facets, timeline, jsonl=jsonl)
    refuse_together("--kwic", kwic, "--facets or --timeline", bool(wanted))
    if explain:
        refuse_together("--explain", explain, "--jsonl", jsonl)
        refuse_together("--explain", explain, "--facets or --timeline", bool(wanted))
        _explain(library, query, as_json=as_json)
        return
    if kwic:
        _kwic(library, query, limit or 50, offset, sort, as_json, jsonl, csv)
        return
    if csv:
        raise typer.BadParameter("--csv goes with --kwic; other answers have --json and --jsonl")
    if sort == "left" or sort == "right":  # noqa: PLR1714 - mypy reads only this
        raise typer.BadParameter(f"--sort {sort} goes with --kwic")
    each = paragraphs or no_families
    _page(library, query, limit or 10, offset, sort, paragraphs, each, wanted, as_json, jsonl)


def _page(
    library: Path | None,
    query: list[str],
    limit: int,
    offset: int,
    sort: Literal["relevance", "date"],
    paragraphs: bool,
    each: bool,
    wanted: "Wanted | None",
    as_json: bool,
    jsonl: bool,
) -> None:
    """Show a page of articles or paragraphs, and what an overview was asked for."""
    from library.asking import read
    from library.searching import search as search_each
    from library.searching import search_families, search_paragraphs
    from terminal import hits, overview, receipts
    from terminal.table import write_json

    with library_at(library) as opened:
        question = read(opened, " ".join(query), query)
        if paragraphs:
            page = search_paragraphs(opened, question, limit=limit, offset=offset)
        else:
            answer = search_each if each else search_families
            page = answer(opened, question, limit=limit, offset=offset, sort=sort)
        whole = overview.of(opened, question, wanted)
        if as_json:
            write_json({**hits.as_json(page), **overview.as_json(whole)})
        elif jsonl:
            sys.stdout.writelines(line + "\n" for line in hits.json_lines(page))
        else:
            hits.write_page(page)
            overview.write_overview(whole)
        sys.stdout.flush()
        for note in (*receipts.notes(page), *overview.remarks(whole, as_json=as_json)):
            print(note, file=sys.stderr)
        print(receipts.receipt(page), file=sys.stderr)
    if not page.total:
        raise typer.Exit(Exit.NOTHING_FOUND)


def _kwic(
    library: Path | None,
    query: list[str],
    limit: int,
    offset: int,
    sort: Literal["relevance", "date", "left", "right"],
    as_json: bool,
    jsonl: bool,
    csv: bool,
) -> None:
    """Show a concordance."""
    from library.asking import read
    from library.concordance import concordance
    from terminal import concordance as lines
    from terminal import receipts
    from terminal.progress import Meter

    with library_at(library) as opened:
        asked = read(opened, " ".join(query), query)
        with Meter("Sorting") as meter:
            found = concordance(
                opened, asked, limit=limit, offset=offset, sort=sort, progress=meter
            )
        shown = lines.write(found, as_json=as_json, jsonl=jsonl, csv=csv)
        sys.stdout.flush()
        for note in receipts.notes(found.page):
            print(note, file=sys.stderr)
        print(lines.receipt(found, shown), file=sys.stderr)
    if not found.total:
        raise typer.Exit(Exit.NOTHING_FOUND)


def _explain(library: Path | None, query: list[str], *, as_json: bool) -> None:
    from library.asking import read
    from library.explaining import explain
    from library.searching import search as answer
    from terminal import explaining, receipts
    from terminal.table import write_json

    with library_at(library) as opened:
        question = read(opened, " ".join(query), query)
        explanation, page = explain(opened, question), answer(opened, question, limit=0)
    if as_json:
        write_json(explaining.explanation_json(explanation, page))
    else:
        explaining.write_explanation(explanation)
    sys.stdout.flush()
    for note in receipts.notes(page):
        print(note, file=sys.stderr)
    print(receipts.receipt(page), file=sys.stderr)
    if not page.total:
        raise typer.Exit(Exit.NOTHING_FOUND)
