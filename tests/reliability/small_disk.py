"""The server on a disk that is only as large as the file `pages` in its data folder says, in pages.

SQLite's own limit stands in for a full disk. It is read at every transaction: a test can let space run
out and come back.
"""

import os
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from app.__main__ import main

ENDLESS = 2**30


@event.listens_for(Engine, "begin")
def limit(connection: Connection) -> None:
    """As SQLite does it: never below what there is already."""
    size = Path(os.environ["TRIVSEL_DATA"], "pages")
    pages = int(size.read_text()) if size.exists() else ENDLESS
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages}").close()


if __name__ == "__main__":
    main()
