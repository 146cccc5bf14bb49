"""An article's original on its way out: to a file, a pipe, and to a screen only if it is text."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from terminal.safe import safe

if TYPE_CHECKING:
    from library.originals import Original


def write(original: Original, output: Path | None) -> None:
    """Write the bytes, and on standard error where they came from."""
    kept = original.kept
    if output is not None:
        with output.open("xb") as file:
            file.write(original.data)
    elif not sys.stdout.isatty():
        sys.stdout.buffer.write(original.data)
        sys.stdout.buffer.flush()
    else:
        _show(original)
    place = f"{kept.location}, {kept.item}" if kept.item else kept.location
    more = f"; {original.copies} copies, see --copy" if original.copies > 1 else ""
    said = f"{kept.size:,} bytes, {kept.kind}, read {kept.ingested_at} from {place}{more}"
    print(safe(said), file=sys.stderr)


def _show(original: Original) -> None:
    try:
        text = original.data.decode()
    except UnicodeDecodeError:
        message = "these bytes are no text for a screen; write them to a file: --output FILE"
        raise typer.BadParameter(message) from None
    print("\n".join(safe(line) for line in text.splitlines()))
