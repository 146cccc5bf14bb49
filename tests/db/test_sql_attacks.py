"""Nothing a query says can change the library, make a file, or run past its limits."""

import hashlib
import time
from pathlib import Path

import pytest

from db.errors import SqlError
from db.sql import run
from db.store import Store
from tests.db.making import HARBOUR, ORCHARD, article, outcomes, reading

SECONDS = 0.5
ATTACKS = """
INSERT INTO articles (headline) VALUES ('x')
INSERT INTO articles (headline) VALUES ('x') RETURNING id
INSERT OR REPLACE INTO settings VALUES ('library_id', 'x')
REPLACE INTO settings VALUES ('library_id', 'x')
WITH a AS (SELECT 1) INSERT INTO tags SELECT 1, 'x' FROM a
UPDATE articles SET headline = 'x'
UPDATE articles SET headline = 'x' RETURNING *
DELETE FROM articles
DELETE FROM articles RETURNING id
EXPLAIN DELETE FROM articles
EXPLAIN QUERY PLAN UPDATE articles SET headline = 'x'
DROP TABLE articles
DROP VIEW current_articles
DROP TRIGGER paragraphs_fts_insert
DROP INDEX ix_articles_site
CREATE TABLE x (a)
CREATE TABLE x AS SELECT * FROM articles
CREATE TEMP TABLE x (a)
CREATE TEMP TABLE x AS SELECT 1
CREATE VIEW x AS SELECT 1
CREATE TEMP VIEW x AS SELECT 1
CREATE INDEX x ON articles (headline)
CREATE TRIGGER x AFTER INSERT ON tags BEGIN DELETE FROM tags; END
CREATE TEMP TRIGGER x AFTER INSERT ON tags BEGIN DELETE FROM tags; END
CREATE VIRTUAL TABLE x USING fts5(a)
CREATE VIRTUAL TABLE temp.x USING fts5vocab('main', 'paragraphs_fts', 'row')
CREATE VIRTUAL TABLE x USING csv(filename='/etc/passwd')
ALTER TABLE articles ADD COLUMN x
ALTER TABLE articles RENAME TO x
ALTER TABLE articles RENAME COLUMN headline TO x
ALTER TABLE articles DROP COLUMN headline
ATTACH '{folder}/made.db' AS made
ATTACH DATABASE 'file:{folder}/made.db?mode=rwc' AS made
ATTACH ':memory:' AS made
ATTACH '{folder}/cuttings.db' AS made
DETACH main
VACUUM
VACUUM main
VACUUM INTO '{folder}/made.db'
VACUUM INTO 'file:{folder}/made.db?mode=rwc'
REINDEX
ANALYZE
BEGIN
BEGIN IMMEDIATE
BEGIN EXCLUSIVE
COMMIT
ROLLBACK
SAVEPOINT x
RELEASE x
PRAGMA writable_schema = ON
PRAGMA query_only = OFF
PRAGMA trusted_schema = ON
PRAGMA journal_mode = DELETE
PRAGMA journal_mode
PRAGMA user_version = 7
PRAGMA application_id = 7
PRAGMA wal_checkpoint(TRUNCATE)
PRAGMA hard_heap_limit = 99999999999
PRAGMA soft_heap_limit = 0
PRAGMA temp_store_directory = '{folder}'
PRAGMA data_store_directory = '{folder}'
PRAGMA incremental_vacuum
PRAGMA optimize
PRAGMA main.data_version = 1; DELETE FROM articles
SELECT * FROM pragma_writable_schema
SELECT * FROM pragma_journal_mode('delete')
SELECT * FROM pragma_database_list
SELECT name, sum(pgsize) FROM dbstat GROUP BY name
SELECT * FROM sqlite_stmt
SELECT * FROM sqlite_dbpage
SELECT * FROM fsdir('/')
SELECT * FROM generate_series(1, 1000000000000)
SELECT load_extension('{folder}/x.so')
SELECT load_extension('libm.so.6')
SELECT writefile('{folder}/made.txt', 'x')
SELECT readfile('/etc/passwd')
SELECT edit('x', 'touch {folder}/made.txt')
SELECT fts3_tokenizer('simple')
SELECT fts5(NULL)
SELECT sqlite_rename_table('main', 'articles', 'x', 'y', 0, 0)
SELECT sqlite_compileoption_get(1)
SELECT last_insert_rowid()
INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('delete-all')
INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('rebuild')
INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('optimize')
INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('integrity-check')
INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES ('pgsz', 32)
INSERT INTO paragraphs_fts (paragraphs_fts, rowid, text) VALUES ('delete', 1, 'x')
DELETE FROM paragraphs_fts
UPDATE paragraphs_fts_config SET v = 1
DELETE FROM paragraphs_fts_data
UPDATE sqlite_master SET sql = 'x'
UPDATE sqlite_sequence SET seq = 0
DELETE FROM alembic_version
SELECT 1; DROP TABLE articles
SELECT 1; ATTACH '{folder}/made.db' AS made
SELECT hex(zeroblob(1000000000))
SELECT randomblob(2000000000)
SELECT length(replace(hex(replace(printf('%60000000s', ''), ' ', 'aaaa')), '6', 'zzzz'))
SELECT group_concat(hex(text)) FROM paragraphs, (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT instr(replace(printf('%30000000s', ''), ' ', 'a'), replace(printf('%9000000s', ''), ' ', 'a') || 'b')
SELECT replace(printf('%30000000s', ''), ' ', 'a') LIKE replace(printf('%3000s', ''), ' ', '%a') || 'b'
SELECT replace(printf('%30000000s', ''), ' ', 'a') GLOB replace(printf('%3000s', ''), ' ', '*a') || 'b'
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c
WITH RECURSIVE c(n) AS (SELECT 1 UNION SELECT n + 1 FROM c) SELECT max(n) FROM c
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c ORDER BY n
WITH RECURSIVE c(t) AS (SELECT 'a' UNION ALL SELECT t || t FROM c) SELECT max(length(t)) FROM c
SELECT count(*) FROM paragraphs_fts_data a, paragraphs b, paragraphs c, paragraphs d, paragraphs e, paragraphs f, paragraphs g, paragraphs h, paragraphs i, paragraphs j, paragraphs k, paragraphs l, paragraphs m, paragraphs n, paragraphs o
"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a library two articles large, in the state a first reader leaves it in."""
    path = tmp_path_factory.mktemp("library") / "cuttings.db"
    store = Store(path, path.with_name("write.lock"))
    outcomes(store, reading(article(*HARBOUR)), reading(article(*ORCHARD), "/b.txt"))
    store.close()
    list(run(path, "SELECT 1"))
    return path


