"""None of our own code runs what it reads; ruff's S rules are on, and each exception says why."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("commands", "db", "ingest", "library", "migrations", "search", "terminal")
FORBIDDEN = {
    "eval", "exec", "compile", "__import__", "os.system", "os.popen", "pickle.load", "pickle.loads", "marshal.load",
    "marshal.loads", "shelve.open", "tempfile.mktemp", "yaml.unsafe_load", "yaml.full_load", "input",
}  # fmt: skip
ALLOWED = {
    # A subclass of SafeLoader that takes no aliases.
    ("ingest/front_matter.py", "yaml.load"),
    # An Unpickler that makes nothing but an index's segments.
    ("search/whoosh_pickles.py", "pickle"),
}
_WITHOUT_REASON = re.compile(r"noqa: S(?!101)\d{3}\s*$", re.MULTILINE)


def sources() -> Iterator[Path]:
    yield from (ROOT / name for name in ("accession.py", "article.py", "cli.py"))
    for room in ROOMS:
        yield from sorted((ROOT / room).rglob("*.py"))


def dangers(path: Path) -> Iterator[str]:
    """Name what a module does that could run what it reads."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in FORBIDDEN or called == "yaml.load":
                yield called
            if any(one.arg == "shell" for one in node.keywords):
                yield "shell="
        if isinstance(node, ast.Import | ast.ImportFrom):
            names = {alias.name for alias in node.names} | {str(getattr(node, "module", ""))}
            yield from names & {"pickle", "marshal", "shelve", "dill"}


@pytest.mark.parametrize("path", list(sources()), ids=lambda path: str(path.relative_to(ROOT)))
def test_nothing_that_is_read_can_be_run(path: Path) -> None:
    name = path.relative_to(ROOT).as_posix()
    text = path.read_text("utf-8")
    assert {(name, danger) for danger in dangers(path)} <= ALLOWED
    without = [line for line in text.splitlines() if _WITHOUT_REASON.search(line)]
    assert [line for line in without if "yaml.load" not in line] == []
