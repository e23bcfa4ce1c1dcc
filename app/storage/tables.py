"""The two tables of the boards. A new activity needs no migration: records are JSON bodies in `record`."""

from sqlalchemy import BigInteger, Column, Index, Integer, String, Table, Text

from app.storage.database import metadata

board = Table(
    "board",
    metadata,
    Column("id", String(64), primary_key=True),
    # Random, new when a backup is put back: a screen that names another epoch starts from nothing (E3).
    Column("epoch", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    # Tombstones up to here are gone: a `since` below it counts as 0.
    Column("pruned_seq", BigInteger, nullable=False),
    # Server time in ms at which something falls due (E6); the sweep looks here for boards nobody has open.
    Column("due_at", BigInteger, nullable=True),
    # What the store still owes: 0 nothing, 1 empty the WAL (A6), 2 rewrite the pages (A4).
    Column("traces", Integer, nullable=False),
)

record = Table(
    "record",
    metadata,
    Column("board_id", String(64), primary_key=True),
    Column("id", String(96), primary_key=True),
    Column("kind", String(32), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_record_board_id_seq", "board_id", "seq"),
    # No rowid: it would be a counter of arrival (A4).
    sqlite_with_rowid=False,
)
