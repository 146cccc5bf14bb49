"""What a figure was measured on, and how a step is measured in a process of its own."""

from __future__ import annotations

import json
import os
import re
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).resolve().parent / "results"


def shared() -> Path:
    """Give the folder of real articles."""
    folder = Path(os.environ.get("CUTTINGS_SHARED", RESULTS.parent.parent.parent / "shared"))
    if not (folder / "data").is_dir():
        sys.exit("The benchmarks need real articles: set CUTTINGS_SHARED to their folder.")
    return folder


def described() -> str:
    """Name the machine and the versions."""
    import platform
    from importlib.metadata import version

    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{os.cpu_count()} cores, {memory:.0f} GiB, {platform.system()} {platform.machine()}, "
        f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, "
        f"whoosh3 {version('whoosh3')}"
    )


OTHERS = RESULTS.parent.parent / ".venv-bench" / "bin" / "python"
"""The Python that has the readers and engines of others."""


_WITHOUT_NUMPY = """
import sys
sys.modules["numpy"] = None  # which other tools of the benchmarks need; sqlite-utils imports it if it can
from sqlite_utils.cli import cli
sys.exit(cli(prog_name="sqlite-utils"))
"""


def sqlite_utils() -> list[str]:
    """Give the command `sqlite-utils` as it starts where it is installed alone."""
    if not OTHERS.with_name("sqlite-utils").exists():
        sys.exit("sqlite-utils is not installed beside: make .venv-bench/installed")
    return [str(OTHERS), "-c", _WITHOUT_NUMPY]


def apart(module: str, step: str, *arguments: str, python: Path | None = None) -> dict[str, Any]:
    """Run a step of a bench module in a new process; give what it measured and its peak memory."""
    command = [str(python or sys.executable), "-m", module, step, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


def one_core() -> None:
    """Keep this process, and those it starts, to one core, where the system can do that."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def peak_mb() -> float:
    """Give the largest resident size of this process so far, in MB.

    Linux hands the figure of `getrusage` on from the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        found = re.search(r"^VmHWM:\s*(\d+)", status.read_text(), re.MULTILINE)
        if found:
            return int(found[1]) * 1024 / 1e6
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def cpu_seconds() -> float:
    """Give the processor's time that this process and those it waited for have used, in seconds."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def folder_mb(folder: Path) -> float:
    """Give the size of all files below a folder, in MB."""
    return sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6


def run_step(steps: dict[str, Callable[..., dict[str, Any]]]) -> bool:
    """If this process was started for one step, run it, print what it measured, and say so."""
    if len(sys.argv) < 2:
        return False
    name, *arguments = sys.argv[1:]
    print(json.dumps({**steps[name](*arguments), "peak_mb": peak_mb()}))
    return True
