"""The server on a disk that is only as large as the file `pages` in its data folder says, in pages.

SQLite's own limit simulates a full disk, for each file separately. It is read at every transaction: a test
can let space run out and return; 1 is a disk that is full right now.
"""

import os
from pathlib import Path

from sqlalchemy import event
from sqlalchemy.engine import Connection, Engine

from app.__main__ import main
from app.storage.board_file import BoardFile, Head

ENDLESS = 2**30


def pages() -> int:
    """As SQLite does it: never below the current size."""
    size = Path(os.environ["TRIVSEL_DATA"], "pages")
    return int(size.read_text()) if size.exists() else ENDLESS


@event.listens_for(Engine, "begin")
def limit(connection: Connection) -> None:
    """The main file."""
    connection.exec_driver_sql(f"PRAGMA max_page_count={pages()}").close()


write = BoardFile.write


def limited(file: BoardFile, head: Head, *given: object) -> None:
    """A board's file."""
    file._file.execute(f"PRAGMA max_page_count={pages()}").fetchone()
    write(file, head, *given)  # type: ignore[arg-type]


BoardFile.write = limited  # type: ignore[method-assign, assignment]

if __name__ == "__main__":
    main()
