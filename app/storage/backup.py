"""A copy of the file, without the order of writing or deleted text, and putting it back (A7, R18)."""

import secrets
import sqlite3
from pathlib import Path

import typer
from sqlalchemy import text

from app.settings import Settings
from app.storage.database import Database


async def write_backup(settings: Settings, to: Path) -> None:
    """`VACUUM INTO`: a copy page by page would keep both order and deleted text (A7)."""
    # Nothing else runs in this process yet: blocking calls harm nobody.
    database = Database(settings.database)
    if not database.is_sqlite:
        raise typer.BadParameter("PostgreSQL has pg_dump for this")
    if to.exists():  # noqa: ASYNC240
        raise typer.BadParameter("this file exists already")
    async with database.alone() as connection:
        await connection.execute(text("VACUUM INTO :to"), {"to": str(to)})
    to.chmod(0o600)  # noqa: ASYNC240
    await database.close()


async def put_back(settings: Settings, source: Path) -> None:
    """Every board gets a new epoch, so that screens that know more start from nothing (E3)."""
    database = Database(settings.database)
    await database.close()
    if not database.is_sqlite or database.url.database is None:
        raise typer.BadParameter("PostgreSQL has pg_restore for this")
    place = Path(database.url.database)
    with sqlite3.connect(source) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise typer.BadParameter("this copy is damaged")
        with sqlite3.connect(place) as there:
            copy.backup(there)
            for (board,) in there.execute("SELECT id FROM board").fetchall():
                there.execute("UPDATE board SET epoch = ? WHERE id = ?", (secrets.token_urlsafe(16), board))
