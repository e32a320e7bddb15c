"""Reminders, people's own deadlines, and disputed ones."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "own_deadlines",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("person_id", sa.BigInteger, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("words", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("time", sa.Text),
        sa.Column("rule", sa.Text),
        sa.Column("until", sa.Text),
        sa.Column("private", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("made_at", sa.Float, nullable=False),
        sa.Column("removed_at", sa.Float),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_own_deadlines_server_id", "own_deadlines", ["server_id"])
    op.create_table(
        "disputes",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger, nullable=False),
        sa.Column("article_id", sa.BigInteger, nullable=False),
        sa.Column("quote", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("due", sa.Text, nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("person_id", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("decided_by", sa.BigInteger),
        sa.Column("at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_disputes_server_id", "disputes", ["server_id"])
    op.create_table(
        "reminders",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("channel_id", sa.BigInteger),
        sa.Column("person_id", sa.BigInteger, nullable=False),
        sa.Column("role_id", sa.BigInteger),
        sa.Column("own_id", ROW_ID, sa.ForeignKey("own_deadlines.id", ondelete="SET NULL", name="fk_reminders_own_id")),
        sa.Column("article_id", sa.BigInteger),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("pending", sa.Text),
        sa.Column("rejected", sa.Text, nullable=False, server_default=""),
        sa.Column("leads", sa.Text, nullable=False),
        sa.Column("acknowledge", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("fired_until", sa.Float, nullable=False),
        sa.Column("next_at", sa.Float),
        sa.Column("last_base", sa.Text),
        sa.Column("acknowledged", sa.Text),
        sa.Column("version", sa.Integer, nullable=False, server_default="0"),
        sa.Column("made_at", sa.Float, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_reminders_state_next_at", "reminders", ["state", "next_at"])
    for column in ("server_id", "person_id", "own_id"):
        op.create_index(f"ix_reminders_{column}", "reminders", [column])


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
