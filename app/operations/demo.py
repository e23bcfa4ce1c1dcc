"""`make demo`: a workshop full of notes and twelve phones that keep writing, to try on one's own."""

import asyncio
import secrets
import shutil
from collections.abc import Sequence

from app.access import Place
from app.activities.clustering.messages import MakeTheme, NoteAt
from app.activities.registry import registry
from app.engine.agenda import Go, Item, items_of
from app.engine.commands import Command, Role, new_id
from app.engine.records import Board
from app.engine.room import Asker
from app.engine.timer import Start
from app.live.rooms import OpenRoom
from app.main import App, create_app
from app.operations.serving import prepare, run as serve
from app.parts.notes.messages import TurnAll, WriteNote
from app.parts.notes.records import Note
from app.processes.service import NewWorkshop
from app.rehearsal.invented import invented
from app.rehearsal.phones import Phones
from app.settings import Settings
from app.wiring.services import Services

EMAIL = "demo@trivselstavlen.example"
SAID = invented("da")


def run(settings: Settings) -> None:
    """Serve with a demo workshop in a data folder of its own."""
    settings = settings.model_copy(update={"data": settings.data / "demo", "database_url": ""})
    # A demo starts empty each time: nothing in this folder is anybody's work.
    shutil.rmtree(settings.data, ignore_errors=True)
    asyncio.run(prepare(settings))
    app = create_app(settings)
    serve(settings, app, opening=lambda: _play(app))


async def _play(app: App) -> list[str]:
    services = app.services
    password = secrets.token_urlsafe(12)
    link = await services.accounts.first_link() or ""
    made = await services.accounts.make_first(link.partition("#")[2], "Demo", EMAIL, password)
    workshop, board_id = await _workshop(services, made.signed_in.account)
    door = await services.doors.open(workshop, board_id)
    opened = await services.rooms.open(board_id)
    assert opened is not None
    await _lead(opened, workshop)
    Phones(opened, workshop, SAID.says, registry).come()
    return [
        f"  Demo: http://localhost:{services.settings.port}{services.addresses.folder}/desk",
        f"        {EMAIL} / {password}",
        f"        kode / code {door.code}",
    ]


async def _workshop(services: Services, account: str) -> tuple[str, str]:
    company = await services.processes.make_company(account, "Montagen ApS")
    process, board = await services.processes.make_process(account, company, "Montagen")
    place = Place(Role.FACILITATOR, process, board)
    new = NewWorkshop(process=process, template="main_meeting", language="da")
    return await services.processes.make_workshop(place, "Montagen", new), board


async def _lead(opened: OpenRoom, workshop: str) -> None:
    """The first question is answered and partly gathered; the second is open."""
    driver = Asker(Role.FACILITATOR, workshop)
    board = opened.room.board

    async def do(command: Command) -> None:
        answer = await opened.room.submit(driver, command)
        if answer.code:
            raise RuntimeError(answer.code)

    _, draws, gather, hard = items_of(board, workshop)[:4]
    await do(Go(type="agenda.go", id=new_id(), item=draws.id))
    for text in SAID.says("draws"):
        await opened.room.submit(Asker(Role.PHONE, workshop), _note(draws.id, text))
    await do(TurnAll(type="notes.turn_all", id=new_id(), activity=draws.id))
    await do(Go(type="agenda.go", id=new_id(), item=gather.id))
    for theme in SAID.themes:
        notes = [NoteAt(note=note.id, base=_seq(board, note.id)) for note in _with(board, draws, theme.notes)]
        make = MakeTheme(
            type="clustering.make_theme",
            id=new_id(),
            activity=gather.id,
            theme=new_id(),
            notes=notes,
            name=theme.name,
            paper=theme.paper,
        )
        await do(make)
    await do(Go(type="agenda.go", id=new_id(), item=hard.id))
    await do(Start(type="timer.start", id=new_id(), activity=hard.id, seconds=300))


def _note(activity: str, text: str) -> WriteNote:
    return WriteNote(
        type="notes.write",
        activity=activity,
        note=new_id(),
        secret=secrets.token_urlsafe(32),
        rev=1,
        text=text,
    )


def _with(board: Board, item: Item, texts: Sequence[str]) -> list[Note]:
    return [note for note in board.of(Note, item.id).values() if note.text in texts]


def _seq(board: Board, id: str) -> int:
    held = board.held(id)
    return held.seq if held else 0
