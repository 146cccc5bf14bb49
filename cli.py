"""The command line: all commands, and what stands around each."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from terminal.streams import ready_streams

if TYPE_CHECKING:
    from typer import Typer

COMMANDS = {
    "commands.keeping": ("ingest", "watch", "failures", "preview", "formats"),
    "commands.searching": ("search",),
    "commands.relating": ("suggest", "similar", "family", "why"),
    "commands.looking": ("show", "original", "list"),
    "commands.tracing": ("history", "diff", "first-seen"),
    "commands.querying": ("sql", "schema", "stats", "export"),
    "commands.linking": ("links",),
    "commands.feeding": ("feeds",),
    "commands.mending": ("edit", "reparse"),
    "commands.removing": ("remove", "undo", "purge"),
    "commands.tagging": ("tag", "untag", "tags"),
    "commands.backing": ("backup", "verify", "restore"),
    "commands.caring": ("reindex", "doctor", "demo"),
}
"""Where each command is written."""


def load(arguments: Sequence[str]) -> Typer:
    """Give the program with the command that is named first and its neighbours; all, where none is."""
    from commands.app import app  # here, since `main` has something to say before

    named = [
        module for module, names in COMMANDS.items() if arguments[:1] and arguments[0] in names
    ]
    for module in named or COMMANDS:
        import_module(module)
    return app


def main() -> None:
    """Run the command a person typed; what it makes is for this user's eyes only."""
    os.umask(0o077)
    ready_streams()
    # What is imported is no garbage: to look for some among it takes a tenth of a search's time.
    gc.set_threshold(50_000)
    try:
        load(sys.argv[1:])(prog_name="cuttings")
    finally:
        gc.freeze()  # nor is it looked through at the end


if __name__ == "__main__":
    main()
