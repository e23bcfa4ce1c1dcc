"""Managers' links to the summary of a process (X12), and the address of its calendar (P4.7)."""

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, LargeBinary, String, Table

from app.storage.database import metadata

summary_link = Table(
    "summary_link",
    metadata,
    Column("id", String(64), primary_key=True),
    Column(
        "process_id", String(64), ForeignKey("process.id", ondelete="CASCADE"), nullable=False, index=True
    ),
    # The link's fragment holds 32 random bytes; only their SHA-256 is stored.
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("password_hash", String(200), nullable=True),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("revoked", Boolean, nullable=False),
    # How often it was opened; not when and not from where.
    Column("opened", Integer, nullable=False),
    # The parts of the summary it does not show, separated by spaces (`left_out.py`).
    Column("left_out", String(200), nullable=False, server_default=""),
)

#: P4.7: the one address of a process that calendar programs subscribe to.
calendar_address = Table(
    "calendar_address",
    metadata,
    Column("process_id", String(64), ForeignKey("process.id", ondelete="CASCADE"), primary_key=True),
    # The address holds 32 random bytes; only their SHA-256 is stored.
    Column("token_hash", LargeBinary(32), nullable=False, unique=True),
    Column("made_at", BigInteger, nullable=False),
)
