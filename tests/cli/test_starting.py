"""Starting is part of speed: what a command does not need is not imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from cli import COMMANDS, load
from tests.transcript import Desk

HEAVY = {
    *("sqlalchemy", "alembic", "mako", "rich", "pydantic", "numpy", "rapidfuzz", "tantivy"),
    *("yaml", "markdown_it", "charset_normalizer", "pycld2", "lxml", "trafilatura", "htmldate"),
    *("docx", "pypdfium2", "striprtf"),
    *("asyncio", "concurrent", "csv", "email", "http", "logging", "multiprocessing", "ssl"),
}
TELLING = """
import atexit, sys
atexit.register(lambda: print(*sys.modules, file=sys.stderr))
import cli
cli.main()
"""
READING = {
    "show": ["show", "1"],
    "list": ["list"],
    "search": ["search", "ferry"],
    "help": ["--help"],
}


@pytest.mark.parametrize("command", READING)
def test_reading_commands_import_nothing_that_only_writing_needs(
    started: dict[str, set[str]], command: str
) -> None:
    assert "typer" in started[command]
    assert packages(started[command]) & HEAVY == set()


def test_help_opens_no_library(started: dict[str, set[str]]) -> None:
    assert packages(started["help"]) & {"whoosh", "sqlite3", "library"} == set()


@pytest.mark.parametrize("command", ["show", "list"])
def test_what_asks_no_index_imports_no_engine(started: dict[str, set[str]], command: str) -> None:
    assert packages(started[command]) & {"whoosh", "Stemmer"} == set()
    assert of_package(started[command], "search") == {"search", "search.errors"}
    assert "library.indexing" not in started[command]


def test_a_search_imports_nothing_of_writing_and_mending(started: dict[str, set[str]]) -> None:
    without = {"db.store", "db.tables", "ingest.sources", "library.overview", "library.explaining",
               "library.concordance", "search.whoosh_writer", "search.whoosh_segment_writer",
               "whoosh.writing", "whoosh.searching", "whoosh.query"}  # fmt: skip
    assert started["search"] & without == set()


def test_a_search_whose_words_are_all_known_imports_nothing_that_looks_for_others(
    started: dict[str, set[str]],
) -> None:
    assert (
        started["search"] & {"library.suggesting", "search.suggesting", "search.likeness"} == set()
    )


@pytest.mark.parametrize(("command", "module"), [("show", "looking"), ("search", "searching")])
def test_a_command_imports_no_other_commands_but_its_neighbours(
    started: dict[str, set[str]], command: str, module: str
) -> None:
    own = {"commands", "commands.app", f"commands.{module}"}
    assert of_package(started[command], "commands") == own


def test_every_command_is_listed_with_its_module() -> None:
    app = load([])
    found: dict[str, set[str]] = {}
    for command in app.registered_commands:
        assert command.callback is not None
        name = command.name or command.callback.__name__
        found.setdefault(command.callback.__module__, set()).add(name)
    for group in app.registered_groups:
        assert group.typer_instance is not None
        assert group.name is not None
        (module,) = {
            one.callback.__module__
            for one in group.typer_instance.registered_commands
            if one.callback
        }
        found.setdefault(module, set()).add(group.name)
    assert found == {module: set(names) for module, names in COMMANDS.items()}


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


def of_package(modules: set[str], package: str) -> set[str]:
    return {name for name in modules if name.partition(".")[0] == package}


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> dict[str, set[str]]:
    """Give what each command imported, by the interpreter's own account."""
    desk = Desk.new(tmp_path_factory.mktemp("home"))
    assert desk.run("cuttings ingest examples").returncode == 0
    return {name: imported(desk, *command) for name, command in READING.items()}


def imported(desk: Desk, *command: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", TELLING, *command],
        cwd=desk.home / "papers", env=desk.environment(), capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(done.stderr.splitlines()[-1].split())
