"""W11: the poster of a door on the running server: a new code for everybody invalidates it."""

import io

import zxingcpp
from PIL import Image

from tests.support.meeting import Meeting


async def test_W11_X10_a_poster_leads_in_until_there_is_a_new_code_for_all(meeting: Meeting) -> None:
    at = f"/api/workshops/{meeting.workshop}"

    async def scanned() -> str:
        answer = await meeting.http.get(f"{at}/poster.png")
        assert answer.status_code == 200, answer.text
        (code,) = zxingcpp.read_barcodes(Image.open(io.BytesIO(answer.content)).convert("L"))
        return code.text.rpartition("/")[2]

    async def comes_in(token: str) -> int:
        return (await meeting.http.post("/api/join", json={"token": token})).status_code

    await meeting.post(f"{at}/door", action="open")
    before = await scanned()
    assert await comes_in(before) == 200
    listed = (await meeting.http.get(f"/api/processes/{meeting.process}/posters")).json()
    assert [one["id"] for one in listed if one["workshop"] == meeting.workshop] == ["way-in"]
    await meeting.post(f"{at}/door", action="rotate")
    after = await scanned()
    assert [await comes_in(token) for token in (before, after)] == [404, 200]
    await meeting.post(f"{at}/door", action="close")
    assert (await meeting.http.get(f"{at}/poster.png")).json()["code"] == "door_closed"
