-- What a library of step 0006 could hold; never changed when later steps are added.
INSERT INTO articles (id, revision, added_at, changed_at, removed_at, headline, published,
    published_precision, language, site, url, word_count, content_hash, origins) VALUES
  (1, 2, '2023-03-14T08:00:00Z', '2023-03-15T08:00:00Z', NULL, 'Ferry aground', '2023-03-14',
    'day', 'en', 'example.org', 'https://example.org/ferry', 9, 'aa', '{"published": "url"}'),
  (2, 1, '2023-03-14T08:00:00Z', '2023-03-16T08:00:00Z', '2023-03-16T08:00:00Z', NULL, NULL,
    NULL, NULL, NULL, NULL, 3, 'bb', '{}');
INSERT INTO paragraphs (id, article_id, ordinal, kind, text, credit, url, hash) VALUES
  (1, 1, 1, 'body', 'The ferry ran aground at dawn.', NULL, NULL, '01'),
  (2, 1, 2, 'body', 'Nobody was hurt.', NULL, NULL, '02'),
  (3, 2, 1, 'body', 'A removed, aground article.', NULL, NULL, '03');
INSERT INTO authors (id, name) VALUES (1, 'Ada Quill');
INSERT INTO article_authors (article_id, position, author_id, url) VALUES (1, 1, 1, NULL);
INSERT INTO links (article_id, ordinal, rel, url, text) VALUES
  (1, 1, 'outgoing', 'https://example.org/quay', NULL);
INSERT INTO tags (article_id, tag) VALUES (1, 'sea');
INSERT INTO identities (key, article_id) VALUES
  ('url:example.org/ferry', 1), ('text:aa', 1), ('text:bb', 2);
INSERT INTO revisions (article_id, revision, authors, cause, replaced_at, headline, word_count,
    content_hash, origins) VALUES
  (1, 1, '["Ada Quill"]', 'source', '2023-03-15T08:00:00Z', 'Ferry late', 4, 'cc', '{}');
INSERT INTO revision_paragraphs (article_id, revision, ordinal, kind, text, hash) VALUES
  (1, 1, 1, 'body', 'The ferry is late.', '04');
INSERT INTO originals (sha256, size, compression, data) VALUES ('dd', 1, 'none', x'41');
INSERT INTO copies (id, article_id, location, item, kind, sha256, content_hash, ingested_at) VALUES
  (1, 1, '/notes/ferry.txt', NULL, 'text', 'dd', 'aa', '2023-03-15T08:00:00Z');
INSERT INTO ingests (id, at, location, item, sha256, outcome, reason, detail, warnings, article_id)
VALUES
  (1, '2023-03-14T08:00:00Z', '/notes/ferry.txt', NULL, 'dd', 'added', NULL, NULL, '[]', 1),
  (2, '2023-03-14T08:00:00Z', '/notes/x.bin', NULL, NULL, 'failed', 'not-text', 'binary', '[]',
    NULL);
INSERT INTO index_queue (seq, article_id) VALUES (1, 1);
INSERT INTO settings (key, value) VALUES
  ('library_id', '00000000-0000-4000-8000-000000000000'), ('created_at', '2023-03-14T08:00:00Z');
INSERT INTO bookmarks (id, url, normal_url, headline, tags, saved_at, note, source, added_at,
    article_id) VALUES
  (1, 'https://example.org/quay', 'example.org/quay', 'The quay', '["sea"]',
    '2023-03-01T10:00:00Z', 'to read', '/notes/pocket.csv', '2023-03-14T08:00:00Z', NULL),
  (2, 'https://example.org/ferry', 'example.org/ferry', NULL, '[]', NULL, NULL,
    '/notes/pocket.csv', '2023-03-14T08:00:00Z', 1);
INSERT INTO untagged (article_id, tag) VALUES (1, 'boats');
INSERT INTO removals (id, article_id, at, action) VALUES
  (1, 2, '2023-03-16T08:00:00Z', 'removed'), (2, 3, '2023-03-17T08:00:00Z', 'purged');
