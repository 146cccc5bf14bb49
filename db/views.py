"""The documented views, the full-text table and its triggers: the SQL that is not a mapping.

The migrations keep their own frozen copies; a test holds a migrated database against these.
"""

VIEWS = {
    "current_articles": """CREATE VIEW current_articles AS
SELECT a.id, a.headline, a.standfirst,
  (SELECT group_concat(name, '; ') FROM
    (SELECT n.name FROM article_authors AS x JOIN authors AS n ON n.id = x.author_id
     WHERE x.article_id = a.id ORDER BY x.position)) AS authors,
  a.published, a.site, a.section, a.language, a.url, a.word_count, a.revision,
  (SELECT group_concat(tag, '; ') FROM
    (SELECT t.tag FROM tags AS t WHERE t.article_id = a.id ORDER BY t.tag)) AS tags,
  a.added_at, a.changed_at
FROM articles AS a WHERE a.removed_at IS NULL""",
    "current_paragraphs": """CREATE VIEW current_paragraphs AS
SELECT p.id, p.article_id, p.ordinal, p.kind, p.text, p.credit, p.url,
  a.headline, a.published, a.site, a.language
FROM paragraphs AS p JOIN articles AS a ON a.id = p.article_id
WHERE a.removed_at IS NULL""",
    "families": """CREATE VIEW families AS
SELECT f.family, f.article_id, a.headline, a.published, a.site, a.word_count
FROM fingerprints AS f JOIN articles AS a ON a.id = f.article_id
WHERE f.family IS NOT NULL""",
}

FULL_TEXT_TABLE = "paragraphs_fts"
FULL_TEXT = """CREATE VIRTUAL TABLE paragraphs_fts USING fts5(
text, content='paragraphs', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"""

TRIGGERS = {
    "paragraphs_fts_insert": """CREATE TRIGGER paragraphs_fts_insert AFTER INSERT ON paragraphs
WHEN (SELECT removed_at FROM articles WHERE id = new.article_id) IS NULL
BEGIN INSERT INTO paragraphs_fts(rowid, text) VALUES (new.id, new.text); END""",
    "paragraphs_fts_delete": """CREATE TRIGGER paragraphs_fts_delete AFTER DELETE ON paragraphs
WHEN (SELECT removed_at FROM articles WHERE id = old.article_id) IS NULL
BEGIN INSERT INTO paragraphs_fts(paragraphs_fts, rowid, text)
VALUES ('delete', old.id, old.text); END""",
    "paragraphs_fts_update": """CREATE TRIGGER paragraphs_fts_update AFTER UPDATE OF text ON paragraphs
WHEN (SELECT removed_at FROM articles WHERE id = new.article_id) IS NULL
BEGIN INSERT INTO paragraphs_fts(paragraphs_fts, rowid, text)
VALUES ('delete', old.id, old.text);
INSERT INTO paragraphs_fts(rowid, text) VALUES (new.id, new.text); END""",
    "articles_fts_remove": """CREATE TRIGGER articles_fts_remove AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NULL AND new.removed_at IS NOT NULL
BEGIN INSERT INTO paragraphs_fts(paragraphs_fts, rowid, text)
SELECT 'delete', id, text FROM paragraphs WHERE article_id = new.id; END""",
    "articles_fts_restore": """CREATE TRIGGER articles_fts_restore AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NOT NULL AND new.removed_at IS NULL
BEGIN INSERT INTO paragraphs_fts(rowid, text)
SELECT id, text FROM paragraphs WHERE article_id = new.id; END""",
    "bookmarks_met": """CREATE TRIGGER bookmarks_met AFTER INSERT ON identities
WHEN new.key LIKE 'url:%' AND EXISTS (SELECT 1 FROM bookmarks
  WHERE normal_url = substr(new.key, 5) AND article_id IS NULL)
BEGIN INSERT INTO index_queue (article_id) SELECT new.article_id FROM bookmarks
WHERE normal_url = substr(new.key, 5) AND tags <> '[]';
INSERT INTO tags (article_id, tag) SELECT new.article_id, t.value
FROM bookmarks AS b, json_each(b.tags) AS t WHERE b.normal_url = substr(new.key, 5)
AND NOT EXISTS (SELECT 1 FROM tags AS o WHERE o.article_id = new.article_id AND o.tag = t.value);
UPDATE bookmarks SET article_id = new.article_id WHERE normal_url = substr(new.key, 5); END""",
    "tags_taken_off": """CREATE TRIGGER tags_taken_off BEFORE INSERT ON tags
WHEN EXISTS (SELECT 1 FROM untagged WHERE article_id = new.article_id AND tag = new.tag)
BEGIN SELECT RAISE(IGNORE); END""",
    "removals_removed": """CREATE TRIGGER removals_removed AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NULL AND new.removed_at IS NOT NULL
BEGIN INSERT INTO removals (article_id, at, action)
VALUES (new.id, new.removed_at, 'removed'); END""",
    "removals_restored": """CREATE TRIGGER removals_restored AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NOT NULL AND new.removed_at IS NULL
BEGIN INSERT INTO removals (article_id, at, action)
VALUES (new.id, new.changed_at, 'restored'); END""",
}

COMMENTS = {
    "current_articles": (
        "Articles that are not removed, authors and tags joined by '; '.",
        {
            "id": "the article",
            "headline": "the headline",
            "standfirst": "the summary under the headline",
            "authors": "all authors, in the byline's order",
            "published": "the publisher's calendar date",
            "site": "the site's host",
            "section": "the publisher's section",
            "language": "ISO 639 code",
            "url": "the canonical URL",
            "word_count": "words in all paragraphs",
            "revision": "number of the current wording",
            "tags": "all tags, in alphabetical order",
            "added_at": "when it was first stored, UTC",
            "changed_at": "when it last changed, UTC",
        },
    ),
    "current_paragraphs": (
        "Paragraphs of articles that are not removed, with headline and date.",
        {
            "id": "the rowid of paragraphs_fts",
            "article_id": "the article",
            "ordinal": "place in the article, from 1",
            "kind": "body, caption, subheading, quote, list or related",
            "text": "the paragraph's words",
            "credit": "a caption's photographer or agency",
            "url": "where a related link leads",
            "headline": "the article's headline",
            "published": "the article's date",
            "site": "the article's site",
            "language": "the article's language",
        },
    ),
    "paragraphs_fts": (
        "Full text over the paragraphs of articles that are not removed (SQLite FTS5): "
        "use MATCH, bm25() and snippet(); join on rowid = paragraphs.id.",
        {"text": "the paragraph's words"},
    ),
    "families": (
        "Near-identical articles, a row each: all with one number are a family.",
        {
            "family": "the first stored article of the family",
            "article_id": "the article",
            "headline": "its headline",
            "published": "its date",
            "site": "its site",
            "word_count": "words in all its paragraphs",
        },
    ),
}
