"""A12: how many answers a company requires before any of them are shown."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("company", sa.Column("threshold", sa.Integer(), nullable=False, server_default="5"))


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
