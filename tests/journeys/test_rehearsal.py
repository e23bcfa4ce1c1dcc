"""A meeting is prepared (U17), and rehearsed alone with simulated phones, of which nothing is left."""

import re

from playwright.async_api import expect

from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.server import Server
from tests.support.workshop import Workshop, workshop


async def at_new(room: Workshop, template: str) -> Desk:
    """The facilitator, choosing the next meeting."""
    context = await room.people.sits_down(state=room.state)
    desk = Desk(await context.new_page(), room.words)
    await desk.page.goto(f"{room.server.url}/desk#/new/{room.meeting.process}")
    await desk.picks(template)
    return desk


async def test_U17_a_meeting_that_is_made_ready_looks_like_none_that_runs(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        desk = await at_new(room, "well_being")
        await desk.button("desk.new.prepare").click()
        await desk.sees("desk.prepare.state")
        await desk.sees("desk.prepare.say")
        # Nobody is asked to use a phone, and there is no code to scan.
        await desk.reads_not(desk.words("desk.before.say"))
        await expect(desk.page.locator(".qr, iframe")).to_have_count(0)
        assert await desk.no_barriers() == []
        await desk.comes_next("desk.new.go")
        async with desk.page.expect_popup():
            await desk.presses("Enter")
        await desk.sees("desk.join.phones")
        await desk.comes_next("desk.start", title=desk.words("method.item.why"))


async def test_U17_where_nobody_needs_a_phone_nobody_is_asked_for_one(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        desk = await at_new(room, "why")
        await desk.opens_workshop()
        await desk.sees("desk.start.quiet")
        await expect(desk.main.locator(".qr")).to_have_count(0)


async def test_U16_the_agenda_is_arranged_before_the_meeting_is_made(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        desk = await at_new(room, "well_being")
        names = [f"method.item.{name}" for name in ("why", "notes_draws", "clustering_draws")]
        why, draws, gather = (desk.words(name) for name in names)
        await desk.button("desk.new.down", title=why).click()
        # A moved item keeps the focus, so that it can be moved further.
        await expect(
            desk.page.get_by_role("button", name=desk.words("desk.new.down", title=why))
        ).to_be_focused()
        await desk.button("desk.new.out", title=gather).click()
        minutes = desk.page.get_by_label(desk.words("desk.new.minutes_of", title=draws))
        await minutes.fill("35")
        await minutes.press("Tab")
        await expect(desk.page.locator(".preview .head")).to_contain_text("70")
        await desk.button("desk.new.prepare").click()
        await desk.sees("desk.prepare.state")
        first, second = desk.agenda.get_by_role("listitem").nth(0), desk.agenda.get_by_role("listitem").nth(1)
        await expect(first).to_contain_text(draws)
        await expect(first).to_contain_text("35")
        await expect(second).to_contain_text(why)
        await expect(desk.agenda.get_by_text(gather)).to_have_count(0)


async def test_a_meeting_is_rehearsed_with_a_dozen_phones_and_nothing_is_left_of_it(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        desk = await at_new(room, "step_2")
        await desk.button("desk.rehearsal.begin").click()
        await desk.sees("desk.rehearsal.about")
        await desk.sees("desk.rehearsal.say")
        await expect(desk.button("desk.bar.join")).to_contain_text(re.compile(r"12\s*telefoner"))
        small = desk.page.frame_locator("iframe")
        await expect(small.get_by_text(desk.words("wall.rehearsal"), exact=True)).to_be_visible()
        address = desk.page.url
        await desk.starts("notes_hard")
        await desk.goes_on("notes.desk.start", minutes="fem")
        # The phones write automatically; their notes are face down like any other.
        cards = desk.main.get_by_text(re.compile(r"^\d+$")).first
        await expect(cards).not_to_have_text("0")
        assert await desk.no_barriers() == []
        await desk.goes_on("notes.desk.stop")
        await desk.does("desk.end")
        await desk.dialog.get_by_role("button", name=desk.words("desk.rehearsal.end")).click()
        await desk.sees("desk.home.process")
        await desk.page.goto(address)
        await desk.sees("desk.not_found")
        await desk.page.goto(f"{room.server.url}/desk#/p/{room.meeting.process}/2")
        await desk.sees("desk.process.found_none")
