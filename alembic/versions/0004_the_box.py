"""What the room was not shown is stored apart (F2); on SQLite every board gets its own file (F15).

`alembic/env.py` rewrites the main file once afterwards, so that nothing of the boards stays in it.
"""

import json
import secrets
import sqlite3
from pathlib import Path

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

PARTS = 32
#: The layout of a board's file in this version.
ROWS = "(id TEXT PRIMARY KEY, kind TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL) WITHOUT ROWID"
HEAD = "id TEXT PRIMARY KEY, epoch TEXT NOT NULL, seq INTEGER NOT NULL, pruned_seq INTEGER NOT NULL"
FILE = (
    f"CREATE TABLE board ({HEAD}, due_at INTEGER, traces INTEGER NOT NULL) WITHOUT ROWID",
    f"CREATE TABLE record {ROWS}",
    f"CREATE TABLE box {ROWS}",
    "PRAGMA user_version=1",
)


def boxed(kind: str, body: str) -> bool:
    """Whether the room has not been shown this record."""
    if kind == "note":
        return bool(json.loads(body).get("face", "down") != "up")
    return kind in ("late_note", "pending", "ballot")


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        _into_files()
    else:
        _into_parts()


def _into_files() -> None:
    connection = op.get_bind()
    folder = Path(str(connection.engine.url.database)).parent / "boards"
    folder.mkdir(mode=0o700, exist_ok=True)
    boards = connection.execute(sa.text("SELECT id, epoch, seq, pruned_seq, due_at, traces FROM board")).all()
    for board in boards:
        rows = connection.execute(
            sa.text("SELECT id, kind, seq, body FROM record WHERE board_id = :board ORDER BY id"),
            {"board": board.id},
        )
        # If a start is interrupted here, the next one repeats this: the file is replaced as a whole.
        half = folder / f".{board.id}.{secrets.token_hex(4)}"
        half.touch(0o600)
        file = sqlite3.connect(half, isolation_level=None)
        for statement in FILE:
            file.execute(statement)
        file.execute("BEGIN")
        file.execute("INSERT INTO board VALUES (?, ?, ?, ?, ?, ?)", tuple(board))
        for row in rows:
            table = "box" if boxed(row.kind, row.body) else "record"
            file.execute(f"INSERT INTO {table} VALUES (?, ?, ?, ?)", tuple(row))  # noqa: S608
        file.execute("COMMIT")
        file.close()
        half.replace(folder / f"{board.id}.sqlite3")
    op.drop_table("record")
    op.drop_table("board")


def _into_parts() -> None:
    op.rename_table("record", "old_record")
    op.execute("ALTER INDEX pk_record RENAME TO pk_old_record")
    op.execute("ALTER INDEX ix_record_board_id_seq RENAME TO ix_old_record_board_id_seq")
    for name, how in (("record", {"postgresql_partition_by": "HASH (board_id)"}), ("box", {})):
        op.create_table(
            name,
            sa.Column("board_id", sa.String(length=64), nullable=False),
            sa.Column("id", sa.String(length=96), nullable=False),
            sa.Column("kind", sa.String(length=32), nullable=False),
            sa.Column("seq", sa.BigInteger(), nullable=False),
            sa.Column("body", sa.Text(), nullable=False),
            sa.PrimaryKeyConstraint("board_id", "id", name=f"pk_{name}"),
            **how,
        )
        op.create_index(f"ix_{name}_board_id_seq", name, ["board_id", "seq"])
    parts = [f"record_{number:02}" for number in range(PARTS)]
    for number, part in enumerate(parts):
        values = f"FOR VALUES WITH (MODULUS {PARTS}, REMAINDER {number})"
        op.execute(f"CREATE TABLE {part} PARTITION OF record {values}")
    for name in ("record", *parts, "box"):
        for column in ("id", "body"):
            op.execute(f"ALTER TABLE {name} ALTER {column} SET STATISTICS 0")
    unshown = (
        "kind IN ('late_note', 'pending', 'ballot')"
        " OR kind = 'note' AND coalesce(body::jsonb ->> 'face', 'down') <> 'up'"
    )
    columns = "board_id, id, kind, seq, body"
    for name, which in (("box", unshown), ("record", f"NOT ({unshown})")):
        rows = f"SELECT {columns} FROM old_record WHERE {which} ORDER BY board_id, id"  # noqa: S608
        op.execute(f"INSERT INTO {name} {rows}")
    # This drops its files too, and its statistics, which held samples of what people wrote.
    op.drop_table("old_record")


def downgrade() -> None:
    raise NotImplementedError("There is no way back: put the backup from before the upgrade in place.")
