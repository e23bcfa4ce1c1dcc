"""U7: the preview of the wall on a desk sees what a screen sees, and is no wall of the room."""

from tests.support.meeting import Meeting, Wire


async def picture(meeting: Meeting) -> Wire:
    """Does what the frame on the desk does."""
    answer = await meeting.http.post(f"/api/workshops/{meeting.workshop}/ticket?picture=true")
    return await Wire(meeting.url, answer.json()["ticket"]).open()


async def test_U7_the_picture_of_the_wall_reads_nothing_that_lies_face_down(meeting: Meeting) -> None:
    desk, phone, small = await meeting.desk(), await meeting.phone(), await picture(meeting)
    await desk.until(lambda: desk.items)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    await phone.until(lambda: phone.activity == question)
    for n in range(3):
        await phone.write(question, f"Hemmelig {n}")
    await desk.do("notes.stop_writing", activity=question)
    await small.until(lambda: small.one("writing")["state"] == "stopped")
    assert small.role == "screen"
    assert not any("Hemmelig" in frame for frame in small.frames)
    await desk.do("notes.turn_all", activity=question)
    await small.until(lambda: sum(note["face"] == "up" for note in small.all("note")) == 3)
    for screen in (desk, phone, small):
        await screen.close()


async def test_U7_the_picture_of_the_wall_is_counted_as_no_wall(meeting: Meeting) -> None:
    desk, small = await meeting.desk(), await picture(meeting)
    wall = await meeting.screen()
    await desk.until(lambda: desk.presence.get("screens"))
    assert (desk.presence["screens"], small.presence["screens"]) == (1, 1)
    for screen in (desk, small, wall):
        await screen.close()


async def test_U7_X6_signing_out_ends_the_picture_too(meeting: Meeting) -> None:
    small = await picture(meeting)
    assert (await meeting.http.delete("/api/session")).status_code < 300
    await small.until(lambda: small.closed)
    assert small.closed == 4401


async def test_U7_the_picture_drives_nothing(meeting: Meeting) -> None:
    small = await picture(meeting)
    await small.send(
        {"type": "do", "ref": 1, "command": {"type": "undo", "id": "a" * 22, "workshop": meeting.workshop}}
    )
    await small.until(lambda: small.closed)
    assert small.closed == 4403
