"""A12: with a company's threshold of eight, seven answers tell nothing: by no line, no file and no copy."""

import json
from io import BytesIO
from zipfile import ZipFile

from tests.support.meeting import Meeting
from tests.support.patience import PATIENCE

WORDS = "Hemmeligheden om porten"
ENOUGH = 8


async def asked(meeting: Meeting, many: int) -> str:
    """A pulse on a theme, answered by so many; its id."""
    desk, phone = await meeting.desk(), await meeting.phone()
    await desk.until(lambda: desk.items)
    themes = await meeting.gathers({"Tonen": ["a", "b"]})
    made = {"workshop": meeting.workshop, "title": "Puls", "minutes": 5, "before": None}
    settings = {"theme": themes["Tonen"], "name": "", "open_until": None, "span": 3, "threshold": 5}
    item = "p" * 22
    await desk.do("agenda.add", item=item, activity="pulse", settings=settings, **made)
    await desk.do("agenda.go", item=item)
    await phone.until(lambda: phone.activity == item)
    assert phone.one("workshop")["threshold"] == ENOUGH, "it is told before anybody answers"
    for n in range(many):
        for of, value in (("better", 4), ("needed", 2), ("more", f"{WORDS} {n}")):
            await phone.cast(item, of, value)
    await phone.close()
    await desk.close()
    return item


def unpacked(file: bytes) -> list[bytes]:
    """What is in it; of a packed file (Word, Excel, many at once) each of its own."""
    if not file.startswith(b"PK"):
        return [file]
    with ZipFile(BytesIO(file)) as packed:
        return [part for name in packed.namelist() for part in unpacked(packed.read(name))]


async def everything(meeting: Meeting) -> list[bytes]:
    """What can be taken along, and what is seen of it."""
    got = []
    for path in (
        f"workshops/{meeting.workshop}/summary.html",
        f"workshops/{meeting.workshop}/summary.docx",
        f"workshops/{meeting.workshop}/summary.xlsx",
        f"workshops/{meeting.workshop}/summary.zip",
        f"processes/{meeting.process}/file",
        f"processes/{meeting.process}/summary.html",
        "home",
        "overview",
    ):
        answer = await meeting.http.get(f"/api/{path}", timeout=PATIENCE)
        assert answer.status_code == 200, path
        got += unpacked(answer.content)
    copy = (await meeting.http.post("/api/backups", timeout=PATIENCE)).json()["name"]
    got.append((await meeting.http.get(f"/api/backups/{copy}", timeout=PATIENCE)).content)
    return got


async def test_A12_seven_answers_of_eight_tell_nothing_anywhere(meeting: Meeting) -> None:
    company = (await meeting.http.get("/api/home")).json()["companies"][0]["id"]
    changed = await meeting.http.put(f"/api/companies/{company}", json={"threshold": ENOUGH})
    assert changed.status_code == 204, changed.text
    desk, wall, phone = await meeting.desk(), await meeting.screen(), await meeting.phone()
    pulse = await asked(meeting, ENOUGH - 1)
    assert (await desk.do("pulse.close", activity=pulse))["told"] == ["few"]
    for screen in (desk, wall, phone):
        await screen.until(lambda screen=screen: screen.one("pulse")["state"] == "few")
        assert not [frame for frame in screen.frames if WORDS in frame or '"pulse_result"' in frame]
        # By a line that is opened now, too.
        await screen.close()
    late = await meeting.desk()
    await late.until(lambda: late.all("pulse"))
    assert not [frame for frame in late.frames if WORDS in frame or '"pulse_result"' in frame]
    await late.close()
    for got in await everything(meeting):
        assert WORDS.encode() not in got and json.dumps(WORDS).encode()[1:-1] not in got
