"""M7: forty phones, distinguishable by everything they send, in a whole workshop; no trace is left.

Each phone has its own address, user agent, language and a canary header. All texts are unique too, so that
the same workshop shows what was sent to whom (A2, A16) and what is left of it (A5, A6).
"""

import asyncio
import json
import secrets
import sqlite3
import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from math import ceil
from pathlib import Path
from time import monotonic
from typing import Any

import httpx2 as httpx

from app.engine.proof import hashed
from app.engine.ticks import TICK
from tests.support.meeting import Meeting, Wire, meeting as a_meeting, new_id, new_secret
from tests.support.patience import PATIENCE
from tests.support.server import Server
from tests.support.starting import ended

PHONES = 40
LIMITS = {
    "TRIVSEL_NOTES_PER_SECOND": "100000",
    "TRIVSEL_MESSAGES_PER_10S": "100000",
    "TRIVSEL_SCRUB_WAIT": "0.2",
}


@dataclass
class Marked:
    """A phone, and what could identify it."""

    address: str
    headers: dict[str, str]
    token: str
    wire: Wire
    http: httpx.AsyncClient
    mine: list[dict[str, Any]] = field(default_factory=list)
    #: Ids and secrets of its ballots, and the secret of its sign-up.
    proofs: list[str] = field(default_factory=list)

    @property
    def marks(self) -> list[str]:
        return [self.address, *self.headers.values()]

    async def post(self, command: dict[str, Any]) -> dict[str, Any]:
        """The same by HTTP."""
        body = {"type": "do", "ref": 1, "command": command}
        answer = await self.http.post(
            "/live/do", json=body, headers={"Authorization": f"Bearer {self.token}"}
        )
        return dict(answer.json())

    async def write(self, activity: str, text: str, *, by_post: bool = False) -> dict[str, Any]:
        note = {"note": new_id(), "secret": new_secret(), "rev": 1, "text": text}
        self.mine.append(note)
        command = {"type": "notes.write", "activity": activity, **note}
        return await (self.post(command) if by_post else self.wire.ask(command))

    async def edit(self, activity: str, note: dict[str, Any], text: str | None) -> dict[str, Any]:
        command = {"type": "notes.edit", "activity": activity, "note": note["note"], "text": text}
        return await self.wire.ask(command | {"secret": note["secret"], "rev": note["rev"] + 1})

    async def cast(self, activity: str, of: str, value: Any) -> dict[str, Any]:
        """One answer by tap."""
        ballot = {"ballot": new_id(), "secret": new_secret(), "rev": 1, "of": of, "value": value}
        self.proofs += [ballot["ballot"], hashed(ballot["secret"])]
        return await self.wire.ask({"type": "ballots.cast", "activity": activity, **ballot})

    async def sign(self, action: str, name: str) -> int:
        """A3: by name, over a route of its own."""
        mine = {"sign_up": new_id(), "secret": new_secret(), "action": action, "name": name}
        self.proofs.append(hashed(mine["secret"]))
        body = {"type": "named", "command": {"type": "action_plan.sign_up", **mine}}
        bearer = {"Authorization": f"Bearer {self.token}"}
        return (await self.http.post("/live/named", json=body, headers=bearer)).status_code


async def come(meeting: Meeting, number: int) -> Marked:
    """Join by the code and open the socket, all from one's own address."""
    address = f"127.0.0.{100 + number}"
    mark = secrets.token_hex(8)
    headers = {
        "User-Agent": f"Agent-{mark}",
        "Accept-Language": f"qx-{mark[:8]}",
        "X-Canary": f"kanarie-{mark}",
        "Cookie": f"kage={mark}kage",
    }
    http = httpx.AsyncClient(
        base_url=meeting.url,
        headers=headers | {"Origin": meeting.url},
        transport=httpx.AsyncHTTPTransport(local_address=address),
        timeout=PATIENCE,
    )
    joined = (await http.post("/api/join", json={"code": meeting.code})).json()
    wire = await Wire(meeting.url, joined["token"], headers).open(address)
    return Marked(address, headers, joined["token"], wire, http)


def stored(answers: Iterable[dict[str, Any]]) -> None:
    assert {answer["type"] for answer in answers} == {"stored"}


def hits(marks: Iterable[str], places: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(mark, name) for mark in marks for name, data in places.items() if mark.encode() in data]


def on_disk(server: Server) -> dict[str, bytes]:
    """Everything that the server has written anywhere."""
    files = {path.name: path.read_bytes() for path in server.data.rglob("*") if path.is_file()}
    return files | {"the log": server.log.read_bytes()}


