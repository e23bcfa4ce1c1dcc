"""Files that are made in the one worker process: PDF, Word, Excel and what else takes time or a library.

The worker is a process of its own because a job cannot be stopped, keeps its caches and must not take the
server along: a file has 20 seconds of a processor and 512 MiB, and what needs more is ended (X24). By the
clock it may take as long as it has to: on a machine that is full it waits for what others leave.
"""

import asyncio
import os
import struct
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Literal, NamedTuple

import orjson
import psutil

WORKER = Path(__file__).parent / "worker.py"
SECONDS = 20.0
#: A worker that has used nothing of a processor for so long waits for none: it hangs.
HANGING = 60.0
MEMORY = 512 * 1024 * 1024
# The compiler's cache only grows: after so many jobs, or once a worker holds this share of what it may,
# another takes its place, or it would end in the midst of somebody's file.
JOBS, HELD = 50, 0.4
#: Without it no process of Windows begins.
WINDOWS = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if sys.platform == "win32" else {}
#: So many may wait; whoever comes then is told to come again.
WAITING = 24


class Step(NamedTuple):
    """How far a file is: of those before it while `waiting`, or of its own parts while `making`."""

    step: Literal["waiting", "making"]
    done: int
    all: int


#: Who wants to know.
Told = Callable[[Step], object]


class NotMade(Exception):
    """No file came of it: too long, too much memory, too many who wait, or the job broke."""


class Maker:
    """Makes files one at a time in a worker process, which starts with the first and ends with `close`."""

    def __init__(
        self, seconds: float = SECONDS, memory: int = MEMORY, jobs: int = JOBS, hanging: float = HANGING
    ) -> None:
        self._seconds = seconds
        self._memory = memory
        self._hanging = hanging
        self._jobs = jobs
        self._done = 0
        #: Who waits, the first first; each is told when somebody before them is done.
        self._waiting: dict[object, Callable[[int], object]] = {}
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, job: Mapping[str, Any], told: Told | None = None) -> bytes:
        """What the worker makes of a job; cancelled, one that waits is dropped and one that runs is ended."""
        if len(self._waiting) >= WAITING:
            raise NotMade("waiting")
        me, first = object(), len(self._waiting)
        tell = told or _nobody
        self._waiting[me] = lambda ahead: tell(Step("waiting", first - ahead, first)) if ahead else None
        self._waiting[me](first)
        try:
            return await self._in_turn(orjson.dumps(job), tell)
        finally:
            del self._waiting[me]
            for ahead, waits in enumerate(self._waiting.values()):
                waits(ahead)

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

    async def _in_turn(self, job: bytes, told: Told) -> bytes:
        async with self._turn:
            try:
                answer = await self._ask(job, told)
            except (TimeoutError, asyncio.IncompleteReadError, OSError, psutil.Error) as error:
                await self._end()
                raise NotMade(type(error).__name__) from None
            except asyncio.CancelledError:
                # Half an answer lies in the pipe: the next job must not read it as its own.
                await self._end()
                raise
            self._done += 1
            if self._done >= self._jobs or self._holds_much():
                await self._end()
                # It loads what it needs while nobody waits.
                self._process = await self._start()
        if answer[:1] != b"+":
            raise NotMade(answer[1:].decode())
        return answer[1:]

    async def _ask(self, job: bytes, told: Told) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await self._start()
        process = self._process
        told(Step("making", 0, 1))
        answering = asyncio.ensure_future(_answer(process, job, told))
        used = -1.0
        try:
            while not (await asyncio.wait({answering}, timeout=self._hanging))[0]:
                before, used = used, sum(psutil.Process(process.pid).cpu_times()[:2])
                if used == before:
                    raise TimeoutError
            return await answering
        finally:
            answering.cancel()

    def _holds_much(self) -> bool:
        assert self._process
        try:
            return psutil.Process(self._process.pid).memory_info().rss > self._memory * HELD
        except psutil.Error:
            return True

    async def _start(self) -> asyncio.subprocess.Process:
        self._done = 0
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(WORKER),
            str(self._memory),
            str(max(1, int(self._seconds))),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # The compiler's messages quote the text they stumble over: nowhere is the place for them (A9).
            stderr=asyncio.subprocess.DEVNULL,
            # Nothing of ours: the environment may hold secrets (X42).
            env={"RAYON_NUM_THREADS": "2", "LANG": "C.UTF-8"} | WINDOWS,
        )

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            await process.wait()


async def _answer(process: asyncio.subprocess.Process, job: bytes, told: Told) -> bytes:
    """What the worker says of a job in the end; how far it is meanwhile is told."""
    assert process.stdin
    assert process.stdout
    process.stdin.write(struct.pack(">I", len(job)) + job)
    await process.stdin.drain()
    while True:
        sign, length = struct.unpack(">cI", await process.stdout.readexactly(5))
        said = await process.stdout.readexactly(length)
        if sign != b"=":
            return bytes(sign + said)
        told(Step("making", *struct.unpack(">II", said)))


def _nobody(_: Step) -> None: ...
