"""A12: with a company's threshold of eight, seven answers reveal nothing: no connection, file or backup.

Nothing means no more than none: what anybody gets after seven answers is, to the byte, what they got after
the same was closed without any answer. The eighth is the control: it must be visible in each place that was
searched. Kinds and routes are taken from their declarations, so that a new one is included automatically.
"""

import asyncio
import io
import json
import random
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, closing
from pathlib import Path
from typing import Any, get_args
from zipfile import ZipFile

import httpx2 as httpx
import pypdf
import pytest

from app.activities.registry import ACTIVITIES, registry
from app.clock import local_day
from app.contract.openapi import document
from app.engine.activity import Kind
from app.engine.agenda import Item
from app.engine.commands import Role
from app.engine.records import Board, Record
from app.engine.room import Asker
from app.engine.simulated import SimulatedPhone
from app.engine.ticks import TICK
from app.exports.shapes import Shape
from app.live.rooms import OpenRoom
from app.method.templates import PAPERS
from app.parts.ballots import Balloted, MoveCount, is_open
from app.parts.placing import Placed
from app.parts.themes import Influence, Theme, influence_id
from tests.live.quick import Quick, quick
from tests.live.test_fallback import Stream, without_sockets
from tests.support.clock import Clock
from tests.support.meeting import Meeting, Wire, meeting as a_meeting
from tests.support.patience import PATIENCE
from tests.support.server import Server

ENOUGH = 8
WORDS = "Hemmeligheden om porten"
KINDS = [kind for kind in ACTIVITIES if any(isinstance(use, Balloted) for use in kind.uses)]
#: About the server or the caller, and never the same twice.
OF_THE_MOMENT = {
    *("/api/instance", "/api/reach", "/api/session", "/api/sessions", "/api/walls/join", "/api/backups"),
    "/api/workshops/{workshop}/screens",
}
MOVES = re.compile(
    r'"(?:seq|base|count|opened|opened_at|moved_at)": ?\d+|(?:DTSTAMP|SEQUENCE):\w+|"health":\[[^\]]*\]'
)
NAMES = re.compile(r"\{(\w+)\}")
#: Where a result must be found once it is shown.
TELLING = re.compile(r"/summary|processes/.*/file$|/found$| by |^copy$")
DRAWN = frozenset({"pdf", "docx", "zip", "png", "svg"})
#: Requested by hand below, since their paths contain more names than those of the meeting.
NAMED = {"/api/processes/{process}/posters/{poster}.{shape}", "/api/backups/{name}"}
THEMES = ("a" * 22, "b" * 22)
PATHS = json.loads(document())["paths"]
#: What each place shows, by its name.
Seen = dict[str, str]


