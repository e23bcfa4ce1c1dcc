"""Personal links, and each member's duty in the working group (F3)."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("membership", sa.Column("duty", sa.String(length=400), nullable=True))
    with op.batch_alter_table("one_time_link") as table:
        table.add_column(sa.Column("account_id", sa.String(length=64), nullable=True))
        table.create_foreign_key(
            "fk_one_time_link_account_id_account", "account", ["account_id"], ["id"], ondelete="CASCADE"
        )
        table.create_index("ix_one_time_link_account_id", ["account_id"])


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
