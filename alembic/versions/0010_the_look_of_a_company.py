"""A company's page: its language, its colour and its logo (X26)."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("company", sa.Column("language", sa.String(length=8), nullable=False, server_default="da"))
    op.add_column("company", sa.Column("colour", sa.String(length=7), nullable=False, server_default=""))
    op.create_table(
        "company_logo",
        sa.Column("company_id", sa.String(length=64), nullable=False),
        sa.Column("png", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["company_id"], ["company.id"], name="fk_company_logo_company_id_company", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("company_id", name="pk_company_logo"),
    )


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
