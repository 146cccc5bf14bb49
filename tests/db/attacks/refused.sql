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
INSERT INTO current_articles (id) VALUES (7)
INSERT INTO articles DEFAULT VALUES
INSERT INTO articles (headline) SELECT headline FROM articles
INSERT INTO articles (id, headline) VALUES (1, 'x') ON CONFLICT (id) DO UPDATE SET headline = 'x'
INSERT OR IGNORE INTO tags VALUES (1, 'x')
INSERT OR ROLLBACK INTO tags VALUES (1, 'x')
INSERT INTO main.tags VALUES (1, 'x')
INSERT INTO "tags" VALUES (1, 'x')
INSERT INTO [tags] VALUES (1, 'x')
INSERT INTO `tags` VALUES (1, 'x')
insert into TAGS values (1, 'x')
/* */ INSERT INTO tags VALUES (1, 'x')
-- a remark{newline}INSERT INTO tags VALUES (1, 'x')
/* SELECT 1 */ DELETE FROM tags
;DELETE FROM tags
;;;;DELETE FROM tags;;;;
{newline}{tab}{newline}DELETE FROM tags
WITH a AS (SELECT id FROM articles) DELETE FROM articles WHERE id IN (SELECT id FROM a)
WITH a AS (SELECT 1) UPDATE articles SET headline = 'x'
WITH a AS (SELECT 1) REPLACE INTO settings VALUES ('library_id', 'x')
UPDATE OR REPLACE articles SET id = 1
UPDATE articles SET headline = 'x' FROM tags WHERE tags.article_id = articles.id
UPDATE current_articles SET headline = 'x'
UPDATE articles SET headline = 'x' ORDER BY id LIMIT 1
UPDATE originals SET data = zeroblob(10)
UPDATE settings SET value = '../../etc' WHERE key = 'engine'
UPDATE index_queue SET seq = 0
DELETE FROM index_queue
DELETE FROM originals
DELETE FROM ingests ORDER BY id LIMIT 1
DELETE FROM current_articles
DELETE FROM paragraphs_fts_idx
DELETE FROM paragraphs_fts_docsize
DELETE FROM sqlite_master
DELETE FROM sqlite_sequence
DELETE FROM sqlite_temp_master
DELETE FROM sqlite_stat1
EXPLAIN INSERT INTO tags VALUES (1, 'x')
EXPLAIN UPDATE articles SET headline = 'x'
EXPLAIN ATTACH '{folder}/made.db' AS made
EXPLAIN DROP TABLE articles
EXPLAIN PRAGMA journal_mode = DELETE
EXPLAIN QUERY PLAN DELETE FROM articles
EXPLAIN QUERY PLAN CREATE TABLE x (a)
DROP TABLE IF EXISTS articles
DROP TABLE main.articles
DROP TABLE paragraphs_fts
DROP TABLE paragraphs_fts_data
DROP TABLE sqlite_sequence
DROP VIEW IF EXISTS current_articles
DROP TRIGGER IF EXISTS main.paragraphs_fts_delete
CREATE TABLE IF NOT EXISTS x (a)
CREATE TABLE main.x (a)
CREATE TABLE temp.x (a)
CREATE TEMPORARY TABLE x (a)
CREATE TABLE x (a) STRICT
CREATE TABLE x (a PRIMARY KEY) WITHOUT ROWID
CREATE TABLE sqlite_x (a)
CREATE TABLE x AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c
CREATE UNIQUE INDEX x ON articles (headline)
CREATE INDEX x ON articles (abs(random()))
CREATE TEMP TRIGGER x BEFORE UPDATE ON main.articles BEGIN SELECT load_extension('x'); END
CREATE TRIGGER x INSTEAD OF INSERT ON current_articles BEGIN DELETE FROM tags; END
CREATE VIEW x AS SELECT load_extension('x')
CREATE VIRTUAL TABLE x USING fts3(a)
CREATE VIRTUAL TABLE x USING fts4(a, tokenize=simple)
CREATE VIRTUAL TABLE x USING fts5(a, content='articles')
CREATE VIRTUAL TABLE x USING rtree(a, b, c)
CREATE VIRTUAL TABLE x USING rtree_i32(a, b, c)
CREATE VIRTUAL TABLE x USING dbstat(main)
CREATE VIRTUAL TABLE x USING fts3tokenize('simple')
CREATE VIRTUAL TABLE x USING fts4aux(main, paragraphs_fts)
CREATE VIRTUAL TABLE x USING fts5vocab(paragraphs_fts, instance)
CREATE VIRTUAL TABLE x USING sqlite_stmt
CREATE VIRTUAL TABLE x USING zipfile('{folder}/made.zip')
CREATE VIRTUAL TABLE x USING fsdir
CREATE VIRTUAL TABLE x USING "/lib/x.so"
ALTER TABLE articles RENAME TO y
ALTER TABLE main.articles ADD COLUMN x DEFAULT (load_extension('x'))
ALTER TABLE paragraphs_fts RENAME TO x
ALTER TABLE sqlite_master RENAME TO x
ATTACH '' AS made
ATTACH DATABASE '/etc/passwd' AS made
ATTACH 'file:{folder}/made.db?vfs=unix-dotfile&mode=rwc' AS made
ATTACH 'file::memory:?cache=shared' AS made
ATTACH '{folder}/' || 'made.db' AS made
ATTACH (SELECT '{folder}/made.db') AS made
ATTACH '//server/share/made.db' AS made
ATTACH '{folder}/cuttings.db' AS main
DETACH DATABASE temp
DETACH (SELECT 'main')
VACUUM temp
VACUUM main INTO '{folder}/made.db'
VACUUM INTO ('{folder}/' || 'made.db')
VACUUM INTO (SELECT '{folder}/made.db')
VACUUM INTO '/dev/null'
REINDEX articles
REINDEX NOCASE
REINDEX main.ix_articles_site
ANALYZE main
ANALYZE articles
ANALYZE sqlite_master
BEGIN DEFERRED TRANSACTION
BEGIN; DELETE FROM articles; COMMIT
END
END TRANSACTION
COMMIT; BEGIN IMMEDIATE
ROLLBACK TO x
ROLLBACK TRANSACTION TO SAVEPOINT x
RELEASE SAVEPOINT x
SAVEPOINT x; DELETE FROM tags; RELEASE x
PRAGMA writable_schema = RESET
PRAGMA main.writable_schema = 1
PRAGMA journal_mode = OFF
PRAGMA main.journal_mode = MEMORY
PRAGMA journal_mode(delete)
PRAGMA journal_size_limit = 0
PRAGMA locking_mode = EXCLUSIVE
PRAGMA synchronous = OFF
PRAGMA foreign_keys = OFF
PRAGMA ignore_check_constraints = ON
PRAGMA defer_foreign_keys = ON
PRAGMA recursive_triggers = ON
PRAGMA legacy_alter_table = ON
PRAGMA cell_size_check = OFF
PRAGMA mmap_size = 1000000000
PRAGMA cache_size = -100000000
PRAGMA cache_spill = 0
PRAGMA page_size = 512
PRAGMA max_page_count = 1
PRAGMA encoding = 'UTF-16'
PRAGMA auto_vacuum = 2
PRAGMA secure_delete = OFF
PRAGMA temp_store = MEMORY
PRAGMA temp_store = FILE
PRAGMA threads = 64
PRAGMA busy_timeout = 100000000
PRAGMA wal_autocheckpoint = 1
PRAGMA wal_checkpoint
PRAGMA schema_version = 1
PRAGMA schema_version
PRAGMA user_version
PRAGMA main.user_version = 0
PRAGMA case_sensitive_like = ON
PRAGMA automatic_index = OFF
PRAGMA reverse_unordered_selects = ON
PRAGMA integrity_check
PRAGMA quick_check
PRAGMA foreign_key_check
PRAGMA table_info(articles)
PRAGMA index_list(articles)
PRAGMA database_list
PRAGMA function_list
PRAGMA module_list
PRAGMA compile_options
PRAGMA lock_status
PRAGMA shrink_memory
PRAGMA data_version
PRAGMA main.data_version = 5
PRAGMA temp.data_version
PRAGMA main.data_version; DELETE FROM articles
pragma WRITABLE_SCHEMA=on
PRAGMA "writable_schema" = 1
PRAGMA [query_only] = 0
PRAGMA nonsense
SELECT * FROM pragma_query_only(0)
SELECT * FROM pragma_table_info('articles')
SELECT * FROM pragma_table_list
SELECT * FROM pragma_function_list
SELECT * FROM pragma_module_list
SELECT * FROM pragma_compile_options
SELECT * FROM pragma_integrity_check
SELECT * FROM pragma_user_version
SELECT * FROM pragma_data_version
SELECT * FROM pragma_schema_version
SELECT * FROM pragma_index_xinfo('ix_articles_site')
SELECT * FROM articles, pragma_database_list
SELECT (SELECT file FROM pragma_database_list)
SELECT * FROM main.pragma_journal_mode
SELECT * FROM temp.pragma_writable_schema
SELECT * FROM dbstat
SELECT * FROM dbstat('main')
SELECT data FROM sqlite_dbpage(1)
SELECT * FROM sqlite_stmt()
SELECT * FROM sqlite_memstat
SELECT * FROM bytecode('SELECT 1')
SELECT * FROM tables_used('SELECT 1')
SELECT * FROM completion('sel')
SELECT * FROM zipfile('/etc/passwd')
SELECT * FROM csv('/etc/passwd')
SELECT * FROM fts3tokenize('simple', 'x')
SELECT * FROM fts4aux
SELECT * FROM fts5vocab
SELECT * FROM rtree
SELECT * FROM generate_series(1, 1000000000000)
SELECT * FROM carray(0, 1)
SELECT * FROM stmt
SELECT load_extension('{folder}/x.so', 'init')
SELECT LOAD_EXTENSION('x')
SELECT "load_extension"('x')
SELECT (SELECT load_extension('x'))
SELECT 1 WHERE load_extension('x') IS NULL
SELECT 1 ORDER BY load_extension('x')
SELECT 1 GROUP BY 1 HAVING load_extension('x')
SELECT coalesce(NULL, load_extension('x'))
SELECT iif(0, load_extension('x'), 1)
SELECT max(load_extension('x')) OVER () FROM articles
WITH a AS (SELECT load_extension('x')) SELECT * FROM a
SELECT * FROM articles JOIN tags ON load_extension('x')
VALUES (load_extension('x'))
SELECT writefile('/tmp/x', zeroblob(10))
SELECT readfile('{folder}/cuttings.db')
SELECT lsmode(1)
SELECT shell_add_schema('x', 'y', 'z')
SELECT edit('x')
SELECT fts3_tokenizer('simple', x'4141414141414141')
SELECT fts5_source_id()
SELECT matchinfo(articles) FROM articles
SELECT offsets(articles) FROM articles
SELECT optimize(paragraphs_fts) FROM paragraphs_fts
SELECT rtreecheck('articles')
SELECT rtreenode(2, x'00')
SELECT rtreedepth(x'00')
SELECT sqlite_log(1, 'x')
SELECT sqlite_compileoption_used('THREADSAFE')
SELECT sqlite_source_id()
SELECT sqlite_rename_column('x', 'y', 'z', 'a', 'b', 0, 'c', 0, 0)
SELECT sqlite_rename_test('main', 'x', 'y', 0, 0, 0)
SELECT sqlite_drop_column(0, 'x', 0)
SELECT sqlite_fail('x', 'y')
SELECT sqlite_add_constraint('x', 'y')
SELECT changes()
SELECT total_changes()
SELECT zeroblob(10)
SELECT randomblob(10)
SELECT implies_nonnull_row(1, 2)
SELECT affinity(1)
SELECT expr_compare(1, 2)
SELECT sha3('x')
SELECT regexp('(a+)+$', 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaab')
SELECT 'aaaa' REGEXP '(a+)+$'
SELECT eval('DELETE FROM articles')
SELECT decimal('1')
SELECT uncompress(x'00')
INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES ('automerge', 0)
INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES ('crisismerge', 1)
INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES ('merge', 1000000)
INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES ('rank', 'load_extension()')
INSERT INTO paragraphs_fts (paragraphs_fts, rank) VALUES ('usermerge', 2)
INSERT INTO paragraphs_fts (paragraphs_fts) VALUES ('x')
INSERT INTO paragraphs_fts (rowid, text) VALUES (99, 'x')
INSERT INTO paragraphs_fts_data VALUES (1, x'00')
INSERT INTO paragraphs_fts_config VALUES ('version', 99)
UPDATE paragraphs_fts SET text = 'x'
UPDATE paragraphs_fts_idx SET term = x'00'
REPLACE INTO paragraphs_fts (rowid, text) VALUES (1, 'x')
SELECT * FROM paragraphs_fts('fish') ORDER BY rank MATCH 'load_extension()'
SELECT * FROM paragraphs_fts WHERE paragraphs_fts MATCH '"'
SELECT fts5(paragraphs_fts)
SELECT snippet(1)
SELECT highlight(paragraphs_fts, 99999999999, '', '') FROM articles
SELECT bm25(articles) FROM articles
SELECT * FROM "{folder}/cuttings.db".articles
SELECT * FROM other.articles
SELECT * FROM sqlite_temp_schema.articles
SELECT ?
SELECT :name
SELECT @name
SELECT $name
SELECT ?999999
SELECT 1; SELECT 2
SELECT 1;; SELECT 2
SELECT 1; PRAGMA writable_schema = ON
SELECT 1; -- a remark{newline}DROP TABLE articles
SELECT 1 /* */; /* */ VACUUM
SELECT 'a;b'; DELETE FROM tags
SELECT 1{nul}; DROP TABLE articles
DROP{nul} TABLE articles
{nul}
{bom}DROP TABLE articles
{wide}
SELECT '{surrogate}' FROM nowhere
.shell touch {folder}/made.txt
.open {folder}/made.db
.load x
.output {folder}/made.txt
SELECT
SELECT (((((((((
SELECT 'unclosed
SELECT "unclosed
/* unclosed
--
;
SELECT rank FROM paragraphs_fts WHERE paragraphs_fts MATCH 'fish' AND rank MATCH 'load_extension(1)' ORDER BY rank
SELECT rank FROM paragraphs_fts WHERE paragraphs_fts MATCH 'fish' AND rank MATCH 'bm25(load_extension(1))' ORDER BY rank
SELECT rank FROM paragraphs_fts('fish', 'bm25((SELECT count(*) FROM pragma_database_list))') ORDER BY rank
SELECT name FROM sqlite_temp_master
