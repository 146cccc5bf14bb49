"""The command line: what did the person type, and how is the answer shown?"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Literal, Optional

import typer

from terminal.commands import Commands, Queries, library_at, refuse_options, refuse_together
from terminal.exits import Exit
from terminal.streams import ready_streams

app = typer.Typer(
    name="cuttings",
    cls=Commands,
    rich_markup_mode=None,
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Keep press articles, find them by their words, read the very passage, put SQL to everything.",
)

LibraryOption = Annotated[
    Optional[Path],  # noqa: UP045 - Typer reads the annotation at run time
    typer.Option(
        "--library",
        metavar="FOLDER",
        help="The library's folder; else $CUTTINGS_LIBRARY, else your data folder.",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print one JSON value (docs/json.md).")]
JsonlOption = Annotated[bool, typer.Option("--jsonl", help="Print one JSON object a line.")]
CsvOption = Annotated[bool, typer.Option("--csv", help="Print CSV.")]
LimitOption = Annotated[int, typer.Option("--limit", metavar="N", min=1, help="How many to show.")]
OffsetOption = Annotated[
    int, typer.Option("--offset", metavar="N", min=0, help="How many to pass over.")
]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"cuttings {version('cuttings')}")
        raise typer.Exit


@app.callback()
def cuttings(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Keep press articles, find them by their words, read the very passage, put SQL to everything."""


@app.command(epilog="Examples:  cuttings ingest ~/articles   |   pbpaste | cuttings ingest -")
def ingest(
    paths: Annotated[
        list[str],
        typer.Argument(metavar="PATH...", help="Files, folders, or - for standard input."),
    ],
    library: LibraryOption = None,
    language: Annotated[
        str | None,
        typer.Option(
            "--language", metavar="CODE", help="The language of them all, such as en or pt-BR."
        ),
    ] = None,
) -> None:
    """Store articles: files, folders, or a pipe.

    Text, Markdown and JSON Lines are read; a folder with all it holds. Doing it again changes nothing.
    """
    from article import Outcome
    from terminal import ingests
    from terminal.progress import Meter, progress

    with library_at(library) as opened:
        recorded = opened.ingest(paths, sys.stdin.buffer, language)
        counts = ingests.report(progress(recorded, "Reading"))
        print(ingests.summary(counts), file=sys.stderr)
        with Meter("Indexing") as meter:
            opened.indexing.drain(meter)
    if counts[Outcome.FAILED]:
        raise typer.Exit(Exit.SOME_FAILED)


SEARCH_HELP = """Find articles by their words.

A space means AND; OR, NOT, -word, (groups), "phrases", word*, w?rd, word~, =Word, a NEAR/5 b,
a /s b (same sentence), a /p b (same paragraph), ATLEAST/3 word, and fields: headline: author: site:
date: added: section: tag: lang: url: id: is: has: caption: and other kinds of paragraph. All of it,
with examples: docs/query-language.md"""
FACETS_HELP = "Count all that match, by any of: site,author,year,section,lang,tag"
TIMELINE_HELP = "Chart what share of each day, week, month or year matches."


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
    from library.asking import read
    from library.searching import search as answer
    from library.searching import search_paragraphs
    from terminal import hits, overview, receipts
    from terminal.table import write_json

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
    with library_at(library) as opened:
        question = read(opened, " ".join(query), query)
        if paragraphs:
            page = search_paragraphs(opened, question, limit=limit or 10, offset=offset)
        else:
            page = answer(opened, question, limit=limit or 10, offset=offset, sort=sort)
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