class Stage:
    """A meeting with one item of each kind that is answered by tap."""

    def __init__(self, running: Quick, meeting: Meeting, room: OpenRoom, clock: Clock, company: str) -> None:
        self.running = running
        self.meeting = meeting
        self.room = room
        self.clock = clock
        self.company = company
        self.desk: Wire
        #: Formats that are not requested.
        self.without: frozenset[str] = frozenset()
        self.items: dict[str, str] = {}
        #: A manager's link, and an employee's to a conversation in the same company.
        self.link = self.side = ""

    async def gives_links(self) -> None:
        """Make the links that others than the desk use."""
        made = await self.meeting.post(f"/api/processes/{self.meeting.process}/links", days=1)
        self.link = made["url"].partition("#")[2]
        about = {"company": self.company, "employee": "Ida", "language": "da", "time": None, "rhythm": "week"}
        day = local_day(self.clock.ms())
        pair = await self.meeting.post("/api/conversations", **about, day=day, minutes=30)
        self.side = pair["employee"]["url"].partition("#")[2]

    async def moves(self, threshold: int) -> None:
        """Export its process to a file, and import it into a company with this threshold."""
        company = (await self.meeting.post("/api/companies", name="Vognmanden"))["id"]
        http = self.meeting.http
        answer = await http.put(f"/api/companies/{company}", json={"threshold": threshold})
        assert answer.status_code == 204, answer.text
        file = (await http.get(f"/api/processes/{self.meeting.process}/file")).json()
        laid = await self.meeting.post(f"/api/companies/{company}/file", **file)
        rows = [row for one in (await http.get("/api/home")).json()["companies"] for row in one["processes"]]
        (row,) = (row for row in rows if row["id"] == laid["id"])
        await self.desk.close()
        self.meeting.process, self.meeting.board, self.company = row["id"], row["board"], company
        self.meeting.workshop = row["workshops"][0]["id"]
        door = await self.meeting.post(f"/api/workshops/{self.meeting.workshop}/door", action="open")
        self.meeting.code = door["code"]
        room = await self.running.app.services.rooms.open(row["board"])
        assert room is not None
        self.room = room
        ours = [one for one in room.room.board.every(Item).values() if one.title == one.activity]
        self.items = {one.activity: one.id for one in ours}
        self.desk = await self.meeting.desk()
        await self.desk.until(lambda: self.desk.items)

    async def add(self, kind: Kind) -> None:
        """An item of that kind, with a theme if it needs one."""
        self.items[kind.name] = item = f"{kind.name:x<22}".replace("_", "x")
        settings = kind.settings(**({"theme": THEMES[0]} if "theme" in kind.settings.model_fields else {}))
        about = {"title": kind.name, "minutes": 5, "settings": settings.model_dump(mode="json")}
        where = {"workshop": self.meeting.workshop, "before": None}
        await self.desk.do("agenda.add", item=item, activity=kind.name, **about, **where)

    async def opens(self, kind: Kind) -> None:
        """Make it live and open it for answers."""
        item = self.items[kind.name]
        await self.desk.do("agenda.go", item=item)
        if not is_open(self.room.room.board, item):
            await self.desk.do(_verb(kind, "open|reopen"), activity=item)
        assert is_open(self.room.room.board, item)

    async def answers(self, kind: Kind, many: int) -> None:
        """Let this many phones answer every question, and a tick pass."""
        board, item = self.room.room.board, self.items[kind.name]
        assert kind.simulated is not None
        for _ in range(many):
            phone = SimulatedPhone(0, ENOUGH, lambda _about: (WORDS,), random.Random(1))
            while command := kind.simulated(board, board.one(Item, item), phone):
                said = await self.room.room.submit(Asker(Role.PHONE, self.meeting.workshop), command)
                assert said.code is None, said
            assert phone.own, "it was asked nothing"
        self.clock.forward(TICK / 1000)
        move = MoveCount(type="ballots.move_count", activity=item)
        await self.room.room.submit(Asker(Role.SERVER, self.meeting.workshop), move)

    async def closes(self, kind: Kind) -> None:
        """Close it, so that it shows what may be shown."""
        await self.desk.do(_verb(kind, "close"), activity=self.items[kind.name])

    async def seen(self) -> Seen:
        """What clients that connect now are shown, on both transports, over HTTP, by link and in a backup."""
        return await self.by_lines() | await self.over_http() | await self.by_name() | await self.copied()

    async def by_lines(self) -> Seen:
        """Desk, wall and phone, newly connected, on a socket and on a stream."""
        meeting, found = self.meeting, {}
        async with without_sockets(meeting.url) as http:
            for way in ("socket", "stream"):
                for who, token in (
                    ("desk", (await meeting.post(f"/api/workshops/{meeting.workshop}/ticket"))["ticket"]),
                    ("wall", (await meeting.post(f"/api/workshops/{meeting.workshop}/screens"))["token"]),
                    ("phone", await meeting.room_token()),
                ):
                    wire = Wire(meeting.url, token) if way == "socket" else Stream(meeting.url, token, http)
                    await wire.open()
                    await wire.until(lambda wire=wire: wire.one("workshop"))
                    held = [wire.held[id] for id in sorted(wire.held)]
                    found[f"{who} by {way}"] = _plain(json.dumps(held, ensure_ascii=False, sort_keys=True))
                    await wire.close()
        return found

    async def over_http(self) -> Seen:
        """Every GET route, with this meeting's parameters."""
        found = {}
        places = {
            "workshop": self.meeting.workshop,
            "process": self.meeting.process,
            "company": self.company,
        }
        for path, known in PATHS.items():
            if "get" not in known or path in OF_THE_MOMENT:
                continue
            names = NAMES.findall(path)
            asked = {one["name"]: one["schema"] for one in known["get"].get("parameters", ())}
            if set(names) - {*places, "shape"}:
                continue
            for shape in set(asked.get("shape", {}).get("enum", [""])) - self.without:
                where = path.format(**places, shape=shape)
                answer = await self._got(where)
                if answer.status_code == 200:
                    found[where] = "\n".join(_plain(text) for text in _read(answer))
        return found

    async def by_name(self) -> Seen:
        """Posters, the summary by a manager's link, and a conversation by its links."""
        found = {}
        for poster in (await self._got(f"/api/processes/{self.meeting.process}/posters")).json():
            # All formats are made from the same page. The poster with the way in has nothing of a result.
            where = f"/api/processes/{self.meeting.process}/posters/{poster['id']}.svg"
            if "svg" not in self.without and poster["id"] != "way-in":
                answer = await self._got(where)
                assert answer.status_code == 200, (where, answer.status_code)
                found[where] = _plain(answer.text)
        its = (await self.meeting.post("/api/conversation/open", token=self.side))["id"]
        side: dict[str, Any] = {"token": self.side}
        asked: list[tuple[str, dict[str, Any]]] = [("/api/conversation/open", side)]
        by_link = {"html", *get_args(Shape)} - self.without
        asked += [("/api/summary", {"token": self.link, "as": shape}) for shape in by_link]
        of_two = {"pdf", "docx", "ics"} - self.without
        asked += [("/api/conversation/file", side | {"conversation": its, "as": one}) for one in of_two]
        for path, body in asked:
            answer = await self._got(path, body)
            assert answer.status_code == 200, (path, answer.text)
            found[f"{path} as {body.get('as')}"] = "\n".join(_plain(text) for text in _read(answer))
        return found

    async def copied(self) -> Seen:
        """A backup: every record in it, without what changes by itself."""
        made = await self.meeting.http.post("/api/backups")
        if made.status_code != 201:
            # PostgreSQL is backed up by its own tools.
            return {}
        file = self.running.app.services.settings.data.parent / "copy.sqlite3"
        file.write_bytes((await self._got(f"/api/backups/{made.json()['name']}")).content)
        with closing(sqlite3.connect(file)) as copy:
            # Steps of undo tell what the desk did, not what was answered.
            rows = copy.execute("SELECT id, body FROM record WHERE kind <> 'step' ORDER BY id").fetchall()
        return {"copy": _plain("\n".join(f"{id} {body}" for id, body in rows))}

    async def _got(self, where: str, body: Any = None) -> httpx.Response:
        """Repeat the request while the worker is busy, as often as it says."""
        how: dict[str, Any] = {"method": "GET"} if body is None else {"method": "POST", "json": body}
        answer = await self.meeting.http.request(url=where, timeout=PATIENCE, **how)
        while answer.status_code == 503:
            await asyncio.sleep(float(answer.headers["Retry-After"]))
            answer = await self.meeting.http.request(url=where, timeout=PATIENCE, **how)
        return answer


