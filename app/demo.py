"""`make demo`: a workshop full of notes and twelve phones that go on writing, to try it all alone."""

import asyncio
import contextlib
import json
import random
import secrets
import shutil
from pathlib import Path
from typing import Any

from app.access import Place
from app.activities.clustering.messages import MakeTheme, NoteAt
from app.board.agenda import Go, Item, items_of
from app.board.commands import Command, Role, new_id
from app.board.records import Board
from app.board.report import Paper
from app.board.room import Asker
from app.board.shared_records import Note
from app.board.timer import Start
from app.board.writing.messages import TurnAll, WriteNote
from app.live.hub import Member
from app.live.rooms import OpenRoom
from app.main import App, Parts, create_app
from app.processes.service import NewWorkshop
from app.serving import prepare, run as serve
from app.settings import Settings

PHONES = 12
#: The longest a demo phone thinks between two notes, in seconds.
THINKS = 25.0
EMAIL = "demo@trivselstavlen.example"


#: The loop holds tasks only weakly.
_writing: set["asyncio.Task[None]"] = set()


class _Silent:
    """The line of a phone that only counts."""

    kind = "silent"
    waiting = 0

    def write(self, frame: bytes) -> None:
        """Nobody reads."""

    def frame(self, message: bytes) -> bytes:
        """As it is."""
        return message

    def close(self, code: int) -> None:
        """Nothing to close."""


def run(settings: Settings) -> None:
    """Serve with a demo workshop in a data folder of its own."""
    settings = settings.model_copy(update={"data": settings.data / "demo", "database_url": ""})
    # A demo begins afresh each time: nothing in this folder is anybody's work.
    shutil.rmtree(settings.data, ignore_errors=True)
    asyncio.run(prepare(settings))
    app = create_app(settings)
    serve(settings, app, opening=lambda: _play(app))


async def _play(app: App) -> list[str]:
    parts = app.parts
    password = secrets.token_urlsafe(12)
    link = await parts.accounts.first_link() or ""
    made = await parts.accounts.make_first(link.partition("#")[2], "Demo", EMAIL, password)
    workshop, board_id = await _workshop(parts, made.signed_in.account)
    door = await parts.doors.open(workshop, board_id)
    opened = await parts.rooms.open(board_id)
    assert opened is not None
    await _lead(opened, workshop)
    for _ in range(PHONES):
        phone = asyncio.create_task(_phone(opened, workshop))
        _writing.add(phone)
        phone.add_done_callback(_writing.discard)
    return [
        f"  Demo: http://localhost:{parts.settings.port}/desk",
        f"        {EMAIL} / {password}",
        f"        kode / code {door.code}",
    ]


async def _workshop(parts: Parts, account: str) -> tuple[str, str]:
    company = await parts.processes.make_company(account, "Montagen ApS")
    process, board = await parts.processes.make_process(account, company, "Montagen")
    place = Place(Role.FACILITATOR, process, board)
    new = NewWorkshop(process=process, template="main_meeting", language="da")
    return await parts.processes.make_workshop(place, "Montagen", new), board


async def _lead(opened: OpenRoom, workshop: str) -> None:
    """The first question is answered and partly gathered; the second is open."""
    driver = Asker(Role.FACILITATOR, workshop)
    board = opened.room.board

    async def do(command: Command) -> None:
        answer = await opened.room.submit(driver, command)
        if answer.code:
            raise RuntimeError(answer.code)

    draws, gather, hard = items_of(board, workshop)[:3]
    await do(Go(type="agenda.go", id=new_id(), item=draws.id))
    for text in _texts("draws"):
        await opened.room.submit(Asker(Role.PHONE, workshop), _note(draws.id, text))
    await do(TurnAll(type="notes.turn_all", id=new_id(), activity=draws.id))
    await do(Go(type="agenda.go", id=new_id(), item=gather.id))
    for name, paper, words in _themes():
        notes = [NoteAt(note=note.id, base=_seq(board, note.id)) for note in _with(board, draws, words)]
        make = MakeTheme(
            type="clustering.make_theme",
            id=new_id(),
            activity=gather.id,
            theme=new_id(),
            notes=notes,
            name=name,
            paper=paper,
        )
        await do(make)
    await do(Go(type="agenda.go", id=new_id(), item=hard.id))
    await do(Start(type="timer.start", id=new_id(), activity=hard.id, seconds=300))


async def _phone(opened: OpenRoom, workshop: str) -> None:
    """One phone: it is counted, and now and then it writes a note to whatever question is open."""
    opened.hub.join(Member(Role.PHONE, workshop, _Silent()), 0, "", None)
    texts = _texts("hard")
    while True:
        await asyncio.sleep(random.uniform(2, THINKS))  # noqa: S311 - a demo
        live = next((i for i in items_of(opened.room.board, workshop) if i.state == "live"), None)
        if live is not None and live.activity == "notes":
            note = _note(live.id, random.choice(texts))  # noqa: S311 - a demo
            with contextlib.suppress(RuntimeError):
                await opened.room.submit(Asker(Role.PHONE, workshop), note)


def _note(activity: str, text: str) -> WriteNote:
    return WriteNote(
        type="notes.write",
        activity=activity,
        note=new_id(),
        secret=secrets.token_urlsafe(32),
        rev=1,
        text=text,
    )


def _with(board: Board, item: Item, texts: list[str]) -> list[Note]:
    return [note for note in board.of(Note, item.id).values() if note.text in texts]


def _seq(board: Board, id: str) -> int:
    held = board.held(id)
    return held.seq if held else 0


def _texts(question: str) -> list[str]:
    texts: list[str] = _written()["notes"][question]
    return texts


def _themes() -> list[tuple[str, Paper, list[str]]]:
    return [(theme["name"], theme["paper"], theme["notes"]) for theme in _written()["themes"]]


def _written() -> dict[str, Any]:
    path = Path(__file__).parent / "method" / "demo.json"
    written: dict[str, Any] = json.loads(path.read_text("utf-8"))
    return written
