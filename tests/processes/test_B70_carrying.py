"""A process as a file and back: nothing shown is lost, nothing hidden is included, all or nothing."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from app.activities.registry import registry
from app.engine.agenda import End, Item, Workshop, meetings_of
from app.engine.commands import Asked, Role
from app.engine.ending import leftovers
from app.engine.records import Board, Held
from app.exports.gather import gather
from app.exports.summary import collect
from app.locales import words
from app.parts.notes.records import Note
from app.processes.carrying.file import LEFT_OUT, Laid, Wrong, carried, laid
from app.processes.tables import process, workshop
from tests.activities.pulse.test_pulse import answered, close, open_pulse
from tests.activities.test_A12_threshold import raised
from tests.exports.whole import whole
from tests.support.boards import W, ask, new_id
from tests.support.commands import rich_meeting
from tests.support.house import House

REPORTS = {name: kind.report for name, kind in registry.kinds.items()}
PHASES = {W: 3}


def file_of(board: Board, phases: dict[str, int] | None = None) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json.dumps(carried(board, "Montagen", 1, phases or PHASES, registry)))
    return found


def board_of(new: Laid) -> Board:
    board = Board()
    board.apply(Held(seq, record) for seq, record in enumerate(new.records, 1))
    return board


def told(board: Board) -> str:
    gathered = gather(board, company="Bakkedal", group="Montagen")
    assert gathered is not None
    say = words(gathered.language)
    return collect(board, gathered.items, REPORTS, gathered.heading, say).model_dump_json()


@pytest.fixture
async def rich() -> dict[str, Any]:
    return file_of((await rich_meeting()).board)


async def test_B70_what_a_process_tells_is_told_by_the_one_made_of_its_file() -> None:
    meeting = await rich_meeting()
    await meeting.do(ask(End, workshop=W))
    file = file_of(meeting.board)
    first, second = laid(file, registry), laid(file, registry)
    assert told(board_of(first)) == told(meeting.board) == told(board_of(second))
    # Exporting it again gives the same file, and no id of one is in the other.
    assert file_of(board_of(first), first.phases) == file == file_of(board_of(second), second.phases)
    ids = [{record.id for record in new.records if ":" not in record.id} for new in (first, second)]
    assert ids[0].isdisjoint(ids[1]) and len(ids[0]) > 20
    kinds = {record.kind for record in first.records}
    assert kinds > {"note", "theme", "item", "action", "sign_up", "pulse_result", "spread"}


async def test_B70_A1_a_file_holds_no_id_no_secret_and_nothing_of_the_box() -> None:
    meeting = await rich_meeting()
    text = json.dumps(file_of(meeting.board), ensure_ascii=False)
    held = [one.record for one in meeting.board]
    assert any(one.boxed for one in held)
    for record in held:
        assert not [part for part in record.id.split(":") if len(part) >= 22 and part in text]
        secret = getattr(record, "secret_hash", None)
        assert not secret or secret not in text
        if isinstance(record, Note) and (record.hidden or record.face != "up"):
            assert record.text not in text.split('"')
    hidden = ("ballot", "tally", "late_note", "pending", "step", "timer")
    assert not [kind for kind in hidden if f'"{kind}"' in text]
    assert not [name for name in LEFT_OUT if f'"{name}"' in text]


async def test_B70_A15_a_file_keeps_no_order_of_writing(rich: dict[str, Any]) -> None:
    texts = [one["text"] for one in rich["records"] if one["kind"] == "note"]
    assert texts == sorted(texts)


async def test_B70_a_meeting_that_runs_is_told_as_if_it_had_ended(rich: dict[str, Any]) -> None:
    new = board_of(laid(rich, registry))
    (meeting,) = new.every(Workshop).values()
    assert meeting.state == "ended" and meeting.live is None
    assert not [item for item in new.every(Item).values() if item.state == "live"]
    assert all(note.secret_hash is None and note.face == "up" for note in new.every(Note).values())


async def test_B70_F4_nothing_is_left_to_be_tidied(rich: dict[str, Any]) -> None:
    new = board_of(laid(rich, registry))
    (one,) = new.every(Workshop).values()
    asked = Asked(Role.SERVER, 0, registry, today="2027-01-04", day=lambda _: "2027-01-04")
    assert leftovers(new, one, asked) is None


@pytest.mark.parametrize("ended", [True, False])
@pytest.mark.parametrize("many", [7, 8])
async def test_B70_A12_answers_below_their_threshold_are_in_no_file_and_in_nothing_made_of_it(
    many: int, ended: bool
) -> None:
    meeting = await open_pulse()
    await raised(meeting, 8)
    await answered(meeting, *range(many))
    await meeting.forward(30)
    await close(meeting)
    if ended:
        await meeting.do(ask(End, workshop=W))
    file = file_of(meeting.board)
    new = board_of(laid(file, registry))
    shown = many == 8
    assert ("svar 0" in json.dumps(file)) is ("svar 0" in told(new)) is shown
    kinds = {held.record.kind for held in new}
    assert ("pulse_result" in kinds, "pulse_answer" in kinds) == (shown, shown)
    # Nobody gets at them in the new process either: what was answered did not come along.
    assert not kinds & {"ballot", "tally"}


def of(file: dict[str, Any], kind: str) -> dict[str, Any]:
    found: dict[str, Any] = next(one for one in file["records"] if one["kind"] == kind)
    return found


Change = Callable[[dict[str, Any]], Any]
WRONG: dict[str, tuple[Change, str]] = {
    "no file of ours": (lambda f: f.pop("format"), "not_carried"),
    "another version": (lambda f: f.update(version=2), "carried_version"),
    "an unknown field": (lambda f: f.update(is_admin=True), "not_carried"),
    "no meeting": (lambda f: f.update(meetings=[]), "not_carried"),
    "a phase that is none": (lambda f: f["meetings"][0].update(phase=6), "not_carried"),
    "a meeting of another process": (lambda f: f["meetings"][0].update(id=new_id("w")), "carried_foreign"),
    "an unknown kind": (lambda f: of(f, "note").update(kind="spy"), "not_carried"),
    "an unknown activity": (lambda f: of(f, "item").update(activity="spy"), "not_carried"),
    "unknown settings": (lambda f: of(f, "item")["settings"].update(x=1), "not_carried"),
    "a note of another board": (lambda f: of(f, "note").update(activity=new_id("q")), "carried_foreign"),
    "a theme that is not in it": (lambda f: of(f, "influence").update(theme="x999"), "carried_foreign"),
    "a theme that is an item": (
        lambda f: of(f, "influence").update(theme=of(f, "item")["id"]),
        "carried_foreign",
    ),
    "an id that is a real one": (lambda f: of(f, "note").update(id=new_id("n")), "carried_foreign"),
    "an id twice": (lambda f: f["records"].append(of(f, "note")), "not_carried"),
    "a note with a secret": (lambda f: of(f, "note").update(secret_hash="x"), "not_carried"),
    "a note face down": (lambda f: of(f, "note").update(face="down"), "not_carried"),
    "a ballot": (lambda f: f["records"].append({"kind": "ballot", "id": "x1"}), "not_carried"),
    "a step": (lambda f: f["records"].append({"kind": "step", "id": "step:x1"}), "not_carried"),
    "a number as text": (lambda f: of(f, "note").update(rank="1"), "not_carried"),
    "a control in a text": (lambda f: of(f, "note").update(text="a\x00"), "text"),
    "a text without end": (lambda f: of(f, "note").update(text="a" * 8001), "text"),
    "a day that is none": (lambda f: of(f, "workshop").update(date="31.02."), "not_carried"),
    "a rehearsal": (lambda f: of(f, "workshop").update(rehearsal=True), "not_carried"),
    "a record that is none": (lambda f: f["records"].append({}), "not_carried"),
}


@pytest.mark.parametrize("what", WRONG)
async def test_B70_one_thing_that_is_wrong_and_nothing_is_taken(what: str, rich: dict[str, Any]) -> None:
    change, code = WRONG[what]
    file = copy.deepcopy(rich)
    change(file)
    with pytest.raises(Wrong) as refused:
        laid(file, registry)
    assert str(refused.value) == code


async def test_B70_by_http_a_process_goes_out_and_comes_in_as_a_new_one(home: House) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal"})).json()["id"]
    made = (await desk.post("/api/processes", json={"company": company, "group": "Montagen"})).json()
    body = {"process": made["id"], "template": "choose", "language": "da"}
    await desk.post("/api/workshops", json=body)
    out = await desk.get(f"/api/processes/{made['id']}/file")
    assert out.headers["content-disposition"] == 'attachment; filename="trivselstavlen.json"'
    came = await desk.post(f"/api/companies/{company}/file", json=out.json())
    assert came.status_code == 201
    again = await desk.get(f"/api/processes/{came.json()['id']}/file")
    assert again.json() == out.json() and came.json()["id"] != made["id"]
    (row,) = (await desk.get("/api/home")).json()["companies"]
    first, second = row["processes"]
    for name in ("group", "cycle", "phase", "facts", "next"):
        assert first[name] == second[name]
    assert [one["title"] for one in first["workshops"]] == [one["title"] for one in second["workshops"]]


async def test_B70_by_http_a_process_of_two_rounds_comes_in_with_what_its_items_are_about(
    home: House, rich: dict[str, Any]
) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal"})).json()["id"]
    board = whole(planned=True)
    rounds = file_of(board, {meeting.id: 4 for meeting in meetings_of(board)})
    for file in (rich, rounds):
        # Posters and pulses have themes, which must be on the board before them.
        assert any(one["kind"] == "item" and one["settings"].get("theme") for one in file["records"])
        came = await desk.post(f"/api/companies/{company}/file", json=file)
        assert came.status_code == 201, came.text
        again = (await desk.get(f"/api/processes/{came.json()['id']}/file")).json()
        # Two with the same contents may have swapped their numbers.
        assert [spoken(one) for one in again["records"]] == [spoken(one) for one in file["records"]]


def spoken(record: dict[str, Any]) -> tuple[object, ...]:
    return tuple(record.get(name) for name in ("kind", "title", "name", "text", "day", "state", "date"))


async def test_B70_by_http_what_is_too_big_or_wrong_leaves_nothing(home: House, rich: dict[str, Any]) -> None:
    desk = await home.signed_in()
    company = (await desk.post("/api/companies", json={"name": "Bakkedal"})).json()["id"]
    note = json.dumps(of(rich, "note")).encode()
    many = b'{"records":[' + b",".join([note] * 1_000_000) + b"]}"
    headers = {"Content-Type": "application/json"}
    url = f"/api/companies/{company}/file"
    sent = (many, b"[]", b"{", b'{"format":"\\ud800"}', json.dumps(rich | {"version": 9}).encode())
    codes = [(await desk.post(url, content=each, headers=headers)).status_code for each in sent]
    assert codes == [413, 422, 422, 422, 422]
    # The same length anywhere else is too much.
    answer = await desk.post("/api/companies", content=b'{"name":"' + b"x" * 70_000 + b'"}', headers=headers)
    assert answer.status_code == 413
    elsewhere = await desk.post("/api/companies/unknown/file", json=rich)
    assert elsewhere.status_code == 404
    async with home.database.connect() as connection:
        for table in (process, workshop):
            assert (await connection.execute(table.select())).first() is None
