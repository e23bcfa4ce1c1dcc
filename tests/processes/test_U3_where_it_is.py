"""U3: the process knows where it is, from its board, and shows no more than the room was shown."""

from typing import Any

import pytest

from app.engine.agenda import Item, Workshop
from app.engine.commands import new_id
from app.method.phases import Phase
from app.parts.notes.records import Note
from app.parts.plan import Action
from app.parts.themes import Chosen, Theme, chosen_id
from tests.support.house import House


class Process:
    """A process whose board is written by hand."""

    def __init__(self, home: House, desk: Any, made: dict[str, str], board: str) -> None:
        self.home, self.desk, self.made, self.board = home, desk, made, board

    async def lays(self, *records: Any) -> None:
        await self.home.lay(self.board, *records)

    async def row(self) -> dict[str, Any]:
        return dict((await self.desk.get("/api/home")).json()["companies"][0]["processes"][0])

    async def phase(self) -> int:
        return int((await self.row())["phase"])

    async def held(self, template: str) -> list[Item]:
        """A meeting of that template that is over; returns its items."""
        body = {"process": self.made["process"], "template": template, "language": "da"}
        id = (await self.desk.post("/api/workshops", json=body)).json()["id"]
        board = await self.home.board(self.board)
        await self.lays(board.one(Workshop, id).with_(state="ended"))
        return list(board.of(Item, id).values())


@pytest.fixture
async def process(home: House) -> Process:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal"})).json()["id"]
    made = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
    return Process(home, desk, {"process": made["id"]}, made["board"])


def up(item: Item, **more: Any) -> Note:
    fields = {"activity": item.id, "text": "x", "secret_hash": None, "face": "up"} | more
    return Note(id=new_id(), **fields)


async def asked(process: Process) -> Theme:
    """Both questions are answered and grouped."""
    items = await process.held("well_being")
    papers = {item.settings["paper"]: item for item in items if "paper" in item.settings}
    theme = Theme(id=new_id(), name="Ro", paper="mos", of=papers["fjord"].id, position=1.0)
    await process.lays(*(up(item) for item in papers.values()), theme)
    return theme


async def test_U3_the_phase_follows_what_was_done_and_not_the_kind_of_the_last_meeting(
    process: Process,
) -> None:
    assert await process.phase() == Phase.WHY
    await process.held("why")
    # The why is written: the next step is to ask.
    assert await process.phase() == Phase.WELL_BEING
    theme = await asked(process)
    assert await process.phase() == Phase.CHOOSE
    await process.lays(Chosen(id=chosen_id(theme.id, 1), theme=theme.id))
    assert await process.phase() == Phase.WORK
    await process.lays(Action(id=new_id(), theme=theme.id, text="Hæng en tavle op", position=1.0))
    assert await process.phase() == Phase.FOLLOW_UP


async def test_U3_one_question_alone_leads_to_no_choice(process: Process) -> None:
    first = next(item for item in await process.held("step_1") if "paper" in item.settings)
    theme = Theme(id=new_id(), name="Ro", paper="mos", of=first.id, position=1.0)
    await process.lays(up(first), theme)
    assert await process.phase() == Phase.WELL_BEING


async def test_U3_a_meeting_that_is_planned_is_where_the_process_is(process: Process) -> None:
    await asked(process)
    body = {"process": process.made["process"], "template": "follow_up", "language": "da"}
    await process.desk.post("/api/workshops", json=body)
    assert await process.phase() == Phase.FOLLOW_UP


async def test_U3_F8_the_facts_count_what_the_room_was_shown_and_nothing_else(process: Process) -> None:
    theme = await asked(process)
    before = (await process.row())["facts"]
    assert before == {"notes": 2, "themes": 1, "chosen": 0, "actions": 0, "done": 0}
    item = next(iter((await process.home.board(process.board)).every(Item).values()))
    # Face down, stopped, put aside: none of them changes a number.
    await process.lays(up(item, face="down"), up(item, face="stopped"), up(item, hidden=True))
    assert (await process.row())["facts"] == before
    await process.lays(
        Chosen(id=chosen_id(theme.id, 1), theme=theme.id),
        Action(id=new_id(), theme=theme.id, text="a", position=1.0, status="done"),
        Action(id=new_id(), theme=None, text="b", position=2.0),
    )
    after = {"notes": 2, "themes": 1, "chosen": 1, "actions": 2, "done": 1}
    assert (await process.row())["facts"] == after
