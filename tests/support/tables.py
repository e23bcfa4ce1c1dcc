"""A data folder with all tables: migrating an empty one takes longer than most tests."""

import asyncio
import functools
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.operations.serving import prepare
from app.settings import Settings

FILE = "trivselstavlen.sqlite3"


def lay(data: Path) -> None:
    """Make the folder as a first start leaves it, but without the key."""
    data.mkdir(parents=True, exist_ok=True)
    (data / FILE).write_bytes(_laid())


@functools.cache
def _laid() -> bytes:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as thread:
        # In a thread, since the caller may be inside a loop.
        thread.submit(asyncio.run, prepare(Settings(data=Path(folder)))).result()
        return Path(folder, FILE).read_bytes()
