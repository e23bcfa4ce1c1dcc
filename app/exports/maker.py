"""Files that are made in the one worker process: PDF, Word, Excel and what else takes time or a library.

The worker is a process of its own because a job cannot be stopped, keeps its caches and must not take the
server along: it has 20 seconds and 512 MiB, and is killed and restarted when it needs more (X24).
"""

import asyncio
import json
import struct
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

WORKER = Path(__file__).parent / "worker.py"
SECONDS = 20.0
MEMORY = 512 * 1024 * 1024
# The compiler's cache only grows; after this many jobs the memory is given back.
JOBS = 50
#: So many may wait; whoever comes then is told to come again.
WAITING = 24


class NotMade(Exception):
    """No file came of it: too long, too much memory, too many who wait, or the job broke."""


class Maker:
    """Makes files one at a time in a worker process, which starts with the first and ends with `close`."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, jobs: int = JOBS) -> None:
        self._seconds = seconds
        self._memory = memory
        self._jobs = jobs
        self._done = 0
        self._waiting = 0
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, job: Mapping[str, Any]) -> bytes:
        """What the worker makes of a job; cancelled, one that waits is dropped and one that runs is ended."""
        if self._waiting >= WAITING:
            raise NotMade("waiting")
        self._waiting += 1
        try:
            return await self._in_turn(json.dumps(job).encode())
        finally:
            self._waiting -= 1

    async def warm(self) -> None:
        """Start the worker for whoever may want a file soon; it loads what it needs while nobody waits."""
        if self._turn.locked():
            return
        async with self._turn:
            if self._process is None or self._process.returncode is not None:
                self._process = await self._start()

    async def close(self) -> None:
        """End the worker."""
        async with self._turn:
            await self._end()

    async def _in_turn(self, job: bytes) -> bytes:
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._ask(job)
            except (TimeoutError, asyncio.IncompleteReadError, OSError) as error:
                await self._end()
                raise NotMade(type(error).__name__) from None
            except asyncio.CancelledError:
                # Half an answer lies in the pipe: the next job must not read it as its own.
                await self._end()
                raise
            self._done += 1
            if self._done >= self._jobs:
                await self._end()
        if answer[:1] != b"+":
            raise NotMade(answer[1:].decode())
        return answer[1:]

    async def _ask(self, job: bytes) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await self._start()
        process = self._process
        assert process.stdin
        assert process.stdout
        process.stdin.write(struct.pack(">I", len(job)) + job)
        await process.stdin.drain()
        sign, length = struct.unpack(">cI", await process.stdout.readexactly(5))
        return bytes(sign + await process.stdout.readexactly(length))

    async def _start(self) -> asyncio.subprocess.Process:
        self._done = 0
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(WORKER),
            str(self._memory),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # The compiler's messages quote the text they stumble over: nowhere is the place for them (A9).
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of ours: the environment may hold secrets (X42).
            env={"RAYON_NUM_THREADS": "2", "LANG": "C.UTF-8"},
        )

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            await process.wait()
