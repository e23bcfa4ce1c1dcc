"""Requested files: who may have which, under which name, and what happens to abandoned ones."""

import asyncio
import io
import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import pytest

from app.engine.commands import Role
from app.exports import maker as making
from app.exports.maker import Maker, NotMade
from app.live.member import Member
from app.main import create_app
from app.operations.serving import prepare
from app.settings import Settings
from tests.exports.making import quoting, who_composes
from tests.exports.sample import HEADING
from tests.exports.web import PROCESS, Web
from tests.support.boards import Line, W, agenda

WORKSHOP = "/api/workshops/workshop-1/summary"


async def test_X25_a_desk_and_a_manager_get_the_same_word_document(web: Web) -> None:
    _, token = await web.link()
    desk = await web.client.get(f"{WORKSHOP}.docx")
    link = await web.client.post("/api/summary", json={"token": token, "as": "docx"})
    whole = await web.client.get(f"/api/processes/{PROCESS}/summary.docx")
    lines = [
        [one.text for one in docx.Document(io.BytesIO(answer.content)).paragraphs]
        for answer in (desk, link, whole)
    ]
    assert lines[0] == lines[1] == lines[2] and len(lines[0]) > 60
    assert desk.headers["cache-control"] == "no-store"
    assert desk.headers["content-type"].startswith("application/vnd.openxmlformats")


async def test_B37_a_file_is_named_by_us(web: Web) -> None:
    name = '../../x C:\\x CON a"\r\nSet-Cookie: x' + "x" * 300
    assert web.source.gathered is not None
    meetings = tuple(one.model_copy(update={"title": name}) for one in HEADING.meetings)
    heading = HEADING.model_copy(update={"company": name, "group": name, "meetings": meetings})
    web.source.gathered = replace(web.source.gathered, heading=heading)
    for shape in ("pdf", "docx"):
        answer = await web.client.get(f"{WORKSHOP}.{shape}")
        assert answer.headers["content-disposition"] == f'attachment; filename="opsamling-2026-12-03.{shape}"'


async def test_an_unknown_format_is_not_found(web: Web) -> None:
    for shape in ("exe", "docx.exe", "..%2fpdf", "PDF"):
        assert (await web.client.get(f"{WORKSHOP}.{shape}")).status_code in (404, 422)


@pytest.mark.parametrize(("role", "status"), [(Role.CO_FACILITATOR, 200), (None, 401)])
async def test_X20_everybody_who_may_read_the_summary_may_download_it(
    web: Web, role: Role | None, status: int
) -> None:
    web.people.role = role
    assert (await web.client.get(f"{WORKSHOP}.docx")).status_code == status


async def test_a_file_that_nobody_waits_for_is_not_made(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    """A client that disconnects ends the job: the next one need not wait for it."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def endless(*_: object) -> bytes:
        begun.set()
        try:
            return await asyncio.Future()
        finally:
            ended.set()

    monkeypatch.setattr(Maker, "ask", endless)
    told: list[dict[str, Any]] = [{"type": "http.request", "body": b"", "more_body": False}]

    async def receive() -> dict[str, Any]:
        if told:
            return told.pop()
        await begun.wait()
        return {"type": "http.disconnect"}

    async def send(_: dict[str, Any]) -> None: ...

    scope = {
        "type": "http",
        "method": "GET",
        "path": f"{WORKSHOP}.docx",
        "raw_path": f"{WORKSHOP}.docx".encode(),
        "query_string": b"",
        "headers": [(b"host", b"localhost"), (b"sec-fetch-site", b"same-origin")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
        "root_path": "",
    }
    await asyncio.wait_for(web.app(scope, receive, send), 20)  # type: ignore[operator]
    assert ended.is_set()


async def test_a_file_is_composed_in_the_worker() -> None:
    maker = Maker()
    composed_by = int(await maker.ask(who_composes))
    assert maker._process is not None and composed_by == maker._process.pid != os.getpid()
    await maker.close()


async def test_A9_a_file_that_cannot_be_composed_is_told_without_the_text() -> None:
    maker = Maker()
    with pytest.raises(NotMade) as failed:
        await maker.ask(quoting)
    assert str(failed.value) == "LookupError"
    assert await maker.ask({"to": "text", "text": "x"}) == b"x"
    await maker.close()


@pytest.mark.parametrize("meeting", [True, False])
async def test_while_people_meet_there_is_a_pause_between_two_of_several_files(
    meeting: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    # An hour, so that on no machine it is over before it begins.
    monkeypatch.setattr(making, "PAUSE", 3600)
    pauses: list[float] = []

    async def sleep(seconds: float) -> None:
        pauses.append(seconds)

    maker, job = Maker(meeting=lambda: meeting, sleep=sleep), {"to": "text", "text": ""}
    await maker.ask(job)
    assert pauses == []
    await asyncio.gather(*(maker.ask(job) for _ in range(3)))
    # The first begins before the others ask, and the last has nobody behind it.
    assert len(pauses) == (1 if meeting else 0)
    assert all(3000 < pause <= 3600 for pause in pauses)
    await maker.close()


async def test_the_server_says_whether_people_meet(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path)
    await prepare(settings)
    services = create_app(settings).services
    await services.rooms.create("board")
    await services.rooms.seed("board", agenda())
    opened = await services.rooms.open("board")
    assert opened is not None and not services.maker._meeting()
    phone = Member(Role.PHONE, W, Line())
    opened.hub.join(phone, 0, "", None)
    assert services.maker._meeting()
    opened.hub.leave(phone)
    assert not services.maker._meeting()
    await services.database.close()


async def test_X24_a_queue_that_is_too_long_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(making, "WAITING", 2)
    maker = Maker()
    job = {"to": "nothing"}
    answers = await asyncio.gather(*(maker.ask(job) for _ in range(3)), return_exceptions=True)
    assert [str(one) for one in answers if isinstance(one, NotMade)] == ["KeyError", "KeyError", "waiting"]
    await maker.close()
