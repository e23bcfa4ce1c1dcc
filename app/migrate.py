"""Brings a database to the tables of this version (R17)."""

import asyncio
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData

from app.accounts import tables as _accounts
from app.exports import tables as _exports
from app.live import tables as _live
from app.processes import tables as _processes
from app.storage.database import Database, metadata
from app.storage.tables import board_metadata

_TABLES = (_accounts, _exports, _live, _processes)


def all_tables(dialect: str) -> list[MetaData]:
    """The tables of all parts; importing them above is what enters them."""
    return [metadata] if dialect == "sqlite" else [metadata, board_metadata]


async def upgrade(url: str) -> None:
    """Run what is missing, in one transaction. In a thread: Alembic drives a loop of its own."""
    await asyncio.to_thread(command.upgrade, _config(url), "head")


async def is_current(database: Database) -> bool:
    """Whether the database has the tables of this version."""
    async with database.connect() as connection:
        found = await connection.run_sync(_revision)
    return found == ScriptDirectory.from_config(_config(str(database.url))).get_current_head()


async def is_empty(database: Database) -> bool:
    """Whether nothing was ever made here."""
    async with database.connect() as connection:
        return await connection.run_sync(_revision) is None


def revisions() -> frozenset[str]:
    """Every revision that this version knows."""
    # The address is not looked at: no database is opened.
    script = ScriptDirectory.from_config(_config("sqlite://"))
    return frozenset(found.revision for found in script.walk_revisions())


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


def _config(url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(_folder()).replace("%", "%%"))
    config.set_main_option("sqlalchemy.url", url.replace("%", "%%"))
    return config


def _folder() -> Path:
    """The migrations: beside the package in a checkout, inside it in a wheel."""
    app = Path(__file__).resolve().parent
    packed = app / "_alembic"
    return packed if packed.exists() else app.parent / "alembic"
