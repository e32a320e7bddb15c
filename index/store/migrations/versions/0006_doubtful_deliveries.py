"""Deliveries know what they are about, and since when they may have been sent."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("deliveries", sa.Column("doubt_since", sa.Float))
    op.add_column("deliveries", sa.Column("about", sa.Text))
    op.drop_index("ix_deliveries_state_due", "deliveries")
    op.create_index("ix_deliveries_state_first_due", "deliveries", ["state", "first_due"])
    op.create_index("ix_deliveries_about", "deliveries", ["about"])


def downgrade() -> None:
    raise NotImplementedError("Dealwire's schema only moves forward; restore a backup to go back.")
