"""What `schema` says is what is there: every table, view and column, none missing, none made up."""

from pathlib import Path

from db.describe import Described, describe
from db.store import Store
from tests.db.making import query

OWN = "name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name NOT LIKE 'paragraphs\\_fts\\__%' ESCAPE '\\'"


def columns(path: Path, name: str) -> list[tuple[str, str]]:
    """Give a table's columns with their types; an expression in a view and FTS5 have none."""
    return [(row[1], row[2]) for row in query(path, f"PRAGMA table_info({name})")]


def test_every_table_and_view_is_described(store: Store, path: Path) -> None:
    sql = f"SELECT name FROM sqlite_master WHERE type IN ('table', 'view') AND {OWN}"
    there = {name for (name,) in query(path, sql)} - {"alembic_version"}
    described = [table.name for table in describe()]
    assert len(described) == len(set(described))
    assert set(described) == there


def test_every_column_is_described_with_its_type(store: Store, path: Path) -> None:
    for table in describe():
        there = columns(path, table.name)
        assert sorted(c.name for c in table.columns) == sorted(name for name, _ in there)
        types = {column.name: column.type for column in table.columns}
        assert {name: types[name] for name, kind in there if kind} == {n: k for n, k in there if k}
        assert set(types.values()) <= {"TEXT", "INTEGER", "BLOB"}


def test_every_table_and_column_has_its_words() -> None:
    silent = [
        f"{table.name}.{column.name}"
        for table in describe()
        for column in table.columns
        if len(column.comment) < 5
    ]
    assert silent == []
    assert [table.name for table in describe() if not table.about.endswith(".")] == []


def test_what_people_ask_first_stands_in_front() -> None:
    first: list[Described] = describe()[:5]
    assert [(table.name, table.kind) for table in first] == [
        ("current_articles", "view"),
        ("current_paragraphs", "view"),
        ("paragraphs_fts", "full text"),
        ("families", "view"),
        ("articles", "table"),
    ]
