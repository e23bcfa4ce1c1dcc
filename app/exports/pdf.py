"""The summary as PDF: its data for the template, and the one worker process that sets it.

The worker is a process of its own because a compile cannot be stopped, keeps its cache and must not take
the server along: it has 20 seconds and 512 MiB, and is killed and restarted when it needs more (X24).
"""

import asyncio
import json
import struct
import sys
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import regex

from app.engine.report import Words
from app.exports.summary import Summary

WORKER = Path(__file__).parent / "pdf_worker.py"
SECONDS = 20.0
MEMORY = 512 * 1024 * 1024
# The compiler's cache only grows; after this many reports the memory is given back.
JOBS = 50
# Above so many characters hyphens are left out: they take three quarters of the time.
HYPHENATED = 200_000


class PdfFailed(Exception):
    """No report came of it: too long, too much memory, or the template broke."""


class PdfMaker:
    """Makes PDFs one at a time in a worker process, which starts with the first and ends with `close`."""

    def __init__(self, seconds: float = SECONDS, memory: int = MEMORY, jobs: int = JOBS) -> None:
        self._seconds = seconds
        self._memory = memory
        self._jobs = jobs
        self._done = 0
        self._turn = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None

    async def summary(self, summary: Summary, words: Words) -> bytes:
        """The summary as PDF; the same summary gives the same bytes."""
        return await self.make("summary.typ", template_data(summary, words), _timestamp(summary))

    async def make(self, template: str, data: Mapping[str, Any], timestamp: int) -> bytes:
        """One document from one of our templates."""
        job = json.dumps({"template": template, "data": data, "timestamp": timestamp}).encode()
        async with self._turn:
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._ask(job)
            except (TimeoutError, asyncio.IncompleteReadError, OSError) as error:
                await self._end()
                raise PdfFailed(type(error).__name__) from None
            except asyncio.CancelledError:
                # Half an answer lies in the pipe: the next job must not read it as its own.
                await self._end()
                raise
            self._done += 1
            if self._done >= self._jobs:
                await self._end()
        if answer[:1] != b"+":
            raise PdfFailed(answer[1:].decode())
        return answer[1:]

    async def close(self) -> None:
        """End the worker."""
        async with self._turn:
            await self._end()

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


def _timestamp(summary: Summary) -> int:
    """Noon of the last meeting: the document says when it is from, not when somebody downloaded it."""
    day = summary.day or date(2000, 1, 1)
    return int(datetime.combine(day, time(12), UTC).timestamp())


def template_data(summary: Summary, words: Words) -> dict[str, Any]:
    """What the template reads: the summary, and the few words it needs besides."""
    data = summary.shown(words)
    data |= {
        "hyphenate": len(json.dumps(data)) < HYPHENATED,
        "page": words("summary.page"),
        "chosen": words("summary.chosen"),
        "picked": words("summary.picked"),
        "how": words("summary.how"),
        "boxes": words("summary.boxes"),
    }
    wrapped: dict[str, Any] = wrapping(data)
    return wrapped


# Words of letters hyphenate; a line may break anywhere only in what is longer than any real word, and sooner
# in runs of other signs. Some Arabic ligatures are a whole phrase wide: between those it always may (B26).
_LONG = regex.compile(r"\p{Latin}{41,}|[^\s\p{Latin}]{25,}|\S{41,}")
_PIECE = regex.compile(r"\X{1,8}")
_WIDE = regex.compile(r"(?<=[\uFDF0-\uFDFD])(?=\S)")


def wrapping(value: Any) -> Any:
    """The same data with a break opportunity inside every word that no line can hold."""
    match value:
        case str():
            return _WIDE.sub("\u200b", _LONG.sub(_broken, value))
        case list():
            return [wrapping(one) for one in value]
        case dict():
            # A drawing is no text: it stays as it is.
            return {key: one if key == "svg" else wrapping(one) for key, one in value.items()}
    return value


def _broken(match: "regex.Match[str]") -> str:
    return "\u200b".join(_PIECE.findall(match[0]))
