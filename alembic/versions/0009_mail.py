"""Mails waiting to be sent, and who asked for reminders of a process."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "mail",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=True),
        sa.Column("process_id", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_mail_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name="fk_mail_process_id_process", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
    )
    for column in ("account_id", "process_id", "due_at"):
        op.create_index(f"ix_mail_{column}", "mail", [column])
    op.create_table(
        "reminder",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_reminder_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name="fk_reminder_process_id_process", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_reminder"),
        sa.UniqueConstraint("account_id", "process_id", name="uq_reminder_account_id"),
    )
    for column in ("account_id", "process_id"):
        op.create_index(f"ix_reminder_{column}", "reminder", [column])


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
