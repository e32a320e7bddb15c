"""Which articles an answer quotes. Those given before are too old to be corrected, and are not looked through."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "quoted",
        sa.Column(
            "answer_id",
            ROW_ID,
            sa.ForeignKey("answers.id", ondelete="CASCADE", name="fk_quoted_answer_id"),
            primary_key=True,
        ),
        sa.Column("article_id", ROW_ID, primary_key=True, autoincrement=False),
    )
    op.create_index("ix_quoted_article_id", "quoted", ["article_id"])


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
