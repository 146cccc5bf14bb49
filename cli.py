"""The command line: all commands, and what stands around each."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from commands.app import app
from terminal.streams import ready_streams

__all__ = ["COMMANDS", "app", "load", "main"]

COMMANDS = {
    "commands.keeping": ("ingest", "preview", "formats"),
    "commands.searching": ("search", "suggest", "similar", "why"),
    "commands.looking": ("show", "original", "list", "sql", "schema", "stats", "export"),
    "commands.linking": ("links",),
    "commands.mending": ("edit", "reparse", "remove"),
    "commands.caring": ("reindex", "doctor", "demo"),
}
"""Where each command is written."""


def load(arguments: Sequence[str]) -> None:
    """Import the command that is named first, with its neighbours; all, where none is."""
    named = [
        module for module, names in COMMANDS.items() if arguments[:1] and arguments[0] in names
    ]
    for module in named or COMMANDS:
        import_module(module)


def main() -> None:
    """Run the command a person typed; what it makes is for this user's eyes only."""
    os.umask(0o077)
    ready_streams()
    load(sys.argv[1:])
    gc.freeze()  # what is imported stays: not to look through it again saves a tenth of a search
    app(prog_name="cuttings")


if __name__ == "__main__":
    main()
