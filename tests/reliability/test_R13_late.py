"""R13: twenty phones lose their network before the end and reconnect after it; nothing is dropped."""

import asyncio

from tests.reliability.phones import crowd, opened
from tests.support.meeting import meeting as a_meeting
from tests.support.server import Server


async def test_R13_what_was_written_in_time_waits_to_be_let_in(server: Server) -> None:
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        phones = await crowd(meeting, 20, 13)
        await asyncio.gather(*(phone.write(question, f"i tide {n}") for n, phone in enumerate(phones)))
        for phone in phones:
            await phone.wire.close()
        await desk.do("notes.stop_writing", activity=question)
        await desk.do("notes.turn_all", activity=question)
        await asyncio.gather(*(phone.write(question, f"for sent {n}") for n, phone in enumerate(phones)))
        assert {tuple(phone.notes[1].told) for phone in phones} == {("late",)}
        # A11: the count moves at the next tick, since three or more are new; nobody sees a word of them yet.
        await desk.until(lambda: desk.one("writing")["late"] > 2)
        assert not [note for note in desk.all("note") if "for sent" in note["text"]]
        assert not [frame for frame in desk.frames if "for sent" in frame]
        # One of them deletes its note in the meantime, another edits its text.
        await phones[0].send(phones[0].notes[1], None)
        await phones[1].send(phones[1].notes[1], "rettet bagefter")
        await desk.do("notes.let_in_late", activity=question)
        await desk.until(lambda: len(desk.all("note")) == 39)
        assert desk.one("writing")["late"] == 0
        wall = await meeting.screen()
        await wall.until(lambda: len(wall.all("note")) == 39)
        assert {note["face"] for note in wall.all("note")} == {"up"}
        there = {note["id"]: note["text"] for note in wall.all("note")}
        assert there == {note.id: note.stored for phone in phones for note in phone.notes if note.stored}
        for phone in phones:
            await phone.leave()
        for wire in (desk, wall):
            await wire.close()


async def test_R13_the_clock_closes_on_time_and_late_ones_are_kept(server: Server) -> None:
    async with a_meeting(server) as meeting:
        desk, question = await opened(meeting)
        item = desk.held[question]
        settings = item["settings"] | {"finish_seconds": 0}
        await desk.do(
            "agenda.change",
            item=question,
            base=desk.seqs[question],
            title=item["title"],
            minutes=item["minutes"],
            settings=settings,
        )
        phones = await crowd(meeting, 3, 14)
        await phones[0].write(question, "i tide")
        await desk.do("timer.start", activity=question, seconds=1)
        # Nobody stops the writing: the server does.
        await desk.until(lambda: desk.one("writing")["state"] == "stopped")
        note = await phones[1].write(question, "for sent")
        assert note.told == ["late"]
        # A single note is shown with everything else, when all are turned over.
        await desk.do("notes.let_in_late", activity=question)
        await desk.do("notes.turn_all", activity=question)
        wanted = {note.id: note.stored for phone in phones for note in phone.notes}
        await desk.until(lambda: {n["id"]: n["text"] for n in desk.all("note")} == wanted)
        for phone in phones:
            await phone.leave()
        await desk.close()
