EXPLAIN VACUUM INTO '{folder}/made.db'
SELECT * FROM paragraphs_fts WHERE paragraphs_fts MATCH '*reads'
SELECT * FROM paragraphs_fts WHERE paragraphs_fts MATCH 'fish' AND rank MATCH 'load_extension()'
SELECT printf('%2000000000s', 'x')
SELECT printf('%.2000000000f', 1)
SELECT printf('%2000000000d', 1)
SELECT printf('%*s', 2000000000, 'x')
WITH RECURSIVE c(n, t) AS (SELECT 1, '[' UNION ALL SELECT n + 1, t || '[' FROM c WHERE n < 1000000) SELECT json_valid(t) FROM c
SELECT * FROM sqlite_master
SELECT rowid, * FROM sqlite_schema
SELECT rowid, oid, _rowid_ FROM articles
SELECT count(*) FROM paragraphs_fts_data
SELECT rank FROM paragraphs_fts('fish', 'bm25(1); DELETE FROM articles') ORDER BY rank
