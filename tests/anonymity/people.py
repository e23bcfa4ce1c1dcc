"""People with phones in a room, as they write: what the adversary (M8) tries to find out."""

import asyncio
import itertools
import random
from dataclasses import dataclass

from app.board.agenda import Go
from app.board.shared_records import Note
from app.board.store import BoardStore
from tests.support.boards import NINE, Q1, Meeting, ask, edit, note

PHONES, NOTES = 40, 5


@dataclass
class People:
    """When each note was written, and on which phone."""

    written: dict[str, float]
    phone: dict[str, int]


async def write_notes(store: BoardStore, seed: int) -> tuple[Meeting, People]:
    """Phones that each write a few notes, one soon after the other; some are mended or dropped."""
    rng = random.Random(seed)
    acts: list[tuple[float, str, str | None]] = []
    phone: dict[str, int] = {}
    written: dict[str, float] = {}
    for number in range(PHONES):
        at = rng.uniform(0, 120)
        for _ in range(NOTES):
            at += rng.expovariate(1 / 4)
            name = f"{rng.getrandbits(96):024x}"[:15]
            words = " ".join(rng.choice(("vi", "mangler", "tid", "hjælp", "ro", "ros")) for _ in range(9))
            acts.append((at, name, words))
            id = note(name).note
            phone[id], written[id] = number, at
            if rng.random() < 0.12:
                acts.append((at + rng.expovariate(1 / 20), name, rng.choice((None, words[:-4] + "mere tid"))))
    meeting = await Meeting.open(store=store, seed=10_000 + seed)
    await meeting.do(ask(Go, item=Q1))
    begun: set[str] = set()
    for moment, together in itertools.groupby(sorted(acts, key=lambda act: act[0]), lambda act: act[0] // 2):
        await meeting.forward(max(0.0, moment * 2 + 2 - (meeting.time.ms - NINE) / 1000))
        # What comes within two seconds shares a commit, as on a busy server.
        sent = []
        for _, name, said in together:
            sent.append(edit(name, said) if name in begun else note(name, said or ""))
            begun.add(name)
        await asyncio.gather(*(meeting.do(one) for one in sent))
    left = set(meeting.board.of(Note, Q1))
    return meeting, People({id: at for id, at in written.items() if id in left}, phone)
