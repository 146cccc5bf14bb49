"""The walls between the rooms stand: who may import whom, and where the libraries are seen."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

ROOT = Path(__file__).resolve().parent.parent
MAY_IMPORT: dict[str, set[str]] = {
    "article": set(),
    "accession": {"article"},
    "cli": {"commands", "terminal"},
    "commands": {"accession", "article", "library", "terminal"},
    "terminal": {"accession", "article", "library"},
    "library": {"accession", "article", "db", "search", "ingest"},
    "db": {"accession", "article"},
    "search": {"article"},
    "ingest": {"accession", "article"},
    "migrations": set(),
}
ONLY_IN = {
    "sqlalchemy": {"db", "migrations"},
    "alembic": {"db", "migrations"},
    "whoosh": {"search"},
    "tantivy": {"search"},
    "typer": {"commands", "terminal"},
    "rich": {"terminal"},
    "yaml": {"ingest"},
    "markdown_it": {"ingest"},
    "backports": {"ingest"},
    "bibtexparser": {"ingest"},
    "brotli": {"ingest"},
    "charset_normalizer": {"ingest"},
    "docx": {"ingest"},
    "htmldate": {"ingest"},
    "lxml": {"ingest"},
    "odfdo": {"ingest"},
    "pycld2": {"ingest"},
    "pylatexenc": {"ingest"},
    "pypdfium2": {"ingest"},
    "striprtf": {"ingest"},
    "trafilatura": {"ingest"},
    "urllib3": {"ingest"},
    "protego": {"ingest"},
    "certifi": {"ingest"},
    "Stemmer": {"search"},
    "numpy": {"db", "search"},
    "rapidfuzz": {"library", "search"},
    "platformdirs": {"library"},
}


NETWORK = {"socket", "ssl", "http", "ftplib", "smtplib", "asyncio", "urllib3", "certifi"}
NETWORK |= {"urllib.request", "urllib.robotparser", "httpx", "requests", "socketserver"}
"""What opens a connection, or is there for those who do."""


def modules() -> list[ParameterSet]:
    rooms = [path for room in MAY_IMPORT for path in sorted((ROOT / room).rglob("*.py"))]
    found = [(path, path.relative_to(ROOT)) for path in [*sorted(ROOT.glob("*.py")), *rooms]]
    return [
        pytest.param(path, name.parts[0].removesuffix(".py"), id=str(name)) for path, name in found
    ]


def imported(path: Path) -> Iterator[str]:
    """Give the names of the packages a module imports at run time, not for its types alone."""
    yield from (name.partition(".")[0] for name in imported_modules(path))


def imported_modules(path: Path) -> Iterator[str]:
    """Give the full names of what a module imports at run time."""
    tree = ast.parse(path.read_text("utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING":
            node.body = [ast.Pass()]
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports relatively"
            yield node.module or ""


@pytest.mark.parametrize(("path", "room"), modules())
def test_a_room_imports_only_what_it_may(path: Path, room: str) -> None:
    ours = {name for name in imported(path) if name in MAY_IMPORT} - {room}
    assert ours <= MAY_IMPORT[room]


@pytest.mark.parametrize(("path", "room"), modules())
def test_a_library_is_seen_only_in_its_room(path: Path, room: str) -> None:
    strays = {name for name in imported(path) if room not in ONLY_IN.get(name, {room})}
    assert not strays


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_an_engine_is_seen_only_in_its_own_modules(engine: str) -> None:
    seen = {path.name for path in (ROOT / "search").glob("*.py") if engine in set(imported(path))}
    assert seen
    assert all(name.startswith(f"{engine}_") for name in seen)


def test_only_what_fetches_may_open_a_connection() -> None:
    rooms = [path for room in MAY_IMPORT for path in (ROOT / room).rglob("*.py")]
    others = [path for path in rooms if not path.is_relative_to(ROOT / "ingest" / "fetch")]
    telling = re.compile("|".join(NETWORK))
    suspects = [path for path in others if telling.search(path.read_text("utf-8"))]
    opening = [path for path in suspects if NETWORK & {*imported(path), *imported_modules(path)}]
    assert opening == []
    assert any(NETWORK & set(imported(path)) for path in (ROOT / "ingest/fetch").glob("*.py"))
