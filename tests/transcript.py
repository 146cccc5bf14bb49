"""Runs what a page shows: `console` blocks of commands, each with the output it must give."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HERE = re.compile(r"<<'(\w+)'$")


@dataclass(frozen=True)
class Step:
    """A command of a page, and what it shows; `[N]` on a last line is an exit code other than 0."""

    command: str
    shown: str


def steps(page: str) -> Iterator[Step]:
    """Give the commands of a page with what each shows."""
    for block in _BLOCK.findall(page):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, shown = part.partition("\n")
            while command.endswith("\\"):
                more, _, shown = shown.partition("\n")
                command = f"{command}\n{more}"
            if here := _HERE.search(command):
                body, end, shown = shown.partition(f"\n{here[1]}\n")
                command = f"{command}\n{body}{end}"
            yield Step(command, shown.rstrip("\n"))


@dataclass(frozen=True)
class Desk:
    """A person's computer: a home, a folder to work in with the samples, and no library yet."""

    home: Path
    programs: Path = Path(sys.executable).parent

    @classmethod
    def new(cls, home: Path, programs: Path | None = None) -> Desk:
        """Set one up; `programs` is a folder whose programs come before those that are installed."""
        shutil.copytree(ROOT / "examples", home / "papers" / "examples")
        shutil.copytree(ROOT / "docs" / "sample", home / "papers" / "sample")
        shutil.copytree(ROOT / "docs" / "formats", home / "papers" / "formats")
        return cls(home, programs or Path(sys.executable).parent)

    def rename(self, name: str, other: str) -> None:
        """Call a web site in the samples by another name."""
        for path in (self.home / "papers" / "formats").glob("*.opml"):
            path.write_text(path.read_text("utf-8").replace(name, other), "utf-8")

    def run(self, command: str, stdin: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run a shell command there; standard error is kept apart."""
        return self._run(command, stdin, subprocess.PIPE)

    def show(self, command: str) -> str:
        """Run a shell command there and give what a person sees of it."""
        done = self._run(command, None, subprocess.STDOUT)
        code = f"\n[{done.returncode}]" if done.returncode else ""
        return done.stdout.rstrip("\n") + code

    def _run(
        self, command: str, stdin: str | None, stderr: int
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            ["/bin/sh", "-c", command],
            cwd=self.home / "papers",
            env=self.environment(),
            input=stdin or "",
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            encoding="utf-8",
            errors="surrogateescape",
            check=False,
            timeout=120,
        )

    def environment(self) -> dict[str, str]:
        """Give the environment of a newcomer: nothing set but a home and a path."""
        installed = str(Path(sys.executable).parent)
        binaries = os.pathsep.join([str(self.programs), installed, os.environ["PATH"]])
        unbuffered = {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "error"}
        return {"HOME": str(self.home), "PATH": binaries, "LANG": "C.UTF-8", **unbuffered}
