"""What was read and waits to be stored by a worker."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    op.create_table(
        "queue",
        sa.Column("id", ROW_ID, primary_key=True, autoincrement=True),
        sa.Column("server_id", sa.BigInteger),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("reading", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due", sa.Float, nullable=False),
        sa.Column("worker", sa.Text),
        sa.Column("error", sa.Text),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_queue_due", "queue", ["due"])


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
