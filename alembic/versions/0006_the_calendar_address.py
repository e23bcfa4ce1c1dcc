"""The one private address of a process that calendar programs subscribe to (P4.7)."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "calendar_address",
        sa.Column("process_id", sa.String(length=64), primary_key=True),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(["process_id"], ["process.id"], ondelete="CASCADE"),
        sa.UniqueConstraint("token_hash", name="uq_calendar_address_token_hash"),
    )


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
