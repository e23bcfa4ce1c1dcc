"""Files of a summary that a test has, made as those of a board are; and jobs that the worker composes."""

import os
from collections.abc import Iterable

from app.engine.report import Words
from app.exports.everything import Extra
from app.exports.look import PLAIN, Look, dressed
from app.exports.maker import Maker, Told
from app.exports.pdf import job
from app.exports.shapes import Shape
from app.exports.summary import Summary


class FileMaker(Maker):
    """The files of a summary; the same summary gives the same."""

    async def file(
        self,
        shape: Shape,
        summary: Summary,
        words: Words,
        look: Look = PLAIN,
        extras: Iterable[Extra] = (),
        told: Told | None = None,
    ) -> bytes:
        """The summary in one of the download formats; a ZIP also holds the extras."""
        return await self.ask(dressed(job(shape, summary, words, extras), look), told)

    async def summary(self, summary: Summary, words: Words) -> bytes:
        """The summary as PDF, byte for byte the same each time."""
        return await self.file("pdf", summary, words)

    async def word(self, summary: Summary, words: Words) -> bytes:
        """The summary as a Word document."""
        return await self.file("docx", summary, words)


def who_composes() -> dict[str, str]:
    """A job that says which process has composed it."""
    return {"to": "text", "text": str(os.getpid())}


def quoting() -> dict[str, str]:
    """A job that cannot be composed."""
    raise LookupError("en hemmelig seddel")