def state(folder: Path) -> dict[str, str]:
    """Give the folder's files with what is in them; WAL's shared memory is a lock, not content."""
    files = {one.name: one for one in sorted(folder.iterdir())}
    return {
        name: "" if name.endswith("-shm") else hashlib.sha256(one.read_bytes()).hexdigest()
        for name, one in files.items()
    }


@pytest.mark.parametrize("attack", ATTACKS.strip().splitlines())
def test_an_attack_is_refused_and_changes_nothing(library: Path, attack: str) -> None:
    before = state(library.parent)
    begin = time.monotonic()
    with pytest.raises(SqlError) as caught:
        list(
            run(
                library,
                attack.replace("{folder}", str(library.parent)),
                seconds=SECONDS,
                max_rows=1000,
            )
        )
    assert time.monotonic() - begin < SECONDS + 1.5
    assert "\n" not in str(caught.value)
    assert state(library.parent) == before


def test_the_library_still_answers_after_all_that(library: Path) -> None:
    assert list(run(library, "SELECT count(*) FROM paragraphs_fts('fish OR frost')")) == [(3,)]


def test_what_an_attack_names_is_said(library: Path) -> None:
    with pytest.raises(SqlError, match="only reads: ATTACH is not allowed"):
        run(library, "ATTACH 'x' AS y")
    with pytest.raises(SqlError, match=r"only reads: the function load_extension\(\) is not"):
        run(library, "SELECT load_extension('x')")
