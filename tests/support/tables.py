"""A data folder in which all tables are laid: to lay them takes longer than most tests."""

import asyncio
import functools
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from app.operations.serving import prepare
from app.settings import Settings

FILE = "trivselstavlen.sqlite3"


def lay(data: Path) -> None:
    """As a first start leaves it, but for the key. Starts on nothing are tests of their own."""
    data.mkdir(parents=True, exist_ok=True)
    (data / FILE).write_bytes(_laid())


@functools.cache
def _laid() -> bytes:
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(1) as beside:
        # Beside, since whoever asks may be in a loop.
        beside.submit(asyncio.run, prepare(Settings(data=Path(folder)))).result()
        return Path(folder, FILE).read_bytes()
