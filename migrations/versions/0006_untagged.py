"""Tags a person took off, which no source brings back."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

TAGS_TAKEN_OFF = """CREATE TRIGGER tags_taken_off BEFORE INSERT ON tags
WHEN EXISTS (SELECT 1 FROM untagged WHERE article_id = new.article_id AND tag = new.tag)
BEGIN SELECT RAISE(IGNORE); END"""


def upgrade() -> None:
    op.create_table(
        "untagged",
        sa.Column("article_id", sa.Integer(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name="fk_untagged_article_id"),
        sa.PrimaryKeyConstraint("article_id", "tag", name="pk_untagged"),
    )
    op.execute(TAGS_TAKEN_OFF)


def downgrade() -> None:
    op.execute("DROP TRIGGER tags_taken_off")
    op.drop_table("untagged")
