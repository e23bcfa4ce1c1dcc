"""Runs the migrations in one transaction, on either database (R17)."""

import asyncio

from alembic import context
from sqlalchemy import Connection

from app.migrate import all_tables
from app.storage.database import Database

config = context.config


def migrate(connection: Connection) -> None:
    """Everything that is missing, or nothing: SQLite too can take a table back."""
    context.configure(
        connection=connection,
        target_metadata=all_tables(),
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    context.run_migrations()


async def main() -> None:
    """Open the database named by the caller, else by -x url=…, else by alembic.ini."""
    named = context.get_x_argument(as_dictionary=True).get("url")
    database = Database(named or config.get_main_option("sqlalchemy.url") or "")
    try:
        async with database.begin() as connection:
            await connection.run_sync(migrate)
    finally:
        await database.close()


asyncio.run(main())
