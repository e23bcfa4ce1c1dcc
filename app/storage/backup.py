"""A copy of the file, without the order of writing or deleted text, and putting it back (A7, R18)."""

import secrets
import sqlite3
from contextlib import closing
from pathlib import Path

import typer
from sqlalchemy import text

from app.activities.registry import registry
from app.settings import Settings
from app.storage.database import Database

#: Kinds of records that phones make, and what is left of them when they are taken away.
ANONYMOUS = [str(kind.model_fields["kind"].default) for kind in registry.record_kinds if kind.anonymous] + [
    "gone"
]


async def write_backup(settings: Settings, to: Path) -> None:
    """`VACUUM INTO`: a copy page by page would keep both order and deleted text (A7)."""
    # Nothing else runs in this process yet: blocking calls harm nobody.
    database = Database(settings.database)
    if not database.is_sqlite:
        raise typer.BadParameter("PostgreSQL has pg_dump for this")
    if to.exists():  # noqa: ASYNC240
        raise typer.BadParameter("this file exists already")
    # Made before anything is written into it: nobody else may read it for a moment either.
    to.touch(0o600)  # noqa: ASYNC240
    async with database.alone() as connection:
        await connection.execute(text("VACUUM INTO :to"), {"to": str(to)})
    await database.close()
    _even_out(to)


def _even_out(copy: Path) -> None:
    """In an activity whose notes lie face down the seqs still tell the order of writing: not in the copy.

    Nobody misses them: after a restore every screen starts from nothing.
    """
    with closing(sqlite3.connect(copy, isolation_level=None)) as file:
        file.execute("PRAGMA secure_delete=ON")
        file.execute("PRAGMA temp_store=MEMORY")
        places = ", ".join("?" * len(ANONYMOUS))
        seq = "(SELECT seq FROM board WHERE board.id = record.board_id)"
        file.execute(f"UPDATE record SET seq = {seq} WHERE kind IN ({places})", ANONYMOUS)  # noqa: S608
        file.execute("VACUUM")


async def put_back(settings: Settings, source: Path) -> None:
    """Every board gets a new epoch, so that screens that know more start from nothing (E3)."""
    database = Database(settings.database)
    await database.close()
    if not database.is_sqlite or database.url.database is None:
        raise typer.BadParameter("PostgreSQL has pg_restore for this")
    place = Path(database.url.database)
    if not source.exists():  # noqa: ASYNC240
        raise typer.BadParameter("there is no such copy")
    with closing(sqlite3.connect(source)) as copy, closing(sqlite3.connect(place, timeout=1)) as there:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise typer.BadParameter("this copy is damaged")
        try:
            # Works for nobody but the only one who has the file open: a server that runs would go on from
            # what it has in memory, and write it over what is put back.
            there.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError:
            raise typer.BadParameter("stop the server first") from None
        copy.backup(there)
        with there:
            for (board,) in there.execute("SELECT id FROM board").fetchall():
                there.execute("UPDATE board SET epoch = ? WHERE id = ?", (secrets.token_urlsafe(16), board))
