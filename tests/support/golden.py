"""Golden boards: boards as sent to screens, with the results of rules that exist in both languages.

`make golden` writes them; a test here fails when they are stale, and the front end's tests replay them
(`frontend/src/parts/themes/golden.test.ts`).
"""

import asyncio
import json
from pathlib import Path
from typing import Any

from app.activities.priority.messages import Priority, priority_id
from app.activities.priority.rules import themes_in_play
from app.activities.pulse.messages import Distribution, PulseResult
from app.activities.pulse.report import earlier_of
from app.engine.agenda import Go, Item, Move, Workshop
from app.engine.records import Board, Record
from app.parts.factors import Tagged, over_the_six, tagged_id
from app.parts.notes.records import Note
from app.parts.plan import Action, SignUp, actions_of, signed_up
from app.parts.proposals import How, chain_under
from app.parts.themes import (
    Chosen,
    Influence,
    Theme,
    chosen_id,
    chosen_in,
    influence_id,
    left_over,
    notes_in,
    themes_of,
    to_sort,
    worked_before,
)
from tests.support.boards import INFLUENCE, ROLE_OF, Meeting, Screen, W, ask, item

FILE = Path(__file__).resolve().parents[1] / "golden" / "boards.json"

EARLIER, LATER = "w-earlier", "w-a-later"
PLACING = f"{INFLUENCE}-{W}"


def theme(id: str, of: str, position: float, name: str | None = None) -> Theme:
    """A theme that answers the question of that item."""
    return Theme(id=id, name=id if name is None else name, paper="mos", of=of, position=position)


def workshop(id: str, date: str, **fields: Any) -> Workshop:
    """A meeting of the process, on that day."""
    return Workshop(id=id, title=id, group="Lageret", language="da", date=date, **fields)


def chosen(theme: str, cycle: int = 1) -> Chosen:
    """The group works with this theme in that cycle."""
    return Chosen(id=chosen_id(theme, cycle), theme=theme, cycle=cycle)


def placed(theme: str, field: Any = "can") -> Influence:
    """The theme is in that field of the influence board."""
    return Influence(id=influence_id(theme), theme=theme, field=field)


def note(id: str, theme: str, rank: float) -> Note:
    """A turned-over note in that theme."""
    text = f"note {id}"
    return Note(id=id, activity="q-z", text=text, secret_hash=None, face="up", theme=theme, rank=rank)


def action(id: str, position: float) -> Action:
    """A row of the plan."""
    return Action(id=id, theme=None, text=id, position=position)


def sign_up(nth: int, name: str) -> SignUp:
    """Somebody takes part in the first action."""
    return SignUp(id=f"s{nth}", action="a1", name=name, secret_hash=None)


def result(activity: str, theme: str, day: str) -> PulseResult:
    """What a pulse on that theme had to say on that day."""
    counts = Distribution(counts=(0, 1, 2, 2, 0))
    about = {"activity": activity, "theme": theme, "name": theme, "day": day}
    return PulseResult(id=f"pulse_result:{activity}", **about, needed=None, better=counts, more=0)


def questions(*ids: str, workshop: str = W) -> list[Record]:
    """An agenda that begins with these questions, whose order is not that of their ids."""
    asked = [
        item(id, "notes", nth, workshop, question=f"{id}?", paper="korn", about="own")
        for nth, id in enumerate(ids, 1)
    ]
    return [*asked, item(f"{INFLUENCE}-{workshop}", "influence", 50, workshop)]


async def two_questions() -> Meeting:
    """Themes of two questions, each with the positions 1 and 2; the second question has the lower id."""
    themes = [theme("t4", "q-z", 1), theme("t2", "q-a", 1), theme("t3", "q-z", 2), theme("t1", "q-a", 2)]
    twins = [theme("t6", "q-a", 3), theme("t5", "q-a", 3, name="")]
    phones = workshop(W, "2027-01-04", board_on_phones=True)
    fields = [placed("t1"), placed("t4"), placed("t3", "cannot")]
    records = [phones, *questions("q-z", "q-a"), *fields, *themes, *twins]
    meeting = await Meeting.open(records=records)
    await meeting.do(ask(Go, item=PLACING))
    return meeting


async def moved() -> Meeting:
    """The same after the second question was moved before the first."""
    meeting = await two_questions()
    await meeting.do(ask(Move, item="q-a", base=meeting.seq("q-a"), before="q-z"))
    return meeting


async def second_cycle() -> Meeting:
    """Two meetings of a process, the later one with the lower id and in the second cycle."""
    records: list[Record] = [
        workshop(EARLIER, "2027-01-04"),
        workshop(LATER, "2027-09-01", cycle=2),
        *questions("q-late", workshop=LATER),
        *questions("q-x", "q-early", workshop=EARLIER),
        *(theme(f"t{nth}", "q-late", 9 - nth) for nth in range(1, 4)),
        *(theme(f"t{nth}", "q-early", 9 - nth) for nth in range(4, 7)),
        *(theme(f"t{nth}", "q-x", 3) for nth in range(7, 10)),
        *(placed(f"t{nth}") for nth in (1, 2, 4, 5, 7, 8)),
        placed("t6", "cannot"),
        *(chosen("t4"), chosen("t7"), chosen("t1", 2), chosen("t8", 2)),
        # Worked with before, and taken up again.
        Priority(id=priority_id("t7", 2), theme="t7", important=True, urgent=None, cycle=2),
    ]
    return await Meeting.open(records=records)


