"""Mails that wait, and who asked to be reminded of a process."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from app.storage.database import metadata

_CASCADE = "CASCADE"

mail = Table(
    "mail",
    metadata,
    Column("id", String(64), primary_key=True),
    # Whom it is for, if they have an account: with it, what waits for them goes.
    Column("account_id", String(64), ForeignKey("account.id", ondelete=_CASCADE), nullable=True, index=True),
    # Of which process it speaks, if of one.
    Column("process_id", String(64), ForeignKey("process.id", ondelete=_CASCADE), nullable=True, index=True),
    # Address, text and the links in it, under a key that is not in the database (X42).
    Column("sealed", LargeBinary, nullable=False),
    # Not before; while it is being sent: not before somebody else must have died.
    Column("due_at", BigInteger, nullable=False, index=True),
    # Then it is worth nothing any more.
    Column("expires_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(64), ForeignKey("account.id", ondelete=_CASCADE), nullable=False, index=True),
    Column("process_id", String(64), ForeignKey("process.id", ondelete=_CASCADE), nullable=False, index=True),
    # Up to and with this day (ISO) they were reminded.
    Column("day", String(10), nullable=False),
    UniqueConstraint("account_id", "process_id"),
)
