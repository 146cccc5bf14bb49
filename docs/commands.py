"""Writes commands.md from what `cuttings --help` says; with `--check`, only says if it is out of date."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

PAGE = Path(__file__).with_name("commands.md")
_OPENING = """# Commands

Written from the program's own help by `make docs`.

Exit codes: 0 found or done, 1 nothing found, 2 the command or query is wrong, 3 the library cannot
serve (locked, damaged, or newer than the program), 4 some inputs failed, 130 stopped by Ctrl-C.
Results go to standard output, remarks to standard error. Tables are drawn on a terminal; a pipe gets
tab-separated lines. `NO_COLOR` is honoured.
"""


def helped(*command: str) -> str:
    """Give what a command's help says, 100 columns wide."""
    done = subprocess.run(
        [sys.executable, "-m", "cli", *command, "--help"],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"},
    )
    return "\n".join(line.rstrip() for line in done.stdout.splitlines())


def page() -> str:
    """Give the whole page."""
    overview = helped()
    parts = [_OPENING, f"```text\n{overview}\n```\n"]
    for name in _listed(overview):
        text = helped(name)
        parts.append(f"## {name}\n\n```text\n{text}\n```\n")
        parts += [f"```text\n{helped(name, inner)}\n```\n" for inner in _listed(text)]
    return "\n".join(parts)


def _listed(text: str) -> list[str]:
    """Give the commands that a help lists."""
    return re.findall(r"^  ([a-z-]+)  ", text.partition("Commands:")[2], re.MULTILINE)


def main() -> int:
    """Write the page, or check it."""
    text = page()
    if "--check" not in sys.argv:
        PAGE.write_text(text, "utf-8")
        return 0
    if PAGE.read_text("utf-8") == text:
        return 0
    print("docs/commands.md is out of date; write it anew with: make docs", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
