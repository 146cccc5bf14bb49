"""The history of the tables: every step up and down, whole or not at all."""

import hashlib
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.exc import OperationalError

import migrations
from db import migrate as migrating
from db.connect import make_engine
from db.errors import DatabaseNewer
from db.migrate import migrate
from db.reader import SCHEMA, Reader
from db.store import Store
from db.tables import Base
from db.views import FULL_TEXT, TRIGGERS, VIEWS
from tests.db.making import HARBOUR, ORCHARD, article, dump, outcomes, query, reading, texts

STEPS = Path(str(migrations.__file__)).parent
FILLED = Path(__file__).with_name("filled")


@pytest.fixture
def connection(path: Path) -> Iterator[Connection]:
    engine = make_engine(path)
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def schema(connection: Connection) -> dict[str, str]:
    """Give the SQL of all that is in the database, by name, without FTS5's own tables."""
    sql = "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL"
    rows = connection.exec_driver_sql(sql)
    return {
        name: text
        for name, text in rows
        if not name.startswith("paragraphs_fts_") or name in TRIGGERS
    }


def steps() -> list[str]:
    """Give the numbers of the steps, oldest first."""
    scripts = ScriptDirectory(str(STEPS))
    return [step.revision for step in scripts.walk_revisions()][::-1]


def test_an_empty_database_is_taken_to_tables_equal_to_the_mappings(connection: Connection) -> None:
    with connection.begin():
        assert migrate(connection)
        options = {"include_object": lambda _, name, *__: not name.startswith("paragraphs_fts")}
        context = MigrationContext.configure(connection, opts={"compare_type": True, **options})
        assert compare_metadata(context, Base.metadata) == []


def test_views_triggers_and_full_text_are_those_the_program_knows(connection: Connection) -> None:
    with connection.begin():
        migrate(connection)
        found = schema(connection)
    known = {**VIEWS, **TRIGGERS, "paragraphs_fts": FULL_TEXT}
    assert {name: found.get(name) for name in known} == known
    others = found.keys() - known.keys() - Base.metadata.tables.keys() - {"alembic_version"}
    assert {name for name in others if not name.startswith("ix_")} == {"sqlite_sequence"}


def test_ids_are_never_used_again_by_the_tables_own_word(connection: Connection) -> None:
    with connection.begin():
        migrate(connection)
        found = schema(connection)
    assert "AUTOINCREMENT" in found["articles"]
    assert "AUTOINCREMENT" in found["index_queue"]
    assert "WITHOUT ROWID" in found["identities"]


def test_the_reader_expects_the_newest_step() -> None:
    assert ScriptDirectory(str(STEPS)).get_current_head() == SCHEMA


def test_all_steps_back_leave_an_empty_database(connection: Connection) -> None:
    with connection.begin():
        migrate(connection)
    with connection.begin():
        migrate(connection, "base")
        assert schema(connection).keys() <= {"alembic_version", "sqlite_sequence"}
    with connection.begin():
        assert migrate(connection)


def test_a_filled_library_goes_all_steps_back_and_forth(store: Store, path: Path) -> None:
    harbour = article(*HARBOUR, url="https://example.org/a", tags=("port",))
    outcomes(store, reading(harbour), reading(article(*ORCHARD), "/b.txt"))
    store.remove([2])
    for _ in steps():
        with store.transaction() as connection:
            migrate(connection, "-1")
    with store.transaction() as connection:
        migrate(connection)
    assert [one.outcome.value for one in store.record([reading(harbour)])] == ["added"]


@pytest.mark.parametrize("step", steps())
def test_a_library_filled_at_any_step_reaches_the_newest_with_all_it_held(
    path: Path, connection: Connection, step: str
) -> None:
    """Every step has a script in `filled/` that fills the tables as they were then."""
    with connection.begin():
        migrate(connection, step)
    raw = sqlite3.connect(path)
    raw.executescript((FILLED / f"{step}.sql").read_text("utf-8"))
    raw.close()
    with connection.begin():
        migrate(connection)
    assert texts(path, 1) == ["The ferry ran aground at dawn.", "Nobody was hurt."]
    assert query(path, "SELECT count(*) FROM revision_paragraphs") == [(1,)]
    found = "SELECT rowid FROM paragraphs_fts WHERE paragraphs_fts MATCH 'aground'"
    assert query(path, found) == [(1,)]
    assert query(path, "PRAGMA foreign_key_check") == []
    assert query(path, "PRAGMA integrity_check") == [("ok",)]


