"""What has become of deals, corrections of which articles belong to them, and questions that wait."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.add_column("state", sa.Column("stage_grammar", sa.Integer))
    op.create_table(
        "sightings",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("article_id", ROW_ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), nullable=False),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("start", sa.Integer, nullable=False),
        sa.Column("end", sa.Integer, nullable=False),
        sa.Column("weight", sa.Integer, nullable=False),
        sa.Column("cue", sa.Text, nullable=False),
        sa.Column("day", sa.Text),
        sa.Column("position", sa.Integer, nullable=False),
        sa.Column("soft", sa.Boolean, nullable=False),
        sa.Column("turns_back", sa.Boolean, nullable=False),
        sa.Column("elsewhere", sa.Boolean, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sightings_article_id", "sightings", ["article_id"])
    op.add_column("deals", sa.Column("must", sa.Text, nullable=False, server_default=""))
    op.add_column("deals", sa.Column("must_not", sa.Text, nullable=False, server_default=""))
    op.create_table(
        "corrections",
        sa.Column("deal_id", ROW_ID, sa.ForeignKey("deals.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("article_id", ROW_ID, sa.ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
        sa.Column("belongs", sa.Boolean, nullable=False),
    )
    op.create_index("ix_corrections_article_id", "corrections", ["article_id"])
    op.create_table(
        "standing_questions",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("deal_id", ROW_ID, sa.ForeignKey("deals.id", ondelete="CASCADE")),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("whom", sa.Text, nullable=False),
        sa.Column("kept_at", sa.Text, nullable=False),
        sa.Column("after_article", ROW_ID, nullable=False),
        sa.Column("answered_at", sa.Text),
        sa.Column("answered_by", ROW_ID),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_standing_questions_answered_at", "standing_questions", ["answered_at"])


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
