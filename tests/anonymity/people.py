"""People with phones in a room, writing and answering: what the adversary (M8) tries to find out."""

import asyncio
import itertools
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

from app.activities.dots.messages import CloseVote
from app.activities.influence.messages import PlaceInfluence
from app.activities.pulse.messages import ClosePulse
from app.engine.agenda import Become, Go
from app.engine.commands import Command
from app.engine.store import BoardStore
from app.parts.ballots import Cast
from app.parts.notes.messages import LetInLate, StopWriting, TurnAll
from app.parts.notes.records import Note
from app.parts.placing import ClosePlacing, OpenPlacing
from tests.support.boards import C1, NINE, PRIORITY, PULSE, Q1, Meeting, ask, edit, note, placed, secret

PHONES, NOTES = 40, 5
DOTS = "dots-1"


@dataclass
class People:
    """When each thing was made, and on which phone; what was deleted, and every text that must be gone."""

    written: dict[str, float]
    phone: dict[str, int]
    #: The name from which a note's id and secret are derived.
    name: dict[str, str]
    gone: set[str] = field(default_factory=set)
    #: Ids of ballots by what they answer; their moments and phones are recorded above too.
    ballots: dict[str, list[str]] = field(default_factory=dict)


async def write_notes(store: BoardStore, seed: int) -> tuple[Meeting, People]:
    """Phones that each write a few notes in quick succession; some are edited or deleted."""
    rng = random.Random(seed)
    acts: list[tuple[float, str, str | None]] = []
    phone: dict[str, int] = {}
    names: dict[str, str] = {}
    written: dict[str, float] = {}
    gone: set[str] = set()
    for number in range(PHONES):
        at = rng.uniform(0, 120)
        for _ in range(NOTES):
            at += rng.expovariate(1 / 4)
            name = f"{rng.getrandbits(96):024x}"[:15]
            words = _words(rng)
            acts.append((at, name, words))
            id = note(name).note
            phone[id], written[id], names[id] = number, at, name
            if rng.random() < 0.12:
                acts.append((at + rng.expovariate(1 / 20), name, rng.choice((None, _words(rng)))))
                gone.add(words)
    meeting = await Meeting.open(store=store, seed=10_000 + seed)
    await meeting.do(ask(Go, item=Q1))
    begun: set[str] = set()
    for moment, together in itertools.groupby(sorted(acts, key=lambda act: act[0]), lambda act: act[0] // 2):
        await meeting.forward(max(0.0, moment * 2 + 2 - (meeting.time.ms - NINE) / 1000))
        # Commands within two seconds share a commit, as on a busy server.
        sent = []
        for _, name, said in together:
            sent.append(edit(name, said) if name in begun else note(name, said or ""))
            begun.add(name)
        await asyncio.gather(*(meeting.do(one) for one in sent))
    left = set(meeting.board.of(Note, Q1))
    return meeting, People({id: at for id, at in written.items() if id in left}, phone, names, gone)


async def write_on(meeting: Meeting, people: People, seed: int) -> None:
    """After the stop: late notes, changes and deletions, one phone after another; then all is turned over."""
    rng = random.Random(20_000 + seed)
    await meeting.do(ask(StopWriting, activity=Q1), ask(LetInLate, activity=Q1))
    left = sorted(people.written)
    for number in rng.sample(range(PHONES), PHONES):
        await meeting.forward(rng.expovariate(1 / 5))
        name = f"{rng.getrandbits(96):024x}"[:15]
        await meeting.do(note(name, _words(rng)))
        id = note(name).note
        people.phone[id], people.written[id] = number, (meeting.time.ms - NINE) / 1000
        people.name[id] = name
        if rng.random() < 0.5:
            # Whose note it is follows from nothing: some phones change two of theirs, most none.
            taken = left.pop(rng.randrange(len(left)))
            old = meeting.board.find(Note, taken)
            people.gone |= {old.text} if old else set()
            said = rng.choice((None, _words(rng)))
            await meeting.do(edit(people.name[taken], said, rev=9))
            if said is None:
                del people.written[taken]
    await meeting.do(ask(TurnAll, activity=Q1))


async def answer(meeting: Meeting, people: People, seed: int) -> None:
    """Themes, then dots, placements and a pulse: every phone answers all of them, each at its own time."""
    rng = random.Random(30_000 + seed)
    up = [id for id, one in meeting.board.of(Note, Q1).items() if one.face == "up"]
    await meeting.do(ask(Go, item=C1))
    themes = [await meeting.theme(f"tema {n}", people.name[id]) for n, id in enumerate(sorted(up)[:3])]
    await meeting.do(*(ask(PlaceInfluence, theme=theme, base=0, field="can") for theme in themes))
    await meeting.do(ask(Go, item=DOTS))
    await _cast(meeting, people, rng, "dots", lambda n: iter([_dots(themes, rng)]))
    await meeting.do(
        ask(CloseVote, activity=DOTS), ask(Go, item=PRIORITY), ask(OpenPlacing, activity=PRIORITY)
    )
    await _cast(
        meeting,
        people,
        rng,
        "placing",
        lambda n: (placed(n, theme, rng.randrange(4), ballot=_own(rng)["ballot"]) for theme in themes),
    )
    await meeting.do(ask(ClosePlacing, activity=PRIORITY), ask(Go, item=PULSE))
    about = {"activity": "pulse", "title": "Puls", "settings": {"theme": themes[0]}}
    await meeting.do(ask(Become, item=PULSE, base=meeting.seq(PULSE), **about))
    await _cast(meeting, people, rng, "pulse", lambda n: _says(rng))


async def close(meeting: Meeting) -> None:
    """The last vote is released too."""
    await meeting.do(ask(ClosePulse, activity=PULSE))


def _dots(themes: list[str], rng: random.Random) -> Cast:
    laid = tuple(rng.choice(themes) for _ in range(3))
    own = _own(rng)
    cast: Cast = ask(Cast, activity=DOTS, of="dots", value=laid, rev=1, **own)
    return cast


def _says(rng: random.Random) -> Iterator[Cast]:
    for of, value in (("better", rng.randint(1, 5)), ("needed", rng.randint(1, 5)), ("more", _words(rng))):
        cast: Cast = ask(Cast, activity=PULSE, of=of, value=value, rev=1, **_own(rng))
        yield cast


async def _cast(meeting: Meeting, people: People, rng: random.Random, kind: str, acts: object) -> None:
    """Every phone's answers in its own order, one phone after another."""
    for number in rng.sample(range(PHONES), PHONES):
        await meeting.forward(rng.expovariate(1 / 3))
        commands: Iterator[Command] = acts(number)  # type: ignore[operator]
        for command in commands:
            await meeting.do(command)
            assert isinstance(command, Cast)
            people.phone[command.ballot] = number
            people.written[command.ballot] = (meeting.time.ms - NINE) / 1000
            people.ballots.setdefault(kind, []).append(command.ballot)


def _own(rng: random.Random) -> dict[str, str]:
    """An id and a secret as a page makes them: random."""
    name = f"{rng.getrandbits(96):024x}"[:15]
    return {"ballot": note(name).note, "secret": secret(name)}


def _words(rng: random.Random) -> str:
    said = " ".join(rng.choice(("vi", "mangler", "tid", "hjælp", "ro", "ros")) for _ in range(9))
    # So that one text is never part of another.
    return f"{said} {rng.getrandbits(40):010x}"
