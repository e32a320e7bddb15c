"""Deadlines, as the articles tell them, and the version of the grammar that read them."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("state", sa.Column("grammar", sa.Integer))
    op.create_table(
        "deadlines",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("article_id", ROW_ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("date_start", sa.Integer, nullable=False),
        sa.Column("date_end", sa.Integer, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("who", sa.Text),
        sa.Column("reading", sa.Text, nullable=False),
        sa.Column("confidence", sa.Float, nullable=False),
        sa.Column("rule", sa.Text),
        sa.Column("moved_from", sa.Text),
        sa.Column("moved_span", sa.Text),
        sa.Column("moves", sa.Boolean, nullable=False),
        sa.Column("time", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deadlines_article_id", "deadlines", ["article_id"])
    op.create_index("ix_deadlines_due", "deadlines", ["due"])


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
