"""The main job, shown: real commands on the sample articles, each with its answer."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

SEARCHES = (["search", "integration"], ["search", "migrants", "crew"])
QUERY = "select published, site, headline from current_articles order by published"

_NEXT = """
That was a library in a folder of its own, now thrown away. On your own files:

  cuttings ingest PATH         a file, a folder, or - for standard input
  cuttings search WORD         find it again, with the passages
  cuttings show 1              read it, paragraph by paragraph
  cuttings sql "select ..."    ask anything; the tables: cuttings schema
"""


def run() -> int:
    """Show the demo; give the exit code of the first command that failed, else 0."""
    with tempfile.TemporaryDirectory(prefix="cuttings-demo-") as folder:
        commands = [["ingest", "examples"], *SEARCHES, ["sql", QUERY]]
        for command in commands:
            print(f"$ cuttings {shlex.join(command)}", flush=True)
            code = _cuttings(command, Path(folder) / "library")
            if code:
                return code
            print(flush=True)
    if not _on_path():
        print("The command stands in .venv/bin; `uv tool install .` puts it on your PATH.")
    print(_NEXT.strip("\n"))
    return 0


def _cuttings(command: list[str], library: Path) -> int:
    """Run the program as a person would, in the folder that holds the samples."""
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-m", "cli", *command],
        cwd=samples().parent,
        env={**os.environ, "CUTTINGS_LIBRARY": str(library)},
        check=False,
    ).returncode


def samples() -> Path:
    """Give the folder of sample articles, which lies beside the program's modules."""
    spec = find_spec("article")
    assert spec is not None  # noqa: S101 - the module this program is made of
    assert spec.origin is not None  # noqa: S101
    return Path(spec.origin).parent / "examples"


def _on_path() -> bool:
    folders = os.environ.get("PATH", "").split(os.pathsep)
    return any((Path(folder) / "cuttings").exists() for folder in folders)
