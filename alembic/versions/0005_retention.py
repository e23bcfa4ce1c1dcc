"""How long a company keeps a finished process, and when something last happened in one (F4)."""

from datetime import UTC, datetime

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("company", sa.Column("keep_months", sa.Integer(), nullable=False, server_default="24"))
    # No process has a deletion day yet: all its months are still to come. Not as an Alembic batch, which
    # recreates the table: on SQLite, dropping the old one would delete the rows that refer to it.
    today = datetime.now(UTC).date().isoformat()
    day = sa.Column("last_day", sa.String(length=10), nullable=False, server_default=today)
    op.add_column("process", day)


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
