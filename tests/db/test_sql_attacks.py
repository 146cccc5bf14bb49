"""Nothing a query says can change the library, make a file, or run past its limits.

All of these attacks are put to the process that people use by `make test-reliability`; here most meet its
gate in this process, which is faster.
"""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

import pytest

from db.errors import SqlError
from db.reader import Reader
from db.sql import run
from db.sql_child import open_database, shut
from db.store import Store
from tests.db.attacks import attacks, spelt, state
from tests.db.making import HARBOUR, ORCHARD, article, outcomes, reading

SECONDS = 0.25
NOTHING = {"/* unclosed", "--", ";", "VACUUM temp", "REINDEX NOCASE"}
"""Statements that do nothing here and give nothing, which the command refuses itself."""
MEMORY = 256 * 1024 * 1024


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a library two articles large, in the state a first reader leaves it in."""
    path = tmp_path_factory.mktemp("library") / "cuttings.db"
    store = Store(path, path.with_name("write.lock"))
    outcomes(store, reading(article(*HARBOUR)), reading(article(*ORCHARD), "/b.txt"))
    store.close()
    list(run(path, "SELECT 1"))
    return path


@pytest.fixture(scope="module")
def uri(library: Path) -> str:
    reader = Reader(library)
    reader.close()
    return reader.uri


def test_there_are_three_hundred() -> None:
    every = [*attacks("refused"), *attacks("endless"), *attacks("answered")]
    assert len(set(every)) == len(every) >= 300


@pytest.mark.parametrize("attack", attacks("refused"))
def test_an_attack_does_not_pass_the_gate_and_changes_nothing(
    library: Path, uri: str, attack: str
) -> None:
    before = state(library.parent)
    connection = open_database(uri, MEMORY)
    try:
        shut(connection, MEMORY)
        if attack in NOTHING:
            assert connection.execute(attack).description is None
        else:
            with pytest.raises((sqlite3.Error, sqlite3.Warning, ValueError)):
                connection.execute(spelt(attack, library.parent))
    finally:
        connection.close()
    assert state(library.parent) == before


@pytest.mark.parametrize("attack", attacks("refused")[::20])
def test_an_attack_is_refused_in_a_line_and_changes_nothing(library: Path, attack: str) -> None:
    before = state(library.parent)
    with pytest.raises(SqlError) as caught:
        list(run(library, spelt(attack, library.parent), max_rows=1000))
    assert "\n" not in str(caught.value)
    assert state(library.parent) == before


@pytest.mark.parametrize("attack", attacks("endless")[::4])
def test_what_would_not_end_is_stopped(library: Path, attack: str) -> None:
    begin = time.monotonic()
    with pytest.raises(SqlError):
        list(run(library, spelt(attack, library.parent), seconds=SECONDS, max_rows=1000))
    assert time.monotonic() - begin < SECONDS + 1.5


def test_the_library_still_answers_after_all_that(library: Path) -> None:
    assert list(run(library, "SELECT count(*) FROM paragraphs_fts('fish OR frost')")) == [(3,)]


def test_what_an_attack_names_is_said(library: Path) -> None:
    with pytest.raises(SqlError, match="only reads: ATTACH is not allowed"):
        run(library, "ATTACH 'x' AS y")
    with pytest.raises(SqlError, match=r"only reads: the function load_extension\(\) is not"):
        run(library, "SELECT load_extension('x')")