@app.command(
    epilog='Example:  cuttings sql "select site, count(*) from current_articles group by site"'
)
def sql(
    query: Annotated[
        str | None,
        typer.Argument(metavar="QUERY", help="One SELECT; - reads it from standard input."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", metavar="FILE", help="Read the query from a file.")
    ] = None,
    hits: Annotated[
        Optional[list[str]],  # noqa: UP045 - Typer reads the annotation at run time
        typer.Option(
            "--hits",
            metavar="NAME=QUERY",
            help="Make a table of what a search finds (docs/sql.md).",
        ),
    ] = None,
    library: LibraryOption = None,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
    csv: CsvOption = False,
    raw: Annotated[
        bool, typer.Option("--raw", help="CSV cells as they are, even formulas.")
    ] = False,
    seconds: Annotated[
        float, typer.Option("--seconds", metavar="N", min=0.1, help="How long it may take.")
    ] = 10.0,
    max_rows: Annotated[
        int, typer.Option("--max-rows", metavar="N", min=1, help="How many rows it may give.")
    ] = 100_000,
) -> None:
    """Put SQL to the library.

    It only reads. The tables and views are described by: cuttings schema

    --hits makes a table of what a search finds; it may be given several times, with other names.
    """
    from library.hit_tables import find
    from library.querying import query_text, run
    from terminal import hit_tables
    from terminal.table import write_rows

    with library_at(library) as opened:
        text = query_text(query, file, sys.stdin)
        tables = find(opened, hits or [])
        answer = run(opened, text, seconds=seconds, max_rows=max_rows, tables=tables)
        write_rows(answer.columns, answer.rows(), as_json=as_json, jsonl=jsonl, csv=csv, raw=raw)
    sys.stdout.flush()
    for line in hit_tables.remarks(tables):
        print(line, file=sys.stderr)
    if answer.truncated:
        print(f"Stopped after {max_rows:,} rows; for more: --max-rows N", file=sys.stderr)


@app.command()
def schema(as_json: JsonOption = False) -> None:
    """Describe the tables and views."""
    from library.querying import described
    from terminal.schema import as_json as schema_json
    from terminal.schema import write_schema
    from terminal.table import write_json

    tables = described()
    if as_json:
        write_json(schema_json(tables))
    else:
        write_schema(tables)


@app.command()
def stats(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Count what the library holds."""
    from library.counting import count
    from terminal.facts import write_facts
    from terminal.table import write_json

    with library_at(library) as opened:
        facts = count(opened)
    if as_json:
        write_json({"format": 1, **facts})
    else:
        write_facts(facts)


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


@app.command()
def reindex(
    library: LibraryOption = None,
    pending: Annotated[bool, typer.Option("--pending", help="Index only what waits.")] = False,
) -> None:
    """Build the index anew.

    It is built from the database, beside the old one, which serves meanwhile.
    """
    from terminal.progress import Meter

    with library_at(library) as opened, Meter("Indexing") as meter:
        indexing = opened.indexing
        work = indexing.drain if pending else indexing.rebuild
        work(meter)
        print(f"{indexing.ready().count():,} articles in the index.")


@app.command()
def doctor(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Check the database and the index.

    Says what is wrong and the command that mends it; changes nothing.
    """
    from library.checking import check
    from terminal.findings import as_json as findings_json
    from terminal.findings import write_findings
    from terminal.table import write_json

    with library_at(library) as opened:
        findings = check(opened)
    if as_json:
        write_json(findings_json(findings))
    else:
        write_findings(findings)
    if any(finding.wrong for finding in findings):
        raise typer.Exit(Exit.CANNOT_SERVE)


@app.command(epilog="Example:  cuttings export > articles.jsonl")
def export(library: LibraryOption = None) -> None:
    """Print every article as a line of JSON.

    `ingest` takes the lines back without loss.
    """
    from library.exporting import export_all
    from terminal.progress import progress

    with library_at(library) as opened:
        for line in progress(export_all(opened), "Exporting", opened.reader.count()):
            print(json.dumps(line, ensure_ascii=False))


@app.command()
def demo() -> None:
    """Show the main job on sample articles.

    In a library of its own, which is thrown away.
    """
    from terminal.demo import run

    raise typer.Exit(run())


def main() -> None:
    """Run the command a person typed; what it makes is for this user's eyes only."""
    os.umask(0o077)
    ready_streams()
    app(prog_name="cuttings")


if __name__ == "__main__":
    main()
