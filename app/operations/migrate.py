"""Brings a database to the tables of this version (R17)."""

import asyncio
from collections.abc import Iterable
from enum import Enum
from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect

from app.accounts import tables as _accounts
from app.conversations import tables as _conversations
from app.exports import tables as _exports
from app.live import tables as _live
from app.mail import tables as _mail
from app.processes import tables as _processes
from app.storage import spent as _spent
from app.storage.database import Database, metadata
from app.storage.tables import board_metadata

_TABLES = (_accounts, _conversations, _exports, _live, _mail, _processes, _spent)


def all_tables(dialect: str) -> list[MetaData]:
    """The tables of all parts; the imports above register them."""
    return [metadata] if dialect == "sqlite" else [metadata, board_metadata]


async def upgrade(url: str) -> None:
    """Run missing migrations in one transaction. In a thread, since Alembic runs its own event loop."""
    await asyncio.to_thread(command.upgrade, _config(url), "head")


class State(Enum):
    """How a database's tables relate to this version."""

    #: Nothing was ever made here.
    NEW = "new"
    CURRENT = "current"
    OLDER = "older"
    #: A revision that this version does not know: a newer one made it (G05).
    NEWER = "newer"
    #: Tables, but none of ours.
    FOREIGN = "foreign"


async def state(database: Database) -> State:
    """Look, and change nothing."""
    async with database.connect() as connection:
        return await connection.run_sync(_state_of)


def _state_of(connection: Connection) -> State:
    # A PostgreSQL database may be shared with other programs; a file is not.
    names = inspect(connection).get_table_names()
    dialect = connection.dialect.name
    ours = {name for tables in all_tables(dialect) for name in tables.tables}
    return judged(_revision(connection), names if dialect == "sqlite" else ours & set(names))


def judged(revision: str | None, tables: Iterable[str]) -> State:
    """The state of a database with that revision and these tables."""
    if revision is None:
        return State.FOREIGN if any(not name.startswith(_NOT_OURS) for name in tables) else State.NEW
    if revision == _scripts().get_current_head():
        return State.CURRENT
    return State.OLDER if revision in revisions() else State.NEWER


#: Alembic's own table, empty if a first start was killed, and one left by log replication.
_NOT_OURS = ("alembic_version", "_litestream_", "sqlite_")


async def is_current(database: Database) -> bool:
    """Whether the database has the tables of this version."""
    return await state(database) is State.CURRENT


async def is_empty(database: Database) -> bool:
    """Whether nothing was ever made here."""
    return await state(database) is State.NEW


def revisions() -> frozenset[str]:
    """Every revision that this version knows."""
    return frozenset(found.revision for found in _scripts().walk_revisions())


@cache
def _scripts() -> ScriptDirectory:
    # The address is not used: no database is opened.
    return ScriptDirectory.from_config(_config("sqlite://"))


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _folder() -> Path:
    """The migrations: next to the package in a checkout, inside it in a wheel."""
    app = Path(__file__).resolve().parents[1]
    packed = app / "_alembic"
    return packed if packed.exists() else app.parent / "alembic"
