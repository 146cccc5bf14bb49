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
SELECT hex(hex(hex(hex(printf('%9000000s', '')))))
SELECT format('%.*c', 2000000000, 'x')
SELECT length(printf('%60000000s', '') || printf('%60000000s', ''))
SELECT quote(printf('%60000000s', '') || 'x') || quote(printf('%60000000s', ''))
SELECT replace(printf('%1000000s', ''), ' ', printf('%1000000s', ''))
SELECT json_array(printf('%60000000s', ''), printf('%60000000s', ''))
SELECT json_quote(replace(printf('%30000000s', ''), ' ', char(1)))
SELECT json_group_array(printf('%1000000s', n)) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT json_group_object(n, printf('%1000000s', n)) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT group_concat(printf('%1000000s', n)) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT sum(n) OVER (ORDER BY n ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT count(DISTINCT printf('%1000s', n)) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT printf('%1000s', n) AS t FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c) GROUP BY t
SELECT instr(replace(printf('%60000000s', ''), ' ', 'ab'), replace(printf('%200000s', ''), ' ', 'ab') || 'c')
SELECT replace(printf('%3000000s', '') || 'y', printf('%1000000s', '') || 'x', 'z')
SELECT trim(replace(printf('%3000000s', ''), ' ', 'a'), replace(printf('%9000000s', ''), ' ', 'b') || 'a')
SELECT rtrim(printf('%30000000s', ''), replace(printf('%9000000s', ''), ' ', 'b') || ' ')
SELECT upper(t) LIKE '%' || t || '%x%' FROM (SELECT replace(printf('%4000s', ''), ' ', 'ab') AS t), paragraphs a, paragraphs b, paragraphs c, paragraphs d, paragraphs e, paragraphs f, paragraphs g, paragraphs h, paragraphs i
SELECT count(*) FROM paragraphs_fts('fish OR frost') a, paragraphs_fts('fish OR frost') b, paragraphs_fts('fish OR frost') c, paragraphs_fts('a*') d, paragraphs_fts('t*') e, paragraphs_fts('t*') f, paragraphs_fts('t*') g, paragraphs_fts('t*') h, paragraphs_fts('t*') i, paragraphs_fts('t*') j, paragraphs_fts('t*') k, paragraphs_fts('t*') l, paragraphs_fts('t*') m, paragraphs_fts('t*') n, paragraphs_fts('t*') o, paragraphs_fts('t*') p
SELECT row_number() OVER (ORDER BY a.text, b.text, random()) FROM paragraphs a, paragraphs b, paragraphs c, paragraphs d, paragraphs e, paragraphs f, paragraphs g, paragraphs h, paragraphs i, paragraphs j, paragraphs k, paragraphs l
SELECT a.text || b.text AS t FROM paragraphs a, paragraphs b, paragraphs c, paragraphs d, paragraphs e, paragraphs f, paragraphs g, paragraphs h, paragraphs i, paragraphs j, paragraphs k, paragraphs l ORDER BY t DESC
WITH RECURSIVE c(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM c), d(m) AS (SELECT n FROM c UNION ALL SELECT m + 1 FROM d) SELECT max(m) FROM d
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n FROM c ORDER BY 1 DESC) SELECT count(*) FROM c
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c LIMIT -1) SELECT count(*) FROM c
WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0
WITH RECURSIVE c(t) AS (SELECT json_array(1) UNION ALL SELECT json_array(t, t) FROM c) SELECT max(length(t)) FROM c
SELECT 1 WHERE EXISTS (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c WHERE n < 0)
SELECT 1 IN (WITH RECURSIVE c(n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c)
SELECT count(*) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c EXCEPT SELECT 1)
SELECT (SELECT max(n) FROM (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT n FROM c))
SELECT * FROM articles ORDER BY (WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c)
EXPLAIN QUERY PLAN SELECT 1 UNION {unions}
SELECT {plus}1
SELECT {parentheses}
SELECT {nots}1
SELECT 1 WHERE 1 IN ({numbers})
SELECT {long}
SELECT 1 FROM {selects}
SELECT {cases}
SELECT rank FROM paragraphs_fts('fish', 'bm25((WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c) SELECT max(n) FROM c))') ORDER BY rank