def test_what_failed_last_is_taken_from_the_log(path: Path, connection: Connection) -> None:
    with connection.begin():
        migrate(connection, "0002")
    raw = sqlite3.connect(path)
    tries = [
        ("/a.txt", None, "failed", "empty", "it is empty"),
        ("/b.jsonl", "line 1", "failed", "malformed", "not JSON"),
        ("/b.jsonl", "line 2", "failed", "malformed", "not JSON"),
        ("/b.jsonl", "line 1", "added", None, None),
        ("/c.txt", None, "failed", "not-found", "no such file or folder"),
        ("-", None, "failed", "empty", "it is empty"),
    ]
    raw.executemany(
        "INSERT INTO ingests (at, location, item, outcome, reason, detail, warnings) "
        "VALUES ('2023-03-14T08:00:00Z', ?, ?, ?, ?, ?, '[]')",
        tries,
    )
    raw.commit()
    raw.close()
    with connection.begin():
        migrate(connection)
    assert query(path, "SELECT * FROM failures ORDER BY location") == [
        ("/a.txt", "", "empty", "it is empty", "2023-03-14T08:00:00Z"),
        ("/b.jsonl", "line 2", "malformed", "not JSON", "2023-03-14T08:00:00Z"),
    ]


def test_a_step_that_fails_leaves_nothing_behind(
    store: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    before, tables = dump(path), query(path, "SELECT name, sql FROM sqlite_master")
    _add_step(tmp_path / "history", "half_way", 'op.execute("SELECT * FROM no_such_table")')
    monkeypatch.setattr(migrating, "find_spec", lambda _: _Spec(tmp_path / "history"))
    with pytest.raises(OperationalError, match="no_such_table"), store.engine.begin() as connection:
        migrate(connection)
    assert query(path, "SELECT name, sql FROM sqlite_master") == tables
    assert dump(path) == before


class _Spec:
    """Where a package of migrations is, as `find_spec` says it."""

    def __init__(self, folder: Path) -> None:
        self.origin = str(folder / "__init__.py")


def _add_step(folder: Path, name: str, last: str) -> None:
    """Copy the history and add a step that changes tables and rows, then does `last`."""
    shutil.copytree(STEPS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / f"versions/9999_{name}.py").write_text(
        "import sqlalchemy as sa\n"
        "from alembic import op\n"
        f"revision, down_revision = '9999', '{SCHEMA}'\n"
        "branch_labels = depends_on = None\n"
        "def upgrade():\n"
        "    op.create_table('extra', sa.Column('id', sa.Integer(), primary_key=True))\n"
        "    op.add_column('articles', sa.Column('mood', sa.Text()))\n"
        "    op.execute('DELETE FROM paragraphs')\n"
        f"    {last}\n"
        "def downgrade():\n"
        "    op.drop_column('articles', 'mood')\n"
        "    op.drop_table('extra')\n",
        "utf-8",
    )


def test_the_step_that_fails_would_have_changed_something(
    store: Store, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _add_step(tmp_path / "history", "whole", "pass")
    monkeypatch.setattr(migrating, "find_spec", lambda _: _Spec(tmp_path / "history"))
    with store.engine.begin() as connection:
        assert migrate(connection)
    assert query(path, "SELECT name FROM sqlite_master WHERE name = 'extra'") == [("extra",)]


def test_a_library_of_a_newer_program_is_refused_and_untouched(store: Store, path: Path) -> None:
    outcomes(store, reading(article(*HARBOUR)))
    store.close()
    raw = sqlite3.connect(path)
    raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.commit()
    raw.execute("PRAGMA journal_mode = DELETE")  # which opening it for writing would change
    raw.close()
    before = hashlib.sha256(path.read_bytes()).digest()
    with pytest.raises(DatabaseNewer, match="9999"):
        Store(path, path.with_name("write.lock"))
    with pytest.raises(DatabaseNewer, match="newer version"):
        Reader(path)
    assert hashlib.sha256(path.read_bytes()).digest() == before
    assert {one.name for one in path.parent.iterdir()} == {"cuttings.db", "write.lock"}


def test_migrating_refuses_a_step_it_does_not_know(store: Store) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(DatabaseNewer), store.transaction() as connection:
        migrate(connection)


def test_two_processes_may_open_an_empty_library_at_once(path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from db.store import Store\n"
        "Store(Path(sys.argv[1]), Path(sys.argv[2])).close()"
    )
    command = [sys.executable, "-c", program, str(path), str(path.with_name("write.lock"))]
    both = [subprocess.Popen(command, cwd=STEPS.parent) for _ in range(2)]
    assert [one.wait(60) for one in both] == [0, 0]
    assert query(path, "SELECT version_num FROM alembic_version") == [(SCHEMA,)]
    assert query(path, "SELECT count(*) FROM settings WHERE key = 'library_id'") == [(1,)]


def test_what_was_removed_before_there_was_a_log_of_it_is_in_the_log(
    path: Path, connection: Connection
) -> None:
    with connection.begin():
        migrate(connection, "0006")
    raw = sqlite3.connect(path)
    raw.executescript((FILLED / "0006.sql").read_text("utf-8"))
    raw.close()
    with connection.begin():
        migrate(connection)
    found = query(path, "SELECT article_id, at, action FROM removals")
    assert found == [(2, "2023-03-16T08:00:00Z", "removed")]
