"""W11, U10 on desk, phones and the front page: notes and a pulse that are open by link for days."""

import re

from playwright.async_api import expect

from tests.support.browsers import People
from tests.support.server import Server
from tests.support.workshop import workshop

TEXTS = ("Vi hjælper hinanden", "Der er ro om aftenen", "Man bliver spurgt")


async def test_W11_U10_notes_come_by_link_while_other_meetings_begin_and_are_turned_over_later(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="notes_by_link") as room:
        desk, wall = await room.desk(), await room.wall()
        await desk.starts("notes_draws")
        await desk.sees("desk.by_link.title")
        await desk.comes_next("desk.by_link.copy")
        link = desk.page.get_by_role("textbox", name=desk.words("desk.by_link.url"))
        assert re.search(r"/J/[A-Z2-7]{16}$", await link.input_value())
        assert await desk.no_barriers() == []
        phones = [await room.phone(await link.input_value()) for _ in TEXTS]
        until = re.compile(desk.words("desk.by_link.until", day="").strip())
        for phone, text in zip(phones, TEXTS, strict=True):
            await phone.may_write()
            await expect(phone.page.get_by_text(until)).to_be_visible()
            await phone.writes(text)
            await phone.has_on_board(1)
        # A11: shown in threes, at a tick; and no word of it.
        await desk.sees("desk.by_link.told.notes", n=3)
        await desk.reads_not(*TEXTS)
        await wall.reads_not(*TEXTS)
        # U10: the front page says so, and can still start another meeting.
        await desk.page.goto(f"{house.url}/desk#/")
        await expect(desk.page.get_by_text(desk.words("desk.by_link.told.notes", n=3))).to_be_visible()
        await expect(desk.page.get_by_role("link", name=desk.words("desk.home.new_workshop"))).to_be_visible()
        assert await desk.no_barriers() == []
        # The poster has the question, the code to scan and the promise.
        await desk.page.goto(f"{house.url}/desk#/w/{room.meeting.workshop}/poster")
        await desk.sees("desk.poster.notes.safe")
        await expect(desk.page.get_by_role("heading", level=1)).to_have_text(
            desk.words("method.question.draws")
        )
        await expect(desk.page.get_by_role("img")).to_be_visible()
        assert await desk.no_barriers() == []
        # In a meeting they are turned over.
        await desk.opens(house.url, room.meeting.workshop)
        await desk.does("notes.desk.stop")
        await desk.goes_on("notes.desk.turn_all")
        await wall.reads(*TEXTS)


async def test_U10_a_pulse_by_link_has_its_link_and_a_poster_with_the_theme(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="main_meeting") as first:
        await first.meeting.gathers({"Tonen": ("Vi griner sammen",)})
        made = await first.meeting.post(
            "/api/workshops", process=first.meeting.process, template="pulse_by_link", language="da"
        )
        await first.meeting.post(f"/api/workshops/{made['id']}/door", action="open")
        desk = await first.desk()
        await desk.page.goto(f"{house.url}/desk#/w/{made['id']}")
        await desk.starts("pulse")
        await desk.goes_on("pulse.desk.choose")
        await desk.page.get_by_role("dialog").get_by_role("button", name="Tonen").click()
        await desk.sees("desk.by_link.title")
        await desk.sees("desk.by_link.told.pulse", n=0)
        assert await desk.no_barriers() == []
        await desk.page.goto(f"{house.url}/desk#/w/{made['id']}/poster")
        await desk.sees("desk.poster.pulse.title", about="Tonen")
        await desk.sees("desk.poster.pulse.safe", least=5)
        await desk.sees("desk.poster.ends")
        # W11: the same as a file, on larger paper and in the readers' language.
        await desk.page.get_by_label(desk.words("desk.poster.paper")).select_option("a3")
        await desk.page.get_by_label(desk.words("desk.poster.language")).select_option("en")
        async with desk.page.expect_download() as download:
            await desk.page.get_by_role("link", name="PDF").click()
        file = await download.value
        assert re.fullmatch(r"poster-way-in-a3-\d{4}-\d\d-\d\d\.pdf", file.suggested_filename)
