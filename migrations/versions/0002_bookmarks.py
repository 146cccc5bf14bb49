"""Saved links, and the articles they become."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BOOKMARKS_MET = """CREATE TRIGGER bookmarks_met AFTER INSERT ON identities
WHEN new.key LIKE 'url:%' AND EXISTS (SELECT 1 FROM bookmarks
  WHERE normal_url = substr(new.key, 5) AND article_id IS NULL)
BEGIN INSERT INTO index_queue (article_id) SELECT new.article_id FROM bookmarks
WHERE normal_url = substr(new.key, 5) AND tags <> '[]';
INSERT INTO tags (article_id, tag) SELECT new.article_id, t.value
FROM bookmarks AS b, json_each(b.tags) AS t WHERE b.normal_url = substr(new.key, 5)
AND NOT EXISTS (SELECT 1 FROM tags AS o WHERE o.article_id = new.article_id AND o.tag = t.value);
UPDATE bookmarks SET article_id = new.article_id WHERE normal_url = substr(new.key, 5); END"""


def upgrade() -> None:
    op.create_table(
        "bookmarks",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("normal_url", sa.Text(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("added_at", sa.Text(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_bookmarks_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bookmarks"),
        sa.UniqueConstraint("normal_url", name="uq_bookmarks_normal_url"),
    )
    op.create_index("ix_bookmarks_article_id", "bookmarks", ["article_id"], unique=False)
    op.execute(BOOKMARKS_MET)


def downgrade() -> None:
    op.execute("DROP TRIGGER bookmarks_met")
    op.drop_index("ix_bookmarks_article_id", table_name="bookmarks")
    op.drop_table("bookmarks")
