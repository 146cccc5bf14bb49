"""The command line: all commands, and what stands around each."""

from __future__ import annotations

import os

from commands import caring, keeping, looking, mending, searching
from commands.app import app
from terminal.streams import ready_streams

__all__ = ["app", "caring", "keeping", "looking", "main", "mending", "searching"]


def main() -> None:
    """Run the command a person typed; what it makes is for this user's eyes only."""
    os.umask(0o077)
    ready_streams()
    app(prog_name="cuttings")


if __name__ == "__main__":
    main()
