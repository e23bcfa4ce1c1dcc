"""Conversations for two (D1-D3), and whether a company has them switched on."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("company", sa.Column("conversations", sa.Boolean(), nullable=False, server_default="1"))
    op.create_table(
        "conversation_pair",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("company_id", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=64), nullable=False),
        sa.Column("employee", sa.String(length=400), nullable=False),
        sa.Column("leader", sa.String(length=400), nullable=False),
        sa.Column("language", sa.String(length=8), nullable=False),
        sa.Column("rhythm", sa.String(length=16), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("time", sa.String(length=5), nullable=True),
        sa.Column("plan_rev", sa.Integer(), nullable=False),
        sa.Column("last_day", sa.String(length=10), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_conversation_pair_company_id_company", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name="fk_conversation_pair_account_id_account", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation_pair"),
    )
    op.create_index("ix_conversation_pair_company_id", "conversation_pair", ["company_id"])
    op.create_index("ix_conversation_pair_account_id", "conversation_pair", ["account_id"])
    op.create_table(
        "conversation_link",
        sa.Column("door", sa.LargeBinary(length=32), nullable=False),
        sa.Column("pair_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"],
            ["conversation_pair.id"],
            name="fk_conversation_link_pair_id_conversation_pair",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("door", name="pk_conversation_link"),
    )
    op.create_index("ix_conversation_link_pair_id", "conversation_link", ["pair_id"])
    op.create_table(
        "conversation",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("pair_id", sa.String(length=64), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("day", sa.String(length=10), nullable=False),
        sa.Column("employee_shared", sa.Boolean(), nullable=False),
        sa.Column("leader_shared", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["pair_id"],
            ["conversation_pair.id"],
            name="fk_conversation_pair_id_conversation_pair",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_conversation"),
    )
    op.create_index("ix_conversation_pair_id", "conversation", ["pair_id"])
    op.create_table(
        "conversation_answer",
        sa.Column("conversation_id", sa.String(length=64), nullable=False),
        sa.Column("side", sa.String(length=16), nullable=False),
        sa.Column("question", sa.String(length=16), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversation.id"],
            name="fk_conversation_answer_conversation_id_conversation",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("conversation_id", "side", "question", name="pk_conversation_answer"),
    )


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