async def all_the_rest() -> Meeting:
    """Notes in themes, answers to "how?", factors, actions and pulses."""
    records: list[Record] = [
        workshop(W, "2027-01-04"),
        *questions("q-z", "q-a"),
        theme("t1", "q-z", 2),
        theme("t2", "q-a", 1),
        *(note(f"n{nth}", "t1", rank) for nth, rank in ((1, 2.0), (2, 1.0), (3, 1.0))),
        note("n4", "t1", 1).with_(hidden=True),
        How(id="h1", of="n1", text="first", position=2),
        How(id="h2", of="n1", text="second", position=1),
        How(id="h3", of="h2", text="under the second", position=1),
        How(id="h4", of="h3", text="under that", position=1),
        How(id="h5", of="h2", text="beside it", position=1),
        Tagged(id=tagged_id("t1"), theme="t1", factors=("reward", "demands")),
        Tagged(id=tagged_id("t2"), theme="t2", factors=("demands",)),
        *(action(f"a{nth}", position) for nth, position in ((1, 2), (2, 1), (3, 2))),
        *(sign_up(nth, name) for nth, name in enumerate(("Ole", "Ida"))),
        result("p1", "t1", "2027-02-01"),
        result("p2", "t1", "2027-03-01"),
        result("p3", "t1", "2027-03-01"),
        result("p4", "t2", "2027-01-20"),
        result("p5", "t1", "2027-04-01"),
    ]
    return await Meeting.open(records=records)


async def strengths() -> Meeting:
    """Themes of what draws, some of them placed anyway, and of what is hard, some of them worked with."""
    asked = [
        item("q-s", "notes", 1, EARLIER, question="What draws?", paper="fjord", about="draws"),
        item("q-h", "notes", 2, EARLIER, question="What is hard?", paper="fjord", about="hard"),
        # Asked before questions said what they are about: then the paper does.
        item("q-old", "notes", 3, EARLIER, question="What draws?", paper="korn"),
    ]
    return await Meeting.open(
        records=[
            workshop(EARLIER, "2027-01-04"),
            workshop(LATER, "2027-09-01", cycle=2),
            *asked,
            *(theme(f"s{nth}", "q-s", nth) for nth in (1, 2, 3)),
            *(theme(f"h{nth}", "q-h", nth) for nth in (1, 2)),
            theme("o1", "q-old", 1),
            *(placed("s2"), placed("s3", "cannot"), placed("h1"), chosen("h1")),
        ]
    )


#: Each with the meeting whose screens are sent it.
BOARDS = {
    "two questions": (two_questions, W),
    "the second question moved before the first": (moved, W),
    "a second cycle": (second_cycle, LATER),
    "all the rest": (all_the_rest, W),
    "what people stand on": (strengths, LATER),
}


def answers(board: Board, cycle: int) -> dict[str, Any]:
    """What the server's rules say about a board, by name."""
    themes = themes_of(board)
    return {
        "themes_of": ids(themes),
        "themes_of_each": {one.id: ids(themes_of(board, (one.id,))) for one in items(board, "notes")},
        "chosen_in": sorted(chosen_in(board, cycle)),
        "worked_before": sorted(worked_before(board, cycle)),
        "strengths_of": [one.id for one in themes if one.strength],
        "to_sort": ids(to_sort(board, (), cycle)),
        "left_over": ids(left_over(board, cycle)),
        "themes_in_play": ids(themes_in_play(board, cycle)),
        "notes_in": {one.id: [note.text for note in notes_in(board, one.id)] for one in themes},
        "over_the_six": {factor: ids(about) for factor, about in over_the_six(board, themes).items()},
        "chain_under": {
            id: [[how.id, depth] for depth, how in chain_under(board, id)] for id in sorted(board.every(Note))
        },
        "earlier_of": {
            id: before.id if (before := earlier_of(board, result)) else None
            for id, result in sorted(board.every(PulseResult).items())
        },
        "actions_of": ids(actions_of(board)),
        "signed_up": {one.id: signed_up(board, one.id) for one in actions_of(board)},
    }


def ids(records: Any) -> list[str]:
    """Of records, in their order."""
    return [one.id for one in records]


def items(board: Board, activity: str) -> list[Item]:
    """The items of a kind, by id."""
    found = [one for one in board.every(Item).values() if one.activity == activity]
    return sorted(found, key=lambda one: one.id)


async def golden() -> list[dict[str, Any]]:
    """Every golden board, as the desk, the wall and a phone have it, and what the rules say about it."""
    found = []
    for name, (make, home) in BOARDS.items():
        meeting = await make()
        sent = {who: told(meeting, who, home) for who in ("desk", "screen", "phone")}
        cycle = meeting.board.one(Workshop, home).cycle
        found.append({"name": name, "home": home, "sent": sent, "answers": answers(meeting.board, cycle)})
    return found


def told(meeting: Meeting, who: str, home: str) -> list[dict[str, Any]]:
    """The records that a page gets when it connects, by id, without their seqs."""
    held = meeting.fresh(Screen(ROLE_OF[who], home)).held
    return [held[id]["record"] for id in sorted(held) if held[id]["record"]["kind"] != "step"]


def text() -> str:
    """The file as it ought to be now."""
    return json.dumps(asyncio.run(golden()), ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
