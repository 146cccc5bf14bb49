"""The first tables, views and the full text."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

FULL_TEXT = """CREATE VIRTUAL TABLE paragraphs_fts USING fts5(
text, content='paragraphs', content_rowid='id', tokenize='unicode61 remove_diacritics 2')"""

PARAGRAPHS_FTS_INSERT = """CREATE TRIGGER paragraphs_fts_insert AFTER INSERT ON paragraphs
WHEN (SELECT removed_at FROM articles WHERE id = new.article_id) IS NULL
BEGIN INSERT INTO paragraphs_fts(rowid, text) VALUES (new.id, new.text); END"""

PARAGRAPHS_FTS_DELETE = """CREATE TRIGGER paragraphs_fts_delete AFTER DELETE ON paragraphs
WHEN (SELECT removed_at FROM articles WHERE id = old.article_id) IS NULL
BEGIN INSERT INTO paragraphs_fts(paragraphs_fts, rowid, text)
VALUES ('delete', old.id, old.text); END"""

PARAGRAPHS_FTS_UPDATE = """CREATE TRIGGER paragraphs_fts_update AFTER UPDATE OF text ON paragraphs
WHEN (SELECT removed_at FROM articles WHERE id = new.article_id) IS NULL
BEGIN INSERT INTO paragraphs_fts(paragraphs_fts, rowid, text)
VALUES ('delete', old.id, old.text);
INSERT INTO paragraphs_fts(rowid, text) VALUES (new.id, new.text); END"""

ARTICLES_FTS_REMOVE = """CREATE TRIGGER articles_fts_remove AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NULL AND new.removed_at IS NOT NULL
BEGIN INSERT INTO paragraphs_fts(paragraphs_fts, rowid, text)
SELECT 'delete', id, text FROM paragraphs WHERE article_id = new.id; END"""

ARTICLES_FTS_RESTORE = """CREATE TRIGGER articles_fts_restore AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NOT NULL AND new.removed_at IS NULL
BEGIN INSERT INTO paragraphs_fts(rowid, text)
SELECT id, text FROM paragraphs WHERE article_id = new.id; END"""

CURRENT_ARTICLES = """CREATE VIEW current_articles AS
SELECT a.id, a.headline, a.standfirst,
  (SELECT group_concat(name, '; ') FROM
    (SELECT n.name FROM article_authors AS x JOIN authors AS n ON n.id = x.author_id
     WHERE x.article_id = a.id ORDER BY x.position)) AS authors,
  a.published, a.site, a.section, a.language, a.url, a.word_count, a.revision,
  (SELECT group_concat(tag, '; ') FROM
    (SELECT t.tag FROM tags AS t WHERE t.article_id = a.id ORDER BY t.tag)) AS tags,
  a.added_at, a.changed_at
FROM articles AS a WHERE a.removed_at IS NULL"""

CURRENT_PARAGRAPHS = """CREATE VIEW current_paragraphs AS
SELECT p.id, p.article_id, p.ordinal, p.kind, p.text, p.credit, p.url,
  a.headline, a.published, a.site, a.language