async def clean(server: Server) -> None:
    """Return when the clean-up is done: nothing is pending, and the log is empty."""
    (file,) = (server.data / "boards").glob("*.sqlite3")
    async with asyncio.timeout(PATIENCE):
        while True:
            connection = sqlite3.connect(f"file:{file}?mode=ro", uri=True)
            (owed,) = connection.execute("SELECT traces FROM board").fetchone()
            connection.close()
            if not owed and not on_disk(server)[f"{file.name}-wal"]:
                return
            await asyncio.sleep(0.1)


def run(server: Server, *words: str) -> str:
    """Another command of the command line, on the same data folder."""
    done = ended([sys.executable, "-m", "app", *words], server.env)
    assert done.returncode == 0, done.stderr
    return done.stdout + done.stderr


def of_the_room(wire: Wire) -> list[str]:
    """What a phone was sent, except the answers to its own commands."""
    return [frame for frame in wire.frames if json.loads(frame)["type"] not in ("stored", "refused")]


async def test_M7_A1_A2_A5_A6_A7_A9_A16_forty_marked_phones_leave_nothing_behind(
    new_server: Callable[..., Server], tmp_path: Path
) -> None:
    server = new_server(env=LIMITS).start()
    async with a_meeting(server) as meeting:
        desk, wall = await meeting.desk(), await meeting.screen()
        await desk.until(lambda: desk.items)
        question = desk.items[0]["id"]
        await desk.do("agenda.go", item=question)
        phones = [await come(meeting, number) for number in range(PHONES)]
        assert len({phone.token for phone in phones}) == 1, "A1: all hold the same"

        # Every text is unique: kept ones stay, the others must be gone.
        kept = [f"beholdt-{secrets.token_hex(6)}" for _ in range(2 * PHONES)]
        gone = [f"slettet-{secrets.token_hex(6)} i dag" for _ in range(13 * PHONES)]
        after_edit = [f"rettet-{secrets.token_hex(6)}" for _ in gone]
        began = monotonic()
        await write_all(phones, question, kept, gone, after_edit)
        took = monotonic() - began

        # A16: while people write no word of it is sent to anybody, whoever asks and however.
        exports = {
            path: (await meeting.http.get(f"/api/workshops/{meeting.workshop}/{path}")).content
            for path in ("summary", "summary.html", "summary.pdf")
        }
        sent = {f"phone {n}": "".join(phone.wire.frames).encode() for n, phone in enumerate(phones)}
        for name, wire in {"desk": desk, "wall": wall}.items():
            sent[name] = "".join(wire.frames).encode()
        assert hits([*kept, *gone, *after_edit], sent | exports) == []
        # A11: hundreds of notes and edits moved the cards at ticks only; two frames opened the writing.
        told = [frame for frame in wall.frames if '"writing"' in frame]
        assert len(told) <= 2 + ceil(took * 1000 / TICK) + 1 < len(gone)

        await through_the_rest(phones, desk, wall, question, meeting, gone)

        # A2: what the room is sent is the same for every phone, byte for byte.
        last = max(phone.wire.seq for phone in phones)
        for phone in phones:
            await phone.wire.until(lambda phone=phone: phone.wire.seq == last)
        assert len({tuple(of_the_room(phone.wire)) for phone in phones}) == 1

        await clean(server)
        await asyncio.gather(*(phone.wire.close() for phone in phones))
        marks = [mark for phone in phones for mark in phone.marks]
        proofs = [proof for phone in phones for proof in phone.proofs]
        assert len(proofs) == PHONES * (2 * 6 + 1)
        for path in ("summary", "summary.html", "summary.pdf"):
            exports[path] = (await meeting.http.get(f"/api/workshops/{meeting.workshop}/{path}")).content
        run(server, "backup", str(tmp_path / "copy.sqlite3"))
        places = on_disk(server) | exports | {"the backup": (tmp_path / "copy.sqlite3").read_bytes()}
        assert any(kept[0].encode() in data for data in places.values()), "the search must find what is there"
        assert hits(marks, places) == []
        assert hits(gone, places) == []
        # F4: nothing about who answered what is left; names are where their owners put them.
        assert hits(proofs, places) == []
        signed = ["Navn 17", "Navn 39"]
        assert {name for name, _ in hits(signed, exports)} == set(signed)
        for phone in phones:
            await phone.http.aclose()
        await desk.close()
        await wall.close()
    server.stop()
    assert hits([*marks, *gone, *proofs], on_disk(server)) == []


async def write_all(
    phones: list[Marked], question: str, kept: list[str], gone: list[str], after_edit: list[str]
) -> None:
    """Two notes each that stay; thirteen each that are changed or deleted."""
    per = len(gone) // len(phones)

    async def one(number: int, phone: Marked) -> None:
        # Every fifth is on a network that blocks WebSockets for its commands.
        by_post = number % 5 == 0
        stored([await phone.write(question, text, by_post=by_post) for text in kept[2 * number :][:2]])
        for index in range(number * per, (number + 1) * per):
            stored([await phone.write(question, gone[index], by_post=by_post)])
            text = after_edit[index] if index % 2 else None
            stored([await phone.edit(question, phone.mine[-1], text)])

    await asyncio.gather(*(one(number, phone) for number, phone in enumerate(phones)))


