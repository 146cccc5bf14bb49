"""Tables of hits beside the library's own: readable like them, and nothing else is let through."""

import itertools
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from db import sql
from db.errors import SqlError
from db.hit_tables import HitRow
from db.sql import run
from db.store import Store
from tests.db.attacks import state
from tests.db.making import HARBOUR, ORCHARD, article, outcomes, reading
from tests.db.test_sql import WITH_PS, children

HITS: dict[str, list[HitRow]] = {
    "h": [(1, 1, 2.5), (1, 3, 0.125), (2, None, 1.0)],
    "frost_2": [(2, 1, 4.0), (2, 2, 3.0)],
}


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a database of two articles, closed."""
    path = tmp_path_factory.mktemp("library") / "cuttings.db"
    store = Store(path, path.with_name("write.lock"))
    first = article(*HARBOUR, headline="Market closes")
    outcomes(store, reading(first), reading(article(*ORCHARD, headline="Frost"), "/b.txt"))
    store.close()
    return path


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * FROM h ORDER BY score", [(1, 3, 0.125), (2, None, 1.0), (1, 1, 2.5)]),
        ("SELECT * FROM temp.frost_2 LIMIT 1", [(2, 1, 4.0)]),
        (
            "SELECT headline, count(ordinal) FROM h JOIN articles ON articles.id = h.article_id"
            " GROUP BY article_id ORDER BY article_id",
            [("Market closes", 2), ("Frost", 0)],
        ),
        (
            "SELECT p.text FROM h JOIN paragraphs AS p USING (article_id, ordinal) ORDER BY score",
            [(HARBOUR[2],), (HARBOUR[0],)],
        ),
        ("SELECT ordinal FROM frost_2 WHERE article_id IN (SELECT article_id FROM h)", [(1,), (2,)]),
        ("SELECT id FROM articles AS a WHERE NOT EXISTS (SELECT 1 FROM frost_2 WHERE article_id = a.id)", [(1,)]),
        ("SELECT typeof(article_id), typeof(ordinal), typeof(score) FROM h WHERE article_id = 2", [("integer", "null", "real")]),
        ("WITH h AS (SELECT 7 AS n) SELECT n FROM h", [(7,)]),
    ],
)  # fmt: skip
def test_a_table_of_hits_is_read_like_any_other(
    library: Path, query: str, expected: list[tuple[object, ...]]
) -> None:
    assert list(run(library, query, hits=HITS)) == expected


def test_a_table_without_hits_is_empty(library: Path) -> None:
    assert list(run(library, "SELECT count(*), max(score) FROM h", hits={"h": []})) == [(0, None)]


def test_a_name_that_is_a_word_of_sql_is_quoted(library: Path) -> None:
    assert list(run(library, 'SELECT count(*) FROM "order"', hits={"order": HITS["h"]})) == [(3,)]


def test_a_table_is_gone_with_its_query(library: Path) -> None:
    list(run(library, "SELECT 1", hits=HITS))
    with pytest.raises(SqlError, match="no such table: h"):
        run(library, "SELECT * FROM h")


def many(count: int) -> Iterator[HitRow]:
    return ((n, n % 7 or None, n / 8) for n in range(count))


def test_hundreds_of_thousands_of_hits_go_in_little_memory(library: Path) -> None:
    query = "SELECT count(*), count(ordinal), max(article_id), sum(score) FROM h"
    rows = run(library, query, hits={"h": many(300_000)}, memory=64 * sql.MIB)
    assert list(rows) == [(300_000, 257_142, 299_999, 300_000 * 299_999 / 16)]


def test_the_time_limit_is_for_the_sql_not_for_the_search_before_it(library: Path) -> None:
    def slowly() -> Iterator[HitRow]:
        for row in HITS["h"]:
            time.sleep(0.4)
            yield row

    assert list(run(library, "SELECT count(*) FROM h", hits={"h": slowly()}, seconds=1)) == [(3,)]


@WITH_PS
@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, BrokenPipeError])
def test_a_search_that_fails_on_the_way_ends_the_query(
    library: Path, error: type[BaseException]
) -> None:
    def failing() -> Iterator[HitRow]:
        yield from many(50_000)
        raise error

    with pytest.raises(error):
        run(library, "SELECT * FROM h", hits={"h": failing()})
    assert children() == []


def test_a_query_that_ends_before_it_has_its_tables_says_why(library: Path) -> None:
    with pytest.raises(SqlError, match=r"more (temporary space|than 1 MB)"):
        run(library, "SELECT 1", hits={"h": many(300_000)}, memory=sql.MIB)


@pytest.mark.parametrize(
    "attack",
    """
