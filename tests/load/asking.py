"""`python -m tests.load.asking URL COOKIES MANY PATH…`: this many request files without pause.

It ends with its stdin, and then prints how many files it got. It is a separate process that gives way to
every other: otherwise unpacking the files would delay the phones, whose waiting is what is measured.
"""

import asyncio
import os
import sys
from collections.abc import Sequence
from itertools import cycle, islice

import httpx2 as httpx

from tests.load.measure import give_way
from tests.support.server import CHECKOUT


class Asking:
    """The process, as the one that starts it sees it."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process

    @classmethod
    async def begin(cls, http: httpx.AsyncClient, many: int, paths: Sequence[str]) -> "Asking":
        """Start it, signed in as `http` is."""
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in http.cookies.jar)
        words = (str(http.base_url), cookies, str(many), *paths)
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "tests.load.asking",
            *words,
            cwd=CHECKOUT,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
        )
        assert process.stdout
        # It is loaded, and has its first file.
        await process.stdout.readline()
        return cls(process)

    async def end(self) -> int:
        """Stop it; returns how many files it got."""
        said, _ = await self._process.communicate(b"")
        return int(said)


async def main(url: str, cookies: str, many: int, paths: Sequence[str]) -> None:
    give_way(os.getpid())
    files = 0

    async def ask(http: httpx.AsyncClient, path: str) -> None:
        nonlocal files
        while True:
            (await http.get(path)).raise_for_status()
            files += 1
            if files == 1:
                print("begun", flush=True)

    async with httpx.AsyncClient(
        base_url=url, headers={"Cookie": cookies}, timeout=60, trust_env=False
    ) as http:
        asking = [asyncio.create_task(ask(http, path)) for path in islice(cycle(paths), many)]
        ended = asyncio.ensure_future(asyncio.to_thread(sys.stdin.read))
        await asyncio.wait({ended, *asking}, return_when=asyncio.FIRST_COMPLETED)
        for task in asking:
            if task.done():
                task.result()
            task.cancel()
    print(files, flush=True)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:]))
