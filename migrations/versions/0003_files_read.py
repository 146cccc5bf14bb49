"""Files that were read to their end, and inputs whose last reading failed."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

FAILED = """INSERT INTO failures (location, item, reason, detail, failed_at)
SELECT location, coalesce(item, ''), reason, coalesce(detail, ''), at FROM ingests AS i
WHERE outcome = 'failed' AND reason <> 'not-found' AND location <> '-'
AND id = (SELECT max(id) FROM ingests AS l WHERE l.location = i.location AND l.item IS i.item)"""


def upgrade() -> None:
    op.create_table(
        "files",
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("modified", sa.Integer(), nullable=False),
        sa.Column("articles", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Integer(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("program", sa.Text(), nullable=False),
        sa.Column("read_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("location", name="pk_files"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "failures",
        sa.Column("location", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("failed_at", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("location", "item", name="pk_failures"),
        sqlite_with_rowid=False,
    )
    op.create_index("tried", "ingests", ["location", "item", "id"], unique=False)
    op.execute(FAILED)
    op.drop_index("tried", table_name="ingests")


def downgrade() -> None:
    op.drop_table("failures")
    op.drop_table("files")