FROM paragraphs AS p JOIN articles AS a ON a.id = p.article_id
WHERE a.removed_at IS NULL"""


def upgrade() -> None:
    op.create_table(
        "articles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("changed_at", sa.Text(), nullable=False),
        sa.Column("removed_at", sa.Text(), nullable=True),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("standfirst", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_articles"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_articles_language", "articles", ["language"], unique=False)
    op.create_index("ix_articles_published", "articles", ["published"], unique=False)
    op.create_index("ix_articles_site", "articles", ["site"], unique=False)
    op.create_table(
        "authors",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_authors"),
        sa.UniqueConstraint("name", name="uq_authors_name"),
    )
    op.create_table(
        "originals",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("compression", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name="pk_originals"),
    )
    op.create_table(
        "settings",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_settings"),
    )
    op.create_table(
        "article_authors",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_article_authors_article_id"
        ),
        sa.ForeignKeyConstraint(["author_id"], ["authors.id"], name="fk_article_authors_author_id"),
        sa.PrimaryKeyConstraint("article_id", "position", name="pk_article_authors"),
    )
    op.create_index("ix_article_authors_author_id", "article_authors", ["author_id"], unique=False)
    op.create_table(
        "copies",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("ingested_at", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_copies_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_copies"),
    )
    op.create_index("ix_copies_article_id", "copies", ["article_id"], unique=False)
    op.create_index("ix_copies_sha256", "copies", ["sha256"], unique=False)
    op.create_table(
        "identities",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_identities_article_id"),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_identities"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_identities_article_id", "identities", ["article_id"], unique=False)
    op.create_table(
        "index_queue",
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_index_queue_article_id"),
        sa.PrimaryKeyConstraint("seq", name="pk_index_queue"),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "ingests",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=True),
        sa.Column("sha256", sa.Text(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column("warnings", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_ingests_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_ingests"),
    )
    op.create_index("ix_ingests_article_id", "ingests", ["article_id"], unique=False)
    op.create_index("ix_ingests_outcome", "ingests", ["outcome"], unique=False)
    op.create_table(
        "links",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("rel", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_links_article_id"),
        sa.PrimaryKeyConstraint("article_id", "ordinal", name="pk_links"),
    )
    op.create_table(
        "paragraphs",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_paragraphs_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_paragraphs"),
    )
    op.create_index(
        "ix_paragraphs_article_id_ordinal", "paragraphs", ["article_id", "ordinal"], unique=True
    )
    op.create_table(
        "revision_paragraphs",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("credit", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name="fk_revision_paragraphs_article_id"
        ),
        sa.PrimaryKeyConstraint("article_id", "revision", "ordinal", name="pk_revision_paragraphs"),
    )
    op.create_table(
        "revisions",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("authors", sa.Text(), nullable=False),
        sa.Column("cause", sa.Text(), nullable=False),
        sa.Column("replaced_at", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("standfirst", sa.Text(), nullable=True),
        sa.Column("byline", sa.Text(), nullable=True),
        sa.Column("dateline", sa.Text(), nullable=True),
        sa.Column("published", sa.Text(), nullable=True),
        sa.Column("published_at", sa.Text(), nullable=True),
        sa.Column("published_precision", sa.Text(), nullable=True),
        sa.Column("section", sa.Text(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("site", sa.Text(), nullable=True),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("word_count", sa.Integer(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("origins", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_revisions_article_id"),
        sa.PrimaryKeyConstraint("article_id", "revision", name="pk_revisions"),
    )
    op.create_table(
        "tags",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_tags_article_id"),
        sa.PrimaryKeyConstraint("article_id", "tag", name="pk_tags"),
    )
    op.create_index("ix_tags_tag", "tags", ["tag"], unique=False)
    for statement in (
        FULL_TEXT,
        PARAGRAPHS_FTS_INSERT,
        PARAGRAPHS_FTS_DELETE,
        PARAGRAPHS_FTS_UPDATE,
        ARTICLES_FTS_REMOVE,
        ARTICLES_FTS_RESTORE,
        CURRENT_ARTICLES,
        CURRENT_PARAGRAPHS,
    ):
        op.execute(statement)


def downgrade() -> None:
    op.execute("DROP VIEW current_articles")
    op.execute("DROP VIEW current_paragraphs")
    op.execute("DROP TRIGGER paragraphs_fts_insert")
    op.execute("DROP TRIGGER paragraphs_fts_delete")
    op.execute("DROP TRIGGER paragraphs_fts_update")
    op.execute("DROP TRIGGER articles_fts_remove")
    op.execute("DROP TRIGGER articles_fts_restore")
    op.execute("DROP TABLE paragraphs_fts")

    op.drop_index("ix_tags_tag", table_name="tags")
    op.drop_table("tags")
    op.drop_table("revisions")
    op.drop_table("revision_paragraphs")
    op.drop_index("ix_paragraphs_article_id_ordinal", table_name="paragraphs")
    op.drop_table("paragraphs")
    op.drop_table("links")
    op.drop_index("ix_ingests_outcome", table_name="ingests")
    op.drop_index("ix_ingests_article_id", table_name="ingests")
    op.drop_table("ingests")
    op.drop_table("index_queue")
    op.drop_index("ix_identities_article_id", table_name="identities")
    op.drop_table("identities")
    op.drop_index("ix_copies_sha256", table_name="copies")
    op.drop_index("ix_copies_article_id", table_name="copies")
    op.drop_table("copies")
    op.drop_index("ix_article_authors_author_id", table_name="article_authors")
    op.drop_table("article_authors")
    op.drop_table("settings")
    op.drop_table("originals")
    op.drop_table("authors")
    op.drop_index("ix_articles_site", table_name="articles")
    op.drop_index("ix_articles_published", table_name="articles")
    op.drop_index("ix_articles_language", table_name="articles")
    op.drop_table("articles")
