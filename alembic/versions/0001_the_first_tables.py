"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("admin", sa.Boolean(), nullable=False),
        sa.Column("disabled", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_account"),
        sa.UniqueConstraint("email", name="uq_account_email"),
    )
    op.create_table(
        "board",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("epoch", sa.String(length=64), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("pruned_seq", sa.BigInteger(), nullable=False),
        sa.Column("due_at", sa.BigInteger(), nullable=True),
        sa.Column("traces", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_board"),
    )
    op.create_table(
        "door",
        sa.Column("workshop_id", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.String(length=64), nullable=False),
        sa.Column("open", sa.Boolean(), nullable=False),
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("nonce", sa.LargeBinary(length=16), nullable=False),
        sa.Column("epoch", sa.Integer(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("workshop_id", name="pk_door"),
        sa.UniqueConstraint("code", name="uq_door_code"),
        sa.UniqueConstraint("token_hash", name="uq_door_token_hash"),
    )
    op.create_table(
        "one_time_link",
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=True),
        sa.Column("used_at", sa.BigInteger(), nullable=True),
        sa.PrimaryKeyConstraint("token_hash", name="pk_one_time_link"),
    )
    op.create_table(
        "record",
        sa.Column("board_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=96), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("seq", sa.BigInteger(), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("board_id", "id", name="pk_record"),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_record_board_id_seq", "record", ["board_id", "seq"])

    op.create_table(
        "screen",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("workshop_id", sa.String(length=64), nullable=False),
        sa.Column("board_id", sa.String(length=64), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_screen"),
        sa.UniqueConstraint("token_hash", name="uq_screen_token_hash"),
    )
    op.create_index("ix_screen_workshop_id", "screen", ["workshop_id"])

    op.create_table(
        "used_code",
        sa.Column("code", sa.String(length=6), nullable=False),
        sa.Column("until", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("code", name="pk_used_code"),
    )
    op.create_table(
        "company",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(length=400), nullable=False),
        sa.Column("owner_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["owner_id"], ["account.id"], name="fk_company_owner_id_account"),
        sa.PrimaryKeyConstraint("id", name="pk_company"),
    )
    op.create_index("ix_company_owner_id", "company", ["owner_id"])

    op.create_table(
        "session",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("proved_at", sa.BigInteger(), nullable=False),
        sa.Column("used_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_session_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_session"),
        sa.UniqueConstraint("token_hash", name="uq_session_token_hash"),
    )
    op.create_index("ix_session_account_id", "session", ["account_id"])

    op.create_table(
        "process",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("company_id", sa.String(length=64), nullable=False),
        sa.Column("group", sa.String(length=400), nullable=False),
        sa.Column("cycle", sa.Integer(), nullable=False),
        sa.Column("board_id", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["company_id"], ["company.id"], name="fk_process_company_id_company"),
        sa.PrimaryKeyConstraint("id", name="pk_process"),
        sa.UniqueConstraint("board_id", name="uq_process_board_id"),
    )
    op.create_index("ix_process_company_id", "process", ["company_id"])

    op.create_table(
        "membership",
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("role", sa.String(length=32), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_membership_account_id_account", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name="fk_membership_process_id_process", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("process_id", "account_id", name="pk_membership"),
    )
    op.create_index("ix_membership_account_id", "membership", ["account_id"])

    op.create_table(
        "summary_link",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("expires_at", sa.BigInteger(), nullable=False),
        sa.Column("revoked", sa.Boolean(), nullable=False),
        sa.Column("opened", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name="fk_summary_link_process_id_process", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_summary_link"),
        sa.UniqueConstraint("token_hash", name="uq_summary_link_token_hash"),
    )
    op.create_index("ix_summary_link_process_id", "summary_link", ["process_id"])

    op.create_table(
        "workshop",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("process_id", sa.String(length=64), nullable=False),
        sa.Column("title", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("date", sa.String(length=10), nullable=False),
        sa.Column("phase", sa.Integer(), nullable=False),
        sa.Column("base_url", sa.String(length=200), nullable=True),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["process_id"], ["process.id"], name="fk_workshop_process_id_process", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_workshop"),
    )
    op.create_index("ix_workshop_process_id", "workshop", ["process_id"])


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
