"""Commands that keep a library safe in one file, and bring it back."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from commands.app import LibraryOption, app
from terminal.commands import library_at

_BackupArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="A backup.", exists=True, dir_okay=False)
]


@app.command(epilog="Example:  cuttings backup ~/backups/cuttings-2026-02.zip")
def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to make.")],
    library: LibraryOption = None,
) -> None:
    """Copy the whole library into one file.

    It may be in use meanwhile. The file is a zip of the database, with originals, history and
    settings, and of a checksum. A file that is there is never overwritten.
    """
    from library.backing import backup as write
    from terminal.progress import Meter
    from terminal.safe import safe

    with library_at(library) as opened, Meter("Backing up") as meter:
        manifest = write(opened, file.expanduser().absolute(), meter)
    print(f"{manifest.articles:,} articles backed up to {safe(str(file))}")


@app.command(epilog="Example:  cuttings verify ~/backups/cuttings-2026-02.zip")
def verify(file: _BackupArgument) -> None:
    """Check that a backup is whole.

    Its checksum, its database, and that it holds what it says.
    """
    from library.backing import verify as check
    from terminal.safe import safe

    found = check(file)
    when = safe(found.created_at[:10])
    print(f"{safe(str(file))} is whole: {found.articles:,} articles, backed up on {when}.")


@app.command(epilog="Example:  cuttings restore ~/backups/cuttings-2026-02.zip --replace")
def restore(
    file: _BackupArgument,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Put it in the place of a library that holds articles."),
    ] = False,
    library: LibraryOption = None,
) -> None:
    """Bring a library back from a backup.

    It is checked, made beside, and put in place in one step; what was there before is kept.
    """
    from library.restoring import restore as bring_back
    from terminal.progress import Meter
    from terminal.safe import safe

    with library_at(library) as opened:
        manifest, kept = bring_back(opened, file, replace=replace)
        if kept is not None:
            print(f"What was there before is kept as {safe(str(kept))}", file=sys.stderr)
        with Meter("Indexing") as meter:
            opened.indexing.rebuild(meter)
    print(f"{manifest.articles:,} articles restored.")
