"""One-time codes, and screens waiting to be let in: known to every server process, not just one."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "spent",
        sa.Column("id", sa.LargeBinary(length=32), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_spent"),
    )
    op.create_index("ix_spent_until", "spent", ["until"])
    op.create_table(
        "pairing",
        sa.Column("secret_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("workshop_id", sa.String(length=64), nullable=True),
        sa.Column("board_id", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("secret_hash", name="pk_pairing"),
        sa.UniqueConstraint("code", name="uq_pairing_code"),
    )
    op.create_index("ix_pairing_workshop_id", "pairing", ["workshop_id"])


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
