"""What servers set, what people asked, and the messages they are owed."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "servers",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("time_zone", sa.Text, nullable=False, server_default="UTC"),
        sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("adders", sa.Text, nullable=False, server_default="managers"),
        sa.Column("due_hour", sa.Integer, nullable=False, server_default="9"),
        sa.Column("left_at", sa.Float),
    )
    op.create_table(
        "channels",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("server_id", sa.BigInteger, nullable=False),
        sa.Column("open", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("deal_id", ROW_ID, sa.ForeignKey("deals.id", ondelete="SET NULL", name="fk_channels_deal_id")),
    )
    op.create_index("ix_channels_server_id", "channels", ["server_id"])
    op.create_table(
        "people",
        sa.Column("id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("time_zone", sa.Text),
    )
    op.create_table(
        "answers",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger, nullable=False),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("asker_id", sa.BigInteger, nullable=False),
        sa.Column("question", sa.Text, nullable=False),
        sa.Column("deal_id", ROW_ID, sa.ForeignKey("deals.id", ondelete="SET NULL", name="fk_answers_deal_id")),
        sa.Column("private", sa.Boolean, nullable=False),
        sa.Column("answered", sa.Boolean, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("why", sa.Text),
        sa.Column("asked_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_answers_message_id", "answers", ["message_id"])
    op.create_index("ix_answers_server_id_asked_at", "answers", ["server_id", "asked_at"])
    op.create_table(
        "votes",
        sa.Column(
            "answer_id",
            ROW_ID,
            sa.ForeignKey("answers.id", ondelete="CASCADE", name="fk_votes_answer_id"),
            primary_key=True,
        ),
        sa.Column("person_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("helpful", sa.Boolean, nullable=False),
        sa.Column("voted_at", sa.Float, nullable=False),
    )
    op.create_table(
        "deliveries",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("person_id", sa.BigInteger),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("first_due", sa.Float, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("worker", sa.Text),
        sa.Column("lease", sa.Float),
        sa.Column("error", sa.Text),
        sa.Column("message_id", sa.BigInteger),
        sa.Column("sent_at", sa.Float),
        sa.UniqueConstraint("key", name="uq_deliveries_key"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_deliveries_state_due", "deliveries", ["state", "due"])
    op.create_index("ix_deliveries_server_id", "deliveries", ["server_id"])
    op.create_table(
        "synced",
        sa.Column("application_id", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("digest", sa.Text, nullable=False),
    )


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
