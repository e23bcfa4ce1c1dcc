"""R1, R3, R8: a server that is killed repeatedly throughout a meeting loses, doubles and reveals nothing.

0 lost, 0 duplicated, 0 resurrected, 0 shown early. Notes, changes, deletions, late notes, turning over and
answers by tap, each with kills during it.
"""

import asyncio
import os
import random
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from tests.reliability.phones import LIMITS, LOST, Phone, boards, crowd, of, opened, whole
from tests.support.meeting import Meeting, Wire, meeting as a_meeting, new_id, new_secret
from tests.support.server import Server

SOAK = bool(os.environ.get("TRIVSEL_SOAK"))
PHONES, NOTES = (200, 25) if SOAK else (60, 10)
#: How many kills each part of the meeting gets: 20 in total, 500 at night.
TIMES = 25 if SOAK else 1
WRITING, AFTER_STOP, TURNING, AFTER_TURNING, ANSWERING, ENDING = (TIMES * n for n in (8, 4, 1, 3, 3, 1))
SEED = int(os.environ.get("TRIVSEL_SEED", "20270104"))


class Pace:
    """Releases acts in portions, so that every kill finds the room at work."""

    def __init__(self) -> None:
        self._out = asyncio.Semaphore(0)
        self._in = asyncio.Condition()
        self.stored = 0

    def let_out(self, many: int) -> None:
        for _ in range(many):
            self._out.release()

    async def go(self) -> None:
        await self._out.acquire()

    async def done(self) -> None:
        async with self._in:
            self.stored += 1
            self._in.notify_all()

    async def until(self, many: int) -> None:
        async with self._in:
            await self._in.wait_for(lambda: self.stored >= many)


@dataclass
class Kills:
    """Kills the server while people act, and starts it again."""

    server: Server
    rng: random.Random
    done: int = 0

    async def now(self) -> None:
        await asyncio.sleep(self.rng.uniform(0, 0.02))
        self.server.kill()
        self.done += 1
        await asyncio.to_thread(self.server.start, 120)

    async def during(self, many: int, acts: int, act: Callable[[Pace], Iterable[Awaitable[None]]]) -> None:
        """This many kills, evenly spread over this many acts."""
        pace = Pace()
        portion = acts // many
        # One phone that finds an error ends the test at once.
        async with asyncio.TaskGroup() as working:
            for one in act(pace):
                working.create_task(one)  # type: ignore[arg-type]
            for kill in range(many):
                pace.let_out(portion)
                # Somewhere in the middle of the portion: before, during, or just after a commit.
                await pace.until(kill * portion + self.rng.randrange(portion))
                await self.now()
            pace.let_out(acts - many * portion)


@dataclass
class Eyes:
    """A desk and a wall that reconnect after every kill, and keep every frame they were ever sent."""

    meeting: Meeting
    desks: list[Wire] = field(default_factory=list)
    walls: list[Wire] = field(default_factory=list)

    async def desk(self) -> Wire:
        """The current desk, with everything that it is shown."""
        return await self._there(self.desks, self.meeting.desk)

    async def wall(self) -> Wire:
        return await self._there(self.walls, self.meeting.screen)

    async def _there(self, had: list[Wire], come: Callable[[], Awaitable[Wire]]) -> Wire:
        while not had or had[-1].closed is not None:
            try:
                had.append(await come())
                await had[-1].until(lambda: had[-1].items)
            except (*LOST, AssertionError):
                await asyncio.sleep(0.1)
        return had[-1]

    async def do(self, type: str, *, killed: Kills | None = None, **fields: Any) -> dict[str, Any]:
        """A command, resent under the same id until it is answered; with a kill while it is in progress."""
        command = {"type": type, "id": new_id(), **fields}
        while True:
            desk = await self.desk()
            asked = asyncio.ensure_future(desk.ask(command))
            if killed is not None:
                await killed.now()
                killed = None
            try:
                answer = await asked
            except LOST:
                await hung_up(desk)
                continue
            assert answer["type"] == "stored", answer
            return answer

    def saw(self, wires: list[Wire], texts: Iterable[str]) -> list[str]:
        """Which of these texts a screen of that kind was ever sent."""
        sent = "".join(frame for wire in wires for frame in wire.frames)
        return [text for text in texts if text in sent]


async def hung_up(wire: Wire) -> None:
    """A killed server closes nothing itself: the system does."""
    await wire.until(lambda: wire.closed is not None)


