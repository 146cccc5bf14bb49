"""Families of near-identical articles; those already stored wait to be looked at."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

FAMILIES = """CREATE VIEW families AS
SELECT f.family, f.article_id, a.headline, a.published, a.site, a.word_count
FROM fingerprints AS f JOIN articles AS a ON a.id = f.article_id
WHERE f.family IS NOT NULL"""


def upgrade() -> None:
    op.create_table(
        "fingerprints",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("family", sa.Integer(), nullable=True),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_fingerprints_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_fingerprints"),
    )
    op.create_index(
        "ix_fingerprints_family",
        "fingerprints",
        ["family"],
        unique=False,
        sqlite_where=sa.text("family IS NOT NULL"),
    )
    op.create_table(
        "fingerprint_keys",
        sa.Column("key", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("key", "article_id", name="pk_fingerprint_keys"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "family_queue",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_family_queue_article_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_family_queue"),
    )
    op.execute("INSERT INTO family_queue SELECT id FROM articles WHERE removed_at IS NULL")
    op.execute(FAMILIES)


def downgrade() -> None:
    op.execute("DROP VIEW families")
    op.drop_table("family_queue")
    op.drop_table("fingerprint_keys")
    op.drop_index("ix_fingerprints_family", table_name="fingerprints")
    op.drop_table("fingerprints")
