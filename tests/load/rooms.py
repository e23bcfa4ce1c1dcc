"""A room full of simulated phones at a real server, with timings."""

import asyncio
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from tests.load.client import Screen, connect
from tests.support.meeting import Meeting, Wire, new_id, new_secret

SOCKET = "/live/socket"
#: The limits of X11 are for meetings; a load run disables them, and says so.
OPEN_LIMITS = {"TRIVSEL_NOTES_PER_SECOND": "100000", "TRIVSEL_MESSAGES_PER_10S": "100000"}
TEXT = "Jeg hører om ændringer for sent, og så må jeg begynde forfra med det, jeg sad med."
#: As many bytes as a note may have: one character of a family takes 25.
LARGE = "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466" * 79


@dataclass
class Phones:
    """The phones of one room, and what they have seen."""

    screens: list[Screen] = field(default_factory=list)
    sent_at: dict[int, float] = field(default_factory=dict)
    stored: list[float] = field(default_factory=list)
    refused: int = 0
    #: Notes delivered to each phone, by its number.
    seen: list[int] = field(default_factory=list)
    frames: int = 0
    seen_after: list[float] = field(default_factory=list)
    #: When a driver sent the text with this number in it; for measuring arrivals at phones and walls.
    told_at: dict[bytes, float] = field(default_factory=dict)
    welcome: int = 0

    def coming(self) -> bool:
        """Whether some have not caught up yet."""
        return min(self.welcome, self.frames) < len(self.screens)

    def take(self, number: int, text: bytes, now: float) -> None:
        """One message to one phone."""
        if text.startswith(b'{"type":"stored"'):
            self.stored.append(now - self.sent_at.pop(_ref(text)))
        elif text.startswith(b'{"type":"changes"'):
            self.frames += 1
            notes = text.count(b'"text":"#')
            self.seen[number] += notes
            if notes and number % 50 == 0:
                for part in text.split(b'"text":"#')[1:]:
                    at = self.told_at.get(part[: part.find(b" ")])
                    if at is not None:
                        self.seen_after.append(now - at)
        elif text.startswith(b'{"type":"refused"'):
            self.refused += 1
        else:
            self.welcome += 1


async def join(meeting: Meeting, many: int, urls: Sequence[str] = ()) -> Phones:
    """This many phones, connected and caught up; `urls`: their servers in turn, by default the meeting's."""
    phones = Phones(seen=[0] * many)
    hello = {"type": "hello", "since": 0, "epoch": "", "activity": None, "protocol": 1}
    said = json.dumps(hello | {"token": await meeting.room_token()}).encode()

    async def one(number: int) -> Screen:
        url = urls[number % len(urls)] if urls else meeting.url
        screen = await connect(url, SOCKET, lambda text, now: phones.take(number, text, now))
        screen.send(said)
        return screen

    for start in range(0, many, 100):
        phones.screens += await asyncio.gather(
            *(one(number) for number in range(start, min(many, start + 100)))
        )
        # Wave by wave: on a busy machine the last of thousands would not be answered within ten seconds.
        await _settled(phones.coming)
        assert not phones.coming(), "some phones did not come in"
    phones.seen = [0] * many
    phones.frames = 0
    return phones


def hang_up(phones: Phones) -> None:
    """All phones disconnect."""
    for screen in phones.screens:
        screen.transport.abort()


async def write_notes(phones: Phones, activity: str, rate: float, seconds: float) -> int:
    """Notes at an even pace, from one phone after another; returns how many were sent."""
    total = int(rate * seconds)
    begin = time.perf_counter()
    for number in range(total):
        due = begin + number / rate
        while (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        command = {
            "type": "notes.write",
            "activity": activity,
            "note": new_id(),
            "secret": new_secret(),
            "rev": 1,
            "text": f"{TEXT} {number}",
            "pad": "",
        }
        message = json.dumps({"type": "do", "ref": number, "command": command}).encode()
        phones.sent_at[number] = time.perf_counter()
        phones.screens[number % len(phones.screens)].send(message)
    await _settled(lambda: bool(phones.sent_at))
    return total


async def show_notes(
    phones: Phones, desks: list[Wire], activity: str, rate: int, seconds: float, more: int = 0
) -> int:
    """Turned-over notes that every phone sees, put up by several desks at an even pace."""
    total = int(rate * seconds)
    begin = time.perf_counter()
    answers = []
    for number in range(total):
        due = begin + number / rate
        while (left := due - time.perf_counter()) > 0:
            await asyncio.sleep(left)
        phones.told_at[b"%d" % number] = time.perf_counter()
        command = {
            "type": "notes.add_paper",
            "id": new_id(),
            "activity": activity,
            "texts": [f"#{number} {TEXT}", *[LARGE] * more],
        }
        answers.append(asyncio.ensure_future(desks[number % len(desks)].ask(command)))
    stored = await asyncio.gather(*answers)
    assert all(answer["type"] == "stored" for answer in stored), stored[0]
    return total


async def _settled(waiting: Callable[[], bool], limit: float = 20) -> None:
    end = time.perf_counter() + limit
    while waiting() and time.perf_counter() < end:
        await asyncio.sleep(0.02)


def _ref(text: bytes) -> int:
    start = text.find(b'"ref":') + 6
    return int(text[start : text.find(b",", start)])
