"""Mails waiting to be sent, and who asked for reminders of a process."""

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, String, Table, UniqueConstraint

from app.storage.database import metadata

_CASCADE = "CASCADE"

mail = Table(
    "mail",
    metadata,
    Column("id", String(64), primary_key=True),
    # The recipient's account, if any: deleting it deletes the mail.
    Column("account_id", String(64), ForeignKey("account.id", ondelete=_CASCADE), nullable=True, index=True),
    # The process it is about, if any.
    Column("process_id", String(64), ForeignKey("process.id", ondelete=_CASCADE), nullable=True, index=True),
    # Address, text and the links in it, under a key that is not in the database (X42).
    Column("sealed", LargeBinary, nullable=False),
    # Not before this time; during sending, when its sender must be assumed dead.
    Column("due_at", BigInteger, nullable=False, index=True),
    # When it expires.
    Column("expires_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
)

reminder = Table(
    "reminder",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("account_id", String(64), ForeignKey("account.id", ondelete=_CASCADE), nullable=False, index=True),
    Column("process_id", String(64), ForeignKey("process.id", ondelete=_CASCADE), nullable=False, index=True),
    # The last day (ISO) they were reminded of.
    Column("day", String(10), nullable=False),
    UniqueConstraint("account_id", "process_id"),
)
