"""H3: the same wrong value has the same code, over HTTP and over the socket."""

import json
from typing import Any

import httpx2
import pytest
from fastapi import APIRouter, FastAPI

from app.http.errors import StrictRoute, install
from app.live.messages import Do, Misunderstood, parse
from tests.support.boards import new_id

NOTE = {"note": new_id("a"), "base": 1}
COMMAND = {
    "type": "clustering.make_theme",
    "id": new_id("command"),
    "activity": "c1",
    "theme": new_id("theme"),
    "notes": [NOTE],
    "name": "Travlt",
    "paper": "mos",
}


def do(**fields: Any) -> bytes:
    return json.dumps({"type": "do", "ref": 7, "command": COMMAND | fields}).encode()


def bare(field: str, value: str) -> bytes:
    return do(**{field: "<bare>"}).replace(b'"<bare>"', value.encode())


def without(field: str) -> bytes:
    command = {name: value for name, value in COMMAND.items() if name != field}
    return json.dumps({"type": "do", "ref": 7, "command": command}).encode()


WRONG = {
    "nothing": (b"", "not_object"),
    "a list": (b"[]", "not_object"),
    "null": (b"null", "not_object"),
    "no JSON": (b"{", "bad_json"),
    "two": (do() + do(), "bad_json"),
    "too deep": (b"[" * 8000, "bad_json"),
    "no UTF-8": (do(name="<bare>").replace(b"<bare>", b"\xff\xfe"), "text"),
    "half a character": (bare("name", '"\\ud800"'), "text"),
    "an id with a space": (do(activity="not an id"), "text"),
    "a new id that is too short": (do(theme="short"), "text"),
    "a long line": (do(name="x" * 81), "too_long"),
    "too many notes": (do(notes=[NOTE] * 501), "too_many"),
    "no notes": (do(type="clustering.move_notes", theme=None, notes=[], name=None), "empty"),
    "an id that is no text": (do(activity=7), "type"),
    "a list that is text": (do(notes="a"), "type"),
    "a note that is text": (do(notes=["a"]), "not_object"),
    "a number that is text": (do(notes=[NOTE | {"base": "1"}]), "type"),
    "a number with a point": (do(notes=[NOTE | {"base": 1.5}]), "type"),
    "a negative number": (do(notes=[NOTE | {"base": -1}]), "range"),
    "5000 digits": (bare("name", "9" * 5000), "range"),
    "NaN": (bare("name", "NaN"), "range"),
    "infinite, where it is not the first fault": (bare("paper", "1e999").replace(b"c1", b"c 1"), "range"),
    "no such paper": (do(paper="guld"), "range"),
    "one field more": (do(is_admin=True), "unknown_field"),
    "one field less": (without("theme"), "missing"),
    "no such command": (do(type="clustering.steal"), "unknown_type"),
    "no type": (without("type"), "unknown_type"),
}


def over_the_socket(body: bytes) -> str | None:
    try:
        parse(body)
    except Misunderstood as fault:
        return fault.code
    return None


async def over_http(body: bytes) -> str | None:
    app = FastAPI()
    router = APIRouter(route_class=StrictRoute)

    @router.post("/do")
    async def take(message: Do) -> None:
        """The same message as a body."""

    app.include_router(router)
    install(app)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://test") as client:
        answer = await client.post("/do", content=body, headers={"Content-Type": "application/json"})
    return None if answer.status_code == 200 else str(answer.json()["code"])


async def test_H3_what_is_right_is_taken_over_both() -> None:
    assert (over_the_socket(do()), await over_http(do())) == (None, None)


@pytest.mark.parametrize(("body", "code"), WRONG.values(), ids=WRONG)
async def test_H3_one_fault_has_one_code_over_both(body: bytes, code: str) -> None:
    assert (over_the_socket(body), await over_http(body)) == (code, code)