async def through_the_rest(
    phones: list[Marked], desk: Wire, wall: Wire, question: str, meeting: Meeting, gone: list[str]
) -> None:
    """Late notes, turning over, themes, both boards, the end."""
    await desk.do("notes.stop_writing", activity=question)
    late = await asyncio.gather(*(phone.write(question, f"for sent {n}") for n, phone in enumerate(phones)))
    assert {tuple(answer["told"]) for answer in late} == {("late",)}
    await desk.do("notes.let_in_late", activity=question)
    await desk.do("notes.turn_all", activity=question)
    await wall.until(lambda: any("for sent 1" in note["text"] for note in wall.all("note")))
    # Changed and deleted after everybody has seen it: still gone in the end.
    notes = [note for phone in phones for note in phone.mine if note["text"].startswith("for sent")]
    seen = next(note for note in wall.all("note") if note["id"] == notes[0]["note"])
    gone.append("set af alle og fjernet")
    await desk.do("notes.mask", note=seen["id"], base=wall.seqs[seen["id"]], text=gone[-1])
    await desk.do("notes.delete", note=seen["id"])

    gathering = next(item for item in desk.items if item["activity"] == "clustering")
    await desk.do("agenda.go", item=gathering["id"])
    await desk.until(lambda: desk.activity == gathering["id"])
    assert seen["id"] not in desk.held
    themes = [new_id() for _ in range(3)]
    ids = sorted(note["id"] for note in desk.all("note"))
    for number, theme in enumerate(themes):
        places = desk.at(*ids[number * 5 : number * 5 + 5])
        await desk.do(
            "clustering.make_theme",
            activity=gathering["id"],
            theme=theme,
            notes=places,
            name=f"Tema {number}",
            paper="mos",
        )
    for kind in ("influence", "priority"):
        item = next(item for item in desk.items if item["activity"] == kind)
        await desk.do("agenda.go", item=item["id"])
        for theme in themes:
            if kind == "influence":
                await desk.do("influence.place", theme=theme, base=0, field="can")
            else:
                await desk.do("priority.place", theme=theme, base=0, important=True, urgent=False)
    placing = next(item["id"] for item in desk.items if item["activity"] == "priority")
    await desk.do("priority.choose", theme=themes[0], confirmed=False)
    await answer(phones, desk, placing, themes, gone)
    await sign(phones, desk)
    await desk.do("agenda.end", workshop=meeting.workshop)


async def answer(phones: list[Marked], desk: Wire, placing: str, themes: list[str], gone: list[str]) -> None:
    """Everybody places the themes, and then answers a pulse; one in ten leaves the open question empty."""
    await desk.do("placing.open", activity=placing)
    for theme in themes:
        stored(await asyncio.gather(*(phone.cast(placing, theme, n % 4) for n, phone in enumerate(phones))))
    await desk.do("placing.close", activity=placing)
    pulse = new_id()
    made = {"title": "Puls", "minutes": 5, "settings": {"theme": themes[0]}, "before": None}
    await desk.do("agenda.add", item=pulse, workshop=desk.workshop, activity="pulse", **made)
    await desk.do("agenda.go", item=pulse)
    for of in ("better", "needed"):
        stored(await asyncio.gather(*(phone.cast(pulse, of, n % 5 + 1) for n, phone in enumerate(phones))))
    stored(await asyncio.gather(*(phone.cast(pulse, "more", f"svar {n}") for n, phone in enumerate(phones))))
    await desk.do("pulse.close", activity=pulse)
    # One of the answers names somebody: it is deleted for good.
    await desk.until(lambda: desk.all("pulse_answer"))
    named = next(one for one in desk.all("pulse_answer") if one["text"] == "svar 7")
    await desk.do("pulse.delete", answer=named["id"])
    gone.append('svar 7"')


async def sign(phones: list[Marked], desk: Wire) -> None:
    """An action, and everybody's name under it."""
    plan, action = new_id(), new_id()
    made = {"title": "Plan", "minutes": 5, "settings": {}, "before": None}
    await desk.do("agenda.add", item=plan, workshop=desk.workshop, activity="action_plan", **made)
    await desk.do("agenda.go", item=plan)
    await desk.do("action_plan.add", activity=plan, action=action, theme=None, text="Fredagsfrokost")
    answers = await asyncio.gather(*(phone.sign(action, f"Navn {n}") for n, phone in enumerate(phones)))
    assert set(answers) == {200}