def _verb(kind: Kind, verb: str) -> str:
    """The command of a driver that opens or closes the answers."""
    owner = "placing" if registry.use(kind.name, Placed) else kind.name
    driven = [ruled.command for ruled in registry.commands if ruled.group == "drive"]
    types = [str(get_args(one.model_fields["type"].annotation)[0]) for one in driven]
    (found,) = (one for one in types if re.match(rf"{owner}\.(?:{verb})", one))
    return found


def _plain(text: str) -> str:
    """Without what changes anyway: sequence numbers, and how many answers the room may know of."""
    return MOVES.sub("", text)


def _read(answer: httpx.Response) -> list[str]:
    return [text for part in _unpacked(answer.content) for text in _texts(part)]


def _unpacked(file: bytes) -> list[bytes]:
    """Its contents; of an archive (Word, Excel, ZIP) each file."""
    if not file.startswith(b"PK"):
        return [file]
    with ZipFile(io.BytesIO(file)) as packed:
        named = [name for name in packed.namelist() if not name.startswith("docProps/")]
        return [part for name in named for part in _unpacked(packed.read(name))]


def _texts(file: bytes) -> list[str]:
    if file.startswith(b"%PDF"):
        return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(file)).pages]
    return [file.decode("utf-8", "replace")]


async def board_of(running: Quick, meeting: Meeting) -> Board:
    board = await running.app.services.rooms.board(meeting.board)
    assert board is not None
    return board


def themes_on(board: Board) -> Iterator[Record]:
    """Two themes of demands that can be influenced: all kinds ask about those."""
    hard = [one for one in board.every(Item).values() if one.settings.get("paper") == PAPERS["hard"]]
    for n, id in enumerate(THEMES):
        yield Theme(id=id, name=f"Tema {n}", paper=PAPERS["hard"], of=hard[0].id, position=float(n))
        yield Influence(id=influence_id(id), theme=id, field="can")


