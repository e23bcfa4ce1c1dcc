"""What a summary leaves out when it is read by link (X12)."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # Existing links leave nothing out.
    left_out = sa.Column("left_out", sa.String(length=200), nullable=False, server_default="")
    op.add_column("summary_link", left_out)


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
