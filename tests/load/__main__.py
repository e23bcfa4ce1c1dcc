"""`make bench`: every table of the benchmark, one after the other, in one run.

Server and generator have a core each. Phones use real sockets; notes are committed durably (WAL, FULL) before
they are answered. Use `python -m tests.load writing shared` for some of the tables only, `BESIDE=<another
checkout> make bench` to add its rows to ours where a table can, and `LONG=1` for all runs.
"""

import asyncio
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.load import exports, floods, joins, page, processes, room, shared, stalls, tails, writing

TABLES: dict[str, Callable[[Path], Awaitable[str]]] = {
    "writing": writing.run,
    "led": tails.led,
    "tails": tails.run,
    "joins": joins.run,
    "shared": shared.run,
    "stalled": stalls.slow_phones,
    "scrub": stalls.scrub,
    "page": page.run,
    "room": room.run,
    "floods": floods.run,
    "exports": exports.run,
    "processes": processes.run,
    "many": processes.many,
}


async def main(names: list[str]) -> None:
    """Make the requested tables."""
    for name in names or list(TABLES):
        began = time.perf_counter()
        with tempfile.TemporaryDirectory() as folder:
            print(await TABLES[name](Path(folder)), flush=True)
        print(f"\n({name}: {time.perf_counter() - began:.0f} s)", flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