INSERT INTO h VALUES (1, 1, 1)
INSERT INTO temp.h VALUES (1, 1, 1)
UPDATE h SET score = 0
DELETE FROM h
DROP TABLE h
DROP INDEX "of h"
ALTER TABLE h RENAME TO articles
ALTER TABLE h ADD COLUMN x
CREATE INDEX x ON h (score)
CREATE TEMP TABLE x (a)
CREATE TEMP TABLE x AS SELECT * FROM h
CREATE TEMP VIEW x AS SELECT * FROM h
CREATE TEMP TRIGGER x AFTER INSERT ON h BEGIN DELETE FROM articles; END
CREATE TABLE main.x AS SELECT * FROM h
INSERT INTO articles (id, headline) SELECT article_id, 'x' FROM h
DELETE FROM articles WHERE id IN (SELECT article_id FROM h)
PRAGMA query_only = OFF
PRAGMA temp_store = MEMORY
PRAGMA temp.user_version = 7
SELECT * FROM sqlite_temp_master
SELECT * FROM sqlite_temp_schema
UPDATE sqlite_temp_master SET sql = 'x'
SELECT * FROM h; DELETE FROM h
""".strip().splitlines(),
)
def test_nothing_but_reading_is_let_through_with_hits_there(library: Path, attack: str) -> None:
    list(run(library, "SELECT 1"))
    before = state(library.parent)
    with pytest.raises(SqlError):
        list(run(library, attack, hits=HITS))
    assert state(library.parent) == before
    assert list(run(library, "SELECT count(*) FROM articles")) == [(2,)]


@pytest.mark.parametrize(
    "name",
    ["", "H", "1h", "h h", "h-1", "h;", 'h"', "ü", "h\n", "a" * 65, "temp.h", "main.h"],
)
def test_what_is_no_name_is_refused(library: Path, name: str) -> None:
    with pytest.raises(SqlError, match="is no name for a table"):
        run(library, "SELECT 1", hits={name: HITS["h"]})


@pytest.mark.parametrize(
    "name",
    ["articles", "current_articles", "paragraphs_fts", "paragraphs_fts_data", "alembic_version",
     "json_each", "sqlite_master", "sqlite_sequence", "sqlite_x", "pragma_table_info"],
)  # fmt: skip
def test_no_table_of_hits_stands_in_for_one_that_is_there(library: Path, name: str) -> None:
    with pytest.raises(SqlError, match=f"{name} is a table already"):
        run(library, "SELECT 1", hits={name: HITS["h"]})


def test_a_wrong_name_is_answered_with_those_of_the_hits(library: Path) -> None:
    with pytest.raises(SqlError, match=r"no such table: frost\. Did you mean frost_2"):
        run(library, "SELECT * FROM frost", hits=HITS)
    with pytest.raises(SqlError, match=r"no such column: h\.scor\. Did you mean score"):
        run(library, "SELECT h.scor FROM h", hits=HITS)


def test_rows_of_one_table_never_come_into_another(library: Path) -> None:
    names = [f"t{n}" for n in range(12)]
    hits = {name: many(n * 500) for n, name in enumerate(names)}
    counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in names)
    (row,) = run(library, f"SELECT {counts}", hits=hits)
    assert row == tuple(itertools.islice(itertools.count(0, 500), 12))
