"""The command line: what did the person type, and how is the answer shown?"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path
from typing import Annotated, Literal, Optional

import typer

from terminal.commands import Commands, library_at, refuse_options
from terminal.exits import Exit

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

A space means AND; OR, NOT, -word, (groups),
"phrases", word*, and fields: headline: author: site: date: section: tag: lang: url: id:"""


@app.command(
    help=SEARCH_HELP,
    context_settings={"ignore_unknown_options": True},
    epilog="Examples:  cuttings search migrants border   |   cuttings search '\"closer integration\" -sport date:2021..'",
)
def search(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help="What to look for.")],
    library: LibraryOption = None,
    limit: LimitOption = 10,
    offset: OffsetOption = 0,
    sort: Annotated[
        Literal["relevance", "date"], typer.Option("--sort", help="Best first, or newest first.")
    ] = "relevance",
    paragraphs: Annotated[
        bool, typer.Option("--paragraphs", help="Show every matching paragraph.")
    ] = False,
    as_json: JsonOption = False,
    jsonl: JsonlOption = False,
) -> None:
    """Find articles."""
    from library.searching import search as answer
    from terminal import hits
    from terminal.table import write_json

    refuse_options(query)
    with library_at(library) as opened:
        page = answer(opened, " ".join(query), limit=limit, offset=offset, sort=sort)
        if as_json:
            write_json(hits.as_json(page))
        elif jsonl:
            sys.stdout.writelines(line + "\n" for line in hits.json_lines(page, every=paragraphs))
        else:
            hits.write_page(page, every=paragraphs)
        sys.stdout.flush()
        if note := hits.notes(page):
            print(note, file=sys.stderr)
        print(hits.receipt(page), file=sys.stderr)
    if not page.total:
        raise typer.Exit(Exit.NOTHING_FOUND)


@app.command(epilog="Examples:  cuttings show 42   |   cuttings show 42#7")
def show(
    article: Annotated[
        str, typer.Argument(metavar="ID[#N]", help="An article's number, and a paragraph's.")
    ],
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Print an article, or one paragraph of it."""
    from library.exporting import FORMAT
    from library.exporting import as_json as article_json
    from library.passage import cut, parse_reference
    from terminal.articles import write_article, write_one
    from terminal.table import write_json

    article_id, ordinal = parse_reference(article)
    with library_at(library) as opened:
        stored = opened.article(article_id)
    if as_json:
        whole = article_json(stored)
        if ordinal is not None:
            cut(stored, ordinal)
            whole["paragraphs"] = [whole["paragraphs"][ordinal - 1]]
        write_json({"format": FORMAT, "article": whole})
    elif ordinal is None:
        write_article(stored)
    else:
        write_one(ordinal, cut(stored, ordinal))


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
    """
    from library.querying import query_text, run
    from terminal.table import write_rows

    with library_at(library) as opened:
        answer = run(opened, query_text(query, file, sys.stdin), seconds=seconds, max_rows=max_rows)
        write_rows(answer.columns, answer.rows(), as_json=as_json, jsonl=jsonl, csv=csv, raw=raw)
    if answer.truncated:
        sys.stdout.flush()
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
    app(prog_name="cuttings")


if __name__ == "__main__":
    main()