@asynccontextmanager
async def staged(data: Path, database: str) -> AsyncIterator[Stage]:
    clock = Clock()
    async with quick(data, database, clock) as running:
        link = await running.app.services.accounts.first_link()
        here = Server(data)
        here.url, here.first_link = running.url, lambda: f"{running.url}{link}"  # type: ignore[method-assign]
        async with a_meeting(here) as meeting:
            company = (await meeting.http.get("/api/home")).json()["companies"][0]["id"]
            changed = await meeting.http.put(f"/api/companies/{company}", json={"threshold": ENOUGH})
            assert changed.status_code == 204, changed.text
            await running.app.services.rooms.seed(
                meeting.board, [*themes_on(await board_of(running, meeting))]
            )
            room = await running.app.services.rooms.open(meeting.board)
            assert room is not None
            stage = Stage(running, meeting, room, clock, company)
            await stage.gives_links()
            stage.desk = await meeting.desk()
            await stage.desk.until(lambda: stage.desk.items)
            assert stage.desk.one("workshop")["threshold"] == ENOUGH
            for kind in KINDS:
                await stage.add(kind)
            yield stage
            await stage.desk.close()


def differs(one: Mapping[str, str], other: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Which places show something else, with the text around it."""
    found = {}
    for where in one.keys() | other.keys():
        a, b = one.get(where, ""), other.get(where, "")
        if a != b:
            at = next((n for n, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
            found[where] = (a[max(0, at - 60) : at + 90], b[max(0, at - 60) : at + 90])
    return found


def test_A12_every_route_that_is_read_is_asked_for() -> None:
    places = {"workshop", "process", "company", "shape"}
    named = {path for path in PATHS if "get" in PATHS[path] and set(NAMES.findall(path)) - places}
    assert named == NAMED


def test_A12_every_kind_that_is_answered_by_tap_is_tried() -> None:
    assert {"dots", "me_too", "pulse", "priority", "influence"} <= {kind.name for kind in KINDS}


@pytest.fixture(params=["sqlite", "postgres"])
def database(request: pytest.FixtureRequest) -> str:
    """The database: the address of a server, or nothing for the folder's own file."""
    return "" if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


async def test_A12_seven_answers_of_eight_tell_nothing_anywhere(tmp_path: Path, database: str) -> None:
    async with staged(tmp_path / "data", database) as stage:
        # A file depends only on what was read, whatever it was read from: once is enough.
        stage.without = DRAWN if database else frozenset()
        for kind in KINDS:
            await stage.opens(kind)
            await stage.closes(kind)
        none = await stage.seen()
        for kind in KINDS:
            await stage.opens(kind)
            await stage.answers(kind, ENOUGH - 1)
            await stage.closes(kind)
        few = await stage.seen()
        assert differs(none, few) == {}
        assert not [frame for frame in stage.desk.frames if WORDS in frame]
        assert not [where for where, text in few.items() if WORDS in text]
        # The control: what is told with one more is seen in all of these places.
        before = few
        for kind in KINDS:
            await stage.opens(kind)
            await stage.answers(kind, 1)
            await stage.closes(kind)
            lines = await stage.by_lines()
            assert differs(before, before | lines).keys() == lines.keys(), kind.name
            before = before | lines
        told = differs(few, await stage.seen())
        assert [where for where in few if TELLING.search(where) and where not in told] == []


async def test_A12_B70_a_process_from_a_file_tells_nothing_below_what_its_new_company_asks_for(
    tmp_path: Path,
) -> None:
    async with staged(tmp_path / "data", "") as stage:
        await stage.moves(ENOUGH + 1)
        for kind in KINDS:
            await stage.opens(kind)
            await stage.closes(kind)
        none = await stage.by_lines()
        for kind in KINDS:
            await stage.opens(kind)
            # In the company that it came from, this many would have been enough.
            await stage.answers(kind, ENOUGH)
            await stage.closes(kind)
        few = await stage.by_lines()
        assert differs(none, few) == {}
        for kind in KINDS:
            await stage.opens(kind)
            await stage.answers(kind, 1)
            await stage.closes(kind)
            lines = await stage.by_lines()
            assert differs(few, lines).keys() == lines.keys(), kind.name
            few = lines
