"""The program, and the options that several commands have.

The modules of this room do not postpone annotations: Typer would evaluate each one twice at every start.
"""

from pathlib import Path
from typing import Annotated, Optional

import typer

from terminal.commands import Commands

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
LanguageOption = Annotated[
    Optional[str],  # noqa: UP045 - Typer reads the annotation at run time
    typer.Option(
        "--language", metavar="CODE", help="The language of them all, such as en or pt-BR."
    ),
]
PasswordOption = Annotated[
    Optional[str],  # noqa: UP045 - Typer reads the annotation at run time
    typer.Option("--password", metavar="TEXT", help="Opens files that are encrypted."),
]
MapOption = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads the annotation at run time
    typer.Option(
        "--map",
        metavar="VALUE=COLUMN",
        help="CSV: which column is which, as headline=Title; give it for each.",
    ),
]
TagsOption = Annotated[
    Optional[list[str]],  # noqa: UP045 - Typer reads the annotation at run time
    typer.Option("--tag", metavar="TAG", help="A tag to put on all of them; give it for each."),
]
SiteOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option("--site", metavar="HOST", help="The site of those that do not say theirs."),
]
DateOption = Annotated[
    Optional[str],  # noqa: UP045
    typer.Option(
        "--date", metavar="DATE", help="The date of those that do not say theirs, as 2021-11-04."
    ),
]
PrivateOption = Annotated[
    bool,
    typer.Option("--allow-private", help="Fetch also from this machine and from private networks."),
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
