"""A log of what was removed, brought back and purged; triggers write it, whatever does the removing."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

REMOVED = """CREATE TRIGGER removals_removed AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NULL AND new.removed_at IS NOT NULL
BEGIN INSERT INTO removals (article_id, at, action)
VALUES (new.id, new.removed_at, 'removed'); END"""
RESTORED = """CREATE TRIGGER removals_restored AFTER UPDATE OF removed_at ON articles
WHEN old.removed_at IS NOT NULL AND new.removed_at IS NULL
BEGIN INSERT INTO removals (article_id, at, action)
VALUES (new.id, new.changed_at, 'restored'); END"""


def upgrade() -> None:
    op.create_table(
        "removals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_removals"),
    )
    op.create_index("ix_removals_article_id", "removals", ["article_id"], unique=False)
    op.execute(
        "INSERT INTO removals (article_id, at, action)"
        " SELECT id, removed_at, 'removed' FROM articles WHERE removed_at IS NOT NULL"
        " ORDER BY removed_at, id"
    )
    op.execute(REMOVED)
    op.execute(RESTORED)


def downgrade() -> None:
    op.execute("DROP TRIGGER removals_restored")
    op.execute("DROP TRIGGER removals_removed")
    op.drop_index("ix_removals_article_id", table_name="removals")
    op.drop_table("removals")
