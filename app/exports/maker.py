"""Makes files in the one worker process: PDF, Word, Excel and whatever else takes time or a library.

The worker is a separate process because a job cannot be interrupted, keeps caches, and must not take the
server down. A file gets 20 seconds of processor time and 512 MiB; a job that needs more is killed (X24). Wall
time is not limited, since on a busy machine the worker has to wait for the processor.
"""

import asyncio
import os
import pickle
import struct
import sys
from collections.abc import Awaitable, Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple

import psutil

WORKER = Path(__file__).parent / "worker.py"
SECONDS = 20.0
#: A worker that has used no processor time for this long hangs.
HANGING = 60.0
MEMORY = 512 * 1024 * 1024
#: The compiler's cache only grows. At this share of its memory limit a worker is replaced, so that it is not
#: killed in the middle of somebody's file. No earlier: to start one stops live rooms for some 10 ms.
HELD = 0.4
#: No process starts on Windows without it.
WINDOWS = {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if sys.platform == "win32" else {}
#: While several wait and people meet, the pause between two files, in seconds. Gathering a file's data and
#: sending it delays what a room says at that moment by a few ms; with it, less than one in a hundred.
PAUSE = 0.6
#: How many may wait; further requests are asked to try again later.
WAITING = 24


class Step(NamedTuple):
    """How far a file is: of those before it while `waiting`, or of its own parts while `making`."""

    step: Literal["waiting", "making"]
    done: int
    all: int


#: Receives the progress.
Told = Callable[[Step], object]
#: What to make, in the worker's terms; or a function that says so when the worker calls it, and has all that
#: it needs with it: composing a file would take time from live rooms.
Job = Mapping[str, Any] | Callable[[], Mapping[str, Any]]


class NotMade(Exception):
    """The file was not made: too slow, too much memory, too many waiting, or the job failed."""


class Maker:
    """Makes files one at a time in a worker process, which starts with the first and ends with `close`."""

    def __init__(
        self,
        modules: Sequence[str] = (),
        seconds: float = SECONDS,
        memory: int = MEMORY,
        hanging: float = HANGING,
        meeting: Callable[[], bool] = lambda: False,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        #: What the worker loads besides its libraries, because jobs call functions of them.
        self._modules = modules
        self._seconds = seconds
        self._memory = memory
        self._hanging = hanging
        #: Whether anybody is in a room.
        self._meeting = meeting
        self._sleep = sleep
        #: The queue; everybody in it is notified when a job before theirs is done.
        self._waiting: dict[object, Callable[[int], object]] = {}
        self._turn = asyncio.Lock()
        self._next_at = 0.0
        self._process: asyncio.subprocess.Process | None = None

    async def ask(self, job: Job, told: Told | None = None) -> bytes:
        """The worker's result for a job. Cancelling drops a waiting job and kills a running one."""
        if len(self._waiting) >= WAITING:
            raise NotMade("waiting")
        me, first = object(), len(self._waiting)
        tell = told or _nobody
        self._waiting[me] = lambda ahead: tell(Step("waiting", first - ahead, first)) if ahead else None
        self._waiting[me](first)
        try:
            return await self._in_turn(pickle.dumps(job), tell)
        finally:
            del self._waiting[me]
            for ahead, waits in enumerate(self._waiting.values()):
                waits(ahead)

    async def warm(self) -> None:
        """Start the worker if a file may be needed soon; it loads its modules while nobody waits."""
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
            if len(self._waiting) > 1 and self._meeting():
                await self._sleep(self._next_at - asyncio.get_running_loop().time())
            try:
                answer = await self._ask(job, told)
            except (TimeoutError, asyncio.IncompleteReadError, OSError, psutil.Error) as error:
                await self._end()
                raise NotMade(type(error).__name__) from None
            except asyncio.CancelledError:
                # Half an answer is in the pipe: the next job must not read it as its own.
                await self._end()
                raise
            if self._holds_much():
                await self._end()
                # It loads its modules while nobody waits.
                self._process = await self._start()
            self._next_at = asyncio.get_running_loop().time() + PAUSE
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
        return await asyncio.create_subprocess_exec(
            sys.executable,
            "-I",
            str(WORKER),
            str(self._memory),
            str(max(1, int(self._seconds))),
            *self._modules,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            # The compiler's messages quote the text they fail on, so they are discarded (A9).
            stderr=asyncio.subprocess.DEVNULL,
            # Pass on none of our environment, which may hold secrets (X42).
            env={"RAYON_NUM_THREADS": "2", "LANG": "C.UTF-8"} | WINDOWS,
        )

    async def _end(self) -> None:
        process, self._process = self._process, None
        if process and process.returncode is None:
            process.kill()
            await process.wait()


async def _answer(process: asyncio.subprocess.Process, job: bytes, told: Told) -> bytes:
    """The worker's final answer to a job; progress is passed on meanwhile."""
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
