"""Starting is part of speed: what a command does not need is not imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.transcript import Desk

HEAVY = {
    "sqlalchemy",
    "alembic",
    "rich",
    "yaml",
    "markdown_it",
    "charset_normalizer",
    "pycld2",
    "pydantic",
}


def imported(desk: Desk, *command: str) -> set[str]:
    """Give the packages a command imported, by the interpreter's own account."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "cli", *command],
        cwd=desk.home / "papers", env=desk.environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    lines = [line for line in done.stderr.splitlines() if line.startswith("import time:")]
    return {line.rpartition("|")[2].strip().partition(".")[0] for line in lines}


@pytest.mark.parametrize("command", [["search", "ferry"], ["show", "1"], ["list"], ["--help"]])
def test_reading_commands_import_nothing_that_only_writing_needs(
    desk: Desk, command: list[str]
) -> None:
    packages = imported(desk, *command)
    assert "typer" in packages
    assert packages & HEAVY == set()


def test_help_opens_no_library(desk: Desk) -> None:
    assert {"whoosh", "sqlite3", "library"} & imported(desk, "--help") == set()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    made = Desk.new(tmp_path_factory.mktemp("home"))
    assert made.run("cuttings ingest examples").returncode == 0
    return made