def texts_of(phones: Iterable[Phone]) -> list[str]:
    return [text for phone in phones for note in phone.notes for text in note.texts]


async def write(phone: Phone, question: str, pace: Pace, rng: random.Random) -> None:
    """Notes, of which some are changed, some deleted, and some sent twice."""
    for number in range(NOTES):
        await pace.go()
        note = await phone.write(question, f"seddel {number} {rng.random()}")
        first: dict[str, Any] = {"type": "notes.write", "activity": question, "note": note.id, "rev": 1}
        first |= {"secret": note.secret, "text": note.stored}
        fate = rng.random()
        if fate < 0.2:
            await phone.send(note, f"rettet {rng.random()}", twice=rng.random() < 0.5)
        elif fate < 0.3:
            await phone.send(note, None, twice=rng.random() < 0.5)
            # R8: a late duplicate does not resurrect what was deleted.
            assert (await phone.say(first))["code"] == "gone"
        elif fate < 0.5:
            assert (await phone.say(first))["type"] == "stored"
        await pace.done()


async def write_on(phone: Phone, question: str, pace: Pace, rng: random.Random) -> None:
    """After the stop: a late note, a change and a deletion."""
    await pace.go()
    await phone.write(question, f"for sent {rng.random()}")
    await pace.done()
    for text in (f"rettet bagefter {rng.random()}", None):
        await pace.go()
        left = [note for note in phone.notes if note.stored is not None]
        await phone.send(rng.choice(left), text, twice=rng.random() < 0.5)
        await pace.done()


async def take_away(phone: Phone, pace: Pace, rng: random.Random) -> None:
    """After turning over: one of the notes is deleted, another is changed."""
    for text in (None, f"rettet til sidst {rng.random()}"):
        await pace.go()
        left = [note for note in phone.notes if note.stored is not None]
        await phone.send(rng.choice(left), text)
        await pace.done()


@dataclass
class Answer:
    """One ballot as its phone stores it."""

    of: str
    value: int | str
    ballot: str = field(default_factory=new_id)
    secret: str = field(default_factory=new_secret)
    rev: int = 0


async def answer(phone: Phone, item: str, kept: list[Answer], pace: Pace, rng: random.Random) -> None:
    """Two scales and the open question; one of them is answered again."""
    mine = [Answer(of, rng.randint(1, 5)) for of in ("better", "needed")]
    mine.append(Answer("more", f"svar {rng.random()}"))
    for one in [*mine, rng.choice(mine)]:
        await pace.go()
        if one.rev:
            one.value = rng.randint(1, 5) if isinstance(one.value, int) else f"nyt svar {rng.random()}"
        one.rev += 1
        ballot = {
            "ballot": one.ballot,
            "secret": one.secret,
            "rev": one.rev,
            "of": one.of,
            "value": one.value,
        }
        told = await phone.say({"type": "ballots.cast", "activity": item, **ballot})
        assert told["type"] == "stored", told
        await pace.done()
    kept += mine


async def test_R01_R03_R08_twenty_kills_through_a_whole_meeting(new_server: Callable[..., Server]) -> None:
    print(f"seed {SEED}")
    rng = random.Random(SEED)
    server = new_server(env=LIMITS).start()
    kills = Kills(server, rng)
    async with a_meeting(server) as meeting:
        first, question = await opened(meeting)
        await first.do("timer.start", activity=question, seconds=3600)
        await first.until(lambda: first.all("timer"))
        clock = first.one("timer")
        await first.close()
        eyes = Eyes(meeting)
        await eyes.desk()
        await eyes.wall()
        phones = await crowd(meeting, PHONES, SEED)
        chance = [random.Random(SEED + n) for n in range(PHONES)]

        def each(act: Callable[..., Awaitable[None]], *given: Any) -> Callable[[Pace], list[Awaitable[None]]]:
            return lambda pace: [act(p, *given, pace, r) for p, r in zip(phones, chance, strict=True)]

        await kills.during(WRITING, PHONES * NOTES, each(write, question))
        assert (await eyes.desk()).one("timer") == clock, "R3: the room's clock is where it was"
        await eyes.wall()
        assert eyes.saw(eyes.desks + eyes.walls, texts_of(phones)) == [], "nobody sees while they write"

        await eyes.do("notes.stop_writing", activity=question)
        late = len([note for phone in phones for note in phone.notes])
        await kills.during(AFTER_STOP, PHONES * 3, each(write_on, question))
        await eyes.wall()
        assert eyes.saw(eyes.walls, texts_of(phones)) == [], "the room sees nothing before it is turned over"
        written = [note for phone in phones for note in phone.notes]
        assert len(written) == late + PHONES
        came_late = [text for note in written if "late" in note.told for text in note.texts]
        assert eyes.saw(eyes.desks, came_late) == [], "nor does the desk see what nobody let in"

        await eyes.do("notes.let_in_late", activity=question)
        for _ in range(TURNING):
            await eyes.do("notes.turn_all", activity=question, killed=kills)
            break
        await settled(eyes, of(phones))

        await kills.during(AFTER_TURNING, PHONES * 2, each(take_away))
        pulse, answers = await answered(eyes, kills, each, question)
        await results(eyes, pulse, answers)

        await eyes.do("agenda.end", workshop=meeting.workshop, killed=kills)
        await settled(eyes, of(phones), all_of=False)
        print(f"{kills.done} kills, {sum(len(phone.cuts) for phone in phones)} cut in the middle")
        assert sum(len(phone.cuts) for phone in phones) >= kills.done / 2, "the kills find people at work"
        for phone in phones:
            await phone.leave()
        for wire in (await eyes.desk(), await eyes.wall()):
            await wire.close()
    server.stop()
    whole(server)
    nothing_left(server, phones, answers)


