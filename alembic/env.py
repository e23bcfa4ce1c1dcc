"""Runs the migrations in one transaction, on either database (R17)."""

import asyncio

from alembic import context
from sqlalchemy import Connection, inspect

from app.operations.migrate import all_tables
from app.storage.database import Database

config = context.config


def migrate(connection: Connection) -> bool:
    """Run all missing migrations or none (SQLite too can undo a new table). Returns whether tables were
    dropped.
    """
    before = set(inspect(connection).get_table_names())
    context.configure(
        connection=connection,
        target_metadata=all_tables(connection.dialect.name),
        render_as_batch=True,
        transactional_ddl=True,
        compare_type=True,
    )
    context.run_migrations()
    return not before <= set(inspect(connection).get_table_names())


async def main() -> None:
    """Open the database named by the caller, else by -x url=…, else by alembic.ini."""
    named = context.get_x_argument(as_dictionary=True).get("url")
    database = Database(named or config.get_main_option("sqlalchemy.url") or "")
    try:
        async with database.begin() as connection:
            dropped = await connection.run_sync(migrate)
        if dropped and database.is_sqlite:
            # The pages of a dropped table still hold what people wrote (A5).
            await database.rewrite()
    finally:
        await database.close()


asyncio.run(main())
