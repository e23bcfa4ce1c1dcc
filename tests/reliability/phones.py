"""Phones that do not give up, and the checker of section 3: what was `stored` is there exactly once."""

import asyncio
import random
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any

import websockets

from tests.support.meeting import Meeting, Wire, new_id, new_secret
from tests.support.server import Server

LIMITS = {
    "TRIVSEL_NOTES_PER_SECOND": "100000",
    "TRIVSEL_MESSAGES_PER_10S": "100000",
    "TRIVSEL_SCRUB_WAIT": "0.2",
}
LOST = (OSError, TimeoutError, websockets.WebSocketException)
#: Refusals that a phone answers by retrying, with the same id and secret.
AGAIN = frozenset({"busy", "full", "slow_down"})


@dataclass
class Kept:
    """A note as its phone stores it."""

    id: str
    secret: str
    activity: str
    rev: int = 0
    #: The last text that was acknowledged; None for a note that does not exist (any more).
    stored: str | None = None
    told: list[str] = field(default_factory=list)
    #: Every text it ever had.
    texts: list[str] = field(default_factory=list)

    def command(self, text: str | None) -> dict[str, Any]:
        """The next revision, to be resent until it is answered."""
        kind = "notes.write" if self.rev == 0 else "notes.edit"
        who = {"activity": self.activity, "note": self.id, "secret": self.secret}
        return {"type": kind, **who, "rev": self.rev + 1, "text": text}


class Phone:
    """Stores what it wrote, resends it until it is answered, and reconnects when it is disconnected."""

    def __init__(
        self, url: str, token: str, rng: random.Random, jitter: float = 0.4, others: Sequence[str] = ()
    ) -> None:
        self.wire = Wire(url, token)
        #: Where it connects, at random each time: to one of several processes.
        self._urls = (url, *others)
        self.notes: list[Kept] = []
        self.refused: Counter[str] = Counter()
        self.cuts: list[int | None] = []
        self._rng = rng
        self._jitter = jitter
        self._there = False

    async def come(self) -> None:
        """Open the socket, with as many attempts as it takes."""
        while not self._there or self.wire.closed is not None:
            try:
                self.wire.url = self._rng.choice(self._urls)
                async with asyncio.timeout(10):
                    await self.wire.open()
                self._there = True
            except LOST:
                await asyncio.sleep(self._rng.uniform(0.1, 1) * self._jitter)

    async def say(self, command: dict[str, Any]) -> dict[str, Any]:
        """One command, until it is finally answered."""
        while True:
            await self.come()
            try:
                answer = await self.wire.ask(command)
            except LOST:
                self._there = False
                self.cuts.append(self.wire.closed)
                await asyncio.sleep(self._rng.uniform(0.1, 1) * self._jitter)
                continue
            if answer.get("code") not in AGAIN:
                return answer
            self.refused[answer["code"]] += 1
            await asyncio.sleep(min(0.3, answer["retry_after"]))

    async def write(self, activity: str, text: str) -> Kept:
        """A new note."""
        note = Kept(new_id(), new_secret(), activity)
        self.notes.append(note)
        await self.send(note, text)
        return note

    async def send(self, note: Kept, text: str | None, *, twice: bool = False) -> None:
        """A note's next revision."""
        command = note.command(text)
        note.texts += [text] if text is not None else []
        answers = [await self.say(command) for _ in range(1 + twice)]
        for answer in answers:
            # A duplicate of a deletion finds the note gone, which is what was asked for.
            assert answer["type"] == "stored" or (text is None and answer["code"] == "gone"), answer
        note.rev, note.stored = note.rev + 1, text
        note.told += answers[0].get("told", [])

    async def leave(self) -> None:
        if self._there:
            await self.wire.close()


async def crowd(
    meeting: Meeting, many: int, seed: int, jitter: float = 0.4, others: Sequence[str] = ()
) -> list[Phone]:
    """This many phones, all connected; `others`: further processes that they may use."""
    token = await meeting.room_token()
    phones = [Phone(meeting.url, token, random.Random(seed * 1000 + n), jitter, others) for n in range(many)]
    await asyncio.gather(*(phone.come() for phone in phones))
    return phones


async def opened(meeting: Meeting) -> tuple[Wire, str]:
    """A desk, and the first question with its phones open."""
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    return desk, question


def of(phones: Iterable[Phone]) -> dict[str, str]:
    """What must be on the board: every note that was acknowledged and not deleted, with its last text."""
    return {note.id: note.stored for phone in phones for note in phone.notes if note.stored is not None}


async def checked(
    meeting: Meeting, phones: list[Phone], question: str, others: Mapping[str, str] = MappingProxyType({})
) -> None:
    """0 lost, 0 duplicated: what the desk sees after the stop is exactly what was acknowledged.

    `others`: acknowledged notes that belong to none of `phones`, text by id.
    """
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    await desk.do("notes.stop_writing", activity=question)
    await desk.until(lambda: desk.one("writing")["state"] != "open")
    there = {note["id"]: note["text"] for note in desk.all("note") if note["activity"] == question}
    wanted = of(phones) | dict(others)
    assert there.keys() - wanted.keys() == set(), "something is there that nobody has sent"
    assert wanted.keys() - there.keys() == set(), "something that was stored is lost"
    assert there == wanted, "an older text has come back"
    # R19: a phone that was disconnected repeatedly has what a fresh one gets.
    fresh = await meeting.phone()
    await fresh.until(lambda: fresh.all("note_state"))
    for phone in phones[:5]:
        await phone.come()
        await phone.wire.until(lambda phone=phone: phone.wire.held == fresh.held)
    await fresh.close()
    await desk.close()


def whole(server: Server) -> None:
    """The files are intact, and no note is both shown and boxed."""
    files = [server.data / "trivselstavlen.sqlite3", *boards(server)]
    assert len(files) > 1
    for file in files:
        connection = sqlite3.connect(file)
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        if file != files[0]:
            assert connection.execute("SELECT id FROM record INTERSECT SELECT id FROM box").fetchall() == []
        connection.close()


def boards(server: Server) -> list[Path]:
    """The files of the boards."""
    return sorted((server.data / "boards").glob("[!.]*.sqlite3"))