async def settled(eyes: Eyes, wanted: dict[str, str], *, all_of: bool = True) -> None:
    """0 lost, 0 duplicated, 0 resurrected: the wall has exactly what was acknowledged last."""
    desk = await eyes.desk()
    await desk.until(lambda: notes_on(desk).keys() == wanted.keys() or not all_of)
    assert notes_on(desk) == wanted


def notes_on(desk: Wire) -> dict[str, str]:
    return {note["id"]: note["text"] for note in desk.all("note")}


async def answered(
    eyes: Eyes, kills: Kills, each: Callable[..., Callable[[Pace], list[Awaitable[None]]]], question: str
) -> tuple[str, list[Answer]]:
    """A theme, a pulse about it, and everybody's answers."""
    desk = await eyes.desk()
    gathering = next(item["id"] for item in desk.items if item["activity"] == "clustering")
    await eyes.do("agenda.go", item=gathering)
    theme, pulse = new_id(), new_id()
    await eyes.do(
        "clustering.make_theme",
        activity=gathering,
        theme=theme,
        name="Tid",
        paper="mos",
        notes=desk.at(*sorted(notes_on(desk))[:2]),
    )
    made: dict[str, Any] = {"title": "Puls", "minutes": 10, "settings": {"theme": theme}, "before": None}
    await eyes.do("agenda.add", item=pulse, workshop=desk.workshop, activity="pulse", **made)
    await eyes.do("agenda.go", item=pulse)
    answers: list[Answer] = []
    await kills.during(ANSWERING, PHONES * 4, each(answer, pulse, answers))
    assert not (await eyes.desk()).all("pulse_result")
    words = [str(one.value) for one in answers if one.of == "more"]
    assert eyes.saw(eyes.desks + eyes.walls, words) == [], "no answer shows before the pulse is closed"
    await eyes.do("pulse.close", activity=pulse)
    return pulse, answers


async def results(eyes: Eyes, pulse: str, answers: list[Answer]) -> None:
    """Every answer counts once, in its last version."""
    desk = await eyes.desk()
    await desk.until(lambda: desk.all("pulse_result"))
    result = desk.one("pulse_result")
    for scale in ("better", "needed"):
        counts = Counter(one.value for one in answers if one.of == scale)
        assert result[scale]["counts"] == [counts[step] for step in range(1, 6)]
    words = sorted(str(one.value) for one in answers if one.of == "more")
    assert sorted(answer["text"] for answer in desk.all("pulse_answer")) == words


def nothing_left(server: Server, phones: list[Phone], answers: list[Answer]) -> None:
    """F4: after the end the board's file contains what is on the wall, and no ballot and no old text."""
    (file,) = boards(server)
    data = file.read_bytes()
    standing = set(of(phones).values())
    gone = [text for text in texts_of(phones) if text not in standing]
    assert [text for text in standing if text.encode() not in data] == []
    assert [text for text in gone if text.encode() in data] == []
    assert [one.ballot for one in answers if one.ballot.encode() in data] == []
