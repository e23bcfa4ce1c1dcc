"""All in one ZIP: its contents for each reader, and its progress while it is made."""

import asyncio
import io
import json
import zipfile
from typing import Any

import pytest
from icalendar import Calendar

from app.engine.commands import Role
from app.engine.report import Box
from app.exports.gather import gather
from app.exports.maker import Maker, NotMade, Step
from app.exports.posters import Poster, Sheet, job
from app.exports.sections import Kinds
from app.locales import words
from tests.exports.reading import pdf_text, squeezed
from tests.exports.sample import sample
from tests.exports.test_whole import KINDS
from tests.exports.web import PROCESS, Web
from tests.exports.whole import whole

AT = f"/api/processes/{PROCESS}/summary.zip"
FORMATS = {f"opsamling-2027-12-02{end}" for end in (".pdf", ".docx", ".xlsx", "-csv.zip")}
ITSELF = "trivselstavlen.json"
PLAN = "Telefonfri time fra 8 til 9"


@pytest.fixture
def kinds() -> Kinds:
    return KINDS


@pytest.fixture
def full(web: Web) -> Web:
    """With two rounds, a plan, and a planned meeting."""
    web.source.gathered = gather(whole(True), company="Bakkedal", group="Montagen")
    return web


def held(body: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(body)) as files:
        assert files.testzip() is None and len(set(files.namelist())) == len(files.namelist())
        return {name: files.read(name) for name in files.namelist()}


def named(files: dict[str, bytes], start: str) -> dict[str, bytes]:
    return {name: file for name, file in files.items() if name.startswith(start)}


def days(files: dict[str, bytes]) -> list[str]:
    (file,) = named(files, "kalender-").values()
    return [str(one["summary"]) for one in Calendar.from_ical(file).walk("VEVENT")]


async def by_link(web: Web, **how: object) -> dict[str, bytes]:
    _, token = await web.link(**how)
    return held((await web.client.post("/api/summary", json={"token": token, "as": "zip"})).content)


async def test_a_zip_holds_documents_posters_days_and_for_facilitators_the_process(full: Web) -> None:
    files = held((await full.client.get(AT)).content)
    posters = named(files, "plakat-")
    assert files.keys() == FORMATS | posters.keys() | named(files, "kalender-").keys() | {ITSELF}
    assert {"plakat-plan-2027-12-02.pdf", "plakat-why-2027-12-02.pdf"} <= posters.keys()
    assert all(file.startswith(b"%PDF") for file in posters.values())
    assert squeezed(PLAN) in squeezed(pdf_text(posters["plakat-plan-2027-12-02.pdf"]))
    assert any("Statusmøde" in title for title in days(files)) and PLAN in days(files)
    assert json.loads(files[ITSELF])["of"] == PROCESS


async def test_X20_the_process_itself_is_only_for_those_who_may_export_it(full: Web) -> None:
    full.people.role = Role.CO_FACILITATOR
    files = held((await full.client.get(AT)).content)
    assert ITSELF not in files and named(files, "plakat-") and named(files, "kalender-")


async def test_X12_what_a_link_leaves_out_is_left_out_of_posters_and_days(full: Web) -> None:
    files = await by_link(full)
    assert "plakat-plan-2027-12-02.pdf" in files and PLAN in days(files) and ITSELF not in files
    # Of the meetings only the next is shown, as in the summary.
    assert [title for title in days(files) if "møde" in title.lower()] == ["Statusmøde (Montagen)"]
    fewer = await by_link(full, without=["phase_4", "words"])
    assert "plakat-plan-2027-12-02.pdf" not in fewer and PLAN not in days(fewer)
    said = squeezed("".join(pdf_text(file) for file in named(fewer, "plakat-").values()))
    assert squeezed("Vi griner sammen") not in said and squeezed(PLAN) not in said
    # A facilitator sees what such a link returns.
    seen = held((await full.client.get(f"{AT}?without=phase_4&without=words")).content)
    assert seen.keys() == fewer.keys()


async def test_a_meetings_zip_tells_no_more_than_its_meeting(full: Web) -> None:
    gathered = gather(whole(True), company="Bakkedal", group="Montagen", workshop="w0")
    full.source.gathered = gathered
    files = held((await full.client.get("/api/workshops/workshop-1/summary.zip")).content)
    assert not named(files, "kalender-") and ITSELF not in files
    assert not [name for name in named(files, "plakat-") if "plan" in name]


def steps(body: bytes) -> tuple[list[dict[str, Any]], bytes]:
    lines: list[dict[str, Any]] = []
    rest = body
    while not lines or lines[-1]["step"] not in ("file", "failed"):
        line, _, rest = rest.partition(b"\n")
        lines.append(json.loads(line))
    return lines, rest


async def test_the_steps_of_a_file_are_told_and_then_it_comes(full: Web) -> None:
    answer = await full.client.get(f"{AT}?steps=true")
    assert answer.headers["content-type"] == "application/vnd.trivselstavlen.steps"
    assert answer.headers["cache-control"] == "no-store"
    told, file = steps(answer.content)
    assert told.pop() == {
        "step": "file",
        "name": "opsamling-2027-12-02.zip",
        "media": "application/zip",
        "bytes": len(file),
    }
    done = [(one["done"], one["all"]) for one in told if one["all"] > 1]
    files = held(file)
    assert done == [(n, len(files)) for n in range(len(files) + 1)] and files.keys() > FORMATS


async def test_a_file_that_is_not_made_says_so_in_its_last_line(
    full: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.exports.maker.WAITING", 0)
    told, rest = steps((await full.client.get(f"{AT}?steps=true")).content)
    assert told[-1] == {"step": "failed", "code": "pdf_busy"} and rest == b""


async def test_a_waiting_client_is_told_how_many_files_come_first() -> None:
    maker, told = Maker(), {n: list[Step]() for n in range(3)}
    text = {"to": "text", "text": "æ"}
    made = await asyncio.gather(*(maker.ask(text, told[n].append) for n in range(3)))
    await maker.close()
    assert made == ["æ".encode()] * 3
    assert told[0] == [Step("making", 0, 1)]
    assert told[2] == [Step("waiting", 0, 2), Step("waiting", 1, 2), Step("making", 0, 1)]


async def test_X24_a_file_has_so_much_of_a_processor_and_the_next_is_made() -> None:
    lines = tuple(f"Seddel {n} om en dag med lidt af hvert" for n in range(20_000))
    sheet = Sheet(over="", title="Alt", head=60, phase=2, boxes=(Box(title="Alt", lines=lines),))
    endless = job(Poster(id="results", name="Alt", sheets=(sheet,)), "pdf", sample(), words("da"))
    maker = Maker(seconds=1)
    with pytest.raises(NotMade):
        await maker.ask(endless)
    maker._seconds = 20
    assert await maker.ask({"to": "text", "text": "x"}) == b"x"
    await maker.close()
