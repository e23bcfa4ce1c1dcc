"""The boards' tables on PostgreSQL; on SQLite each board has a file of its own (`board_file.py`).

A new activity needs no migration: records are JSON bodies.
"""

from typing import Any

from sqlalchemy import DDL, BigInteger, Column, Index, Integer, MetaData, String, Table, Text, event

from app.storage.database import NAMES

board_metadata = MetaData(naming_convention=NAMES)

#: The number of partitions of the records, by hash of the board: rewriting one (A5) blocks only its own
#: boards.
PARTS = 32

board = Table(
    "board",
    board_metadata,
    Column("id", String(64), primary_key=True),
    # Random, and new after a restore: a screen with another epoch starts from nothing (E3).
    Column("epoch", String(64), nullable=False),
    Column("seq", BigInteger, nullable=False),
    # Tombstones up to this seq are gone: a `since` below it counts as 0.
    Column("pruned_seq", BigInteger, nullable=False),
    # Server time in ms at which something falls due (E6), for the sweep of boards that nobody has open.
    Column("due_at", BigInteger, nullable=True),
    # The clean-up still owed: 0 none, 1 the box, 2 the records too (A4-A6).
    Column("traces", Integer, nullable=False),
)


def _of_records(name: str, **how: Any) -> Table:
    return Table(
        name,
        board_metadata,
        Column("board_id", String(64), primary_key=True),
        Column("id", String(96), primary_key=True),
        Column("kind", String(32), nullable=False),
        Column("seq", BigInteger, nullable=False),
        Column("body", Text, nullable=False),
        Index(f"ix_{name}_board_id_seq", "board_id", "seq"),
        **how,
    )


#: What the room was shown, and what drivers made.
record = _of_records("record", postgresql_partition_by="HASH (board_id)")
#: What phones made and the room was not shown (F2).
box = _of_records("box")


def part(number: int) -> str:
    """The name of a part of the records."""
    return f"record_{number:02}"


#: F2: the database's statistics keep samples of a column's texts, long after those are deleted.
NO_SAMPLES = ("id", "body")


def _after(table: Table, statement: str) -> None:
    event.listen(table, "after_create", DDL(statement))  # type: ignore[no-untyped-call]


for _number in range(PARTS):
    _values = f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {_number})"
    _after(record, f"CREATE TABLE {part(_number)} PARTITION OF record {_values}")
for _table, _names in ((record, ["record", *map(part, range(PARTS))]), (box, ["box"])):
    for _name in _names:
        for _column in NO_SAMPLES:
            _after(_table, f"ALTER TABLE {_name} ALTER {_column} SET STATISTICS 0")
