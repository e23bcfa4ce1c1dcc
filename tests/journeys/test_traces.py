"""What is left, and what is not: of notes put aside or masked, and on a phone that was wiped."""

import re

from playwright.async_api import expect

from tests.support.browsers import until
from tests.support.phone import Phone
from tests.support.workshop import Workshop

FIRST, SECOND, THIRD = "Bente glemmer nøglen", "Spørg Bente", "Kaffen sammen"
HALF = "En halv sæt"


async def test_A13_what_is_put_aside_or_masked_leaves_a_trace_for_the_room_and_its_author(
    room: Workshop,
) -> None:
    desk, phone = await room.begins_writing()
    wall = await room.wall()
    await phone.writes(FIRST, SECOND, THIRD)
    await phone.has_on_board(3)
    await desk.goes_on("notes.desk.stop")
    await desk.previews(3)
    await desk.hides_or_shows(FIRST)
    await desk.presses("Escape")
    await desk.picks_note(SECOND)
    await desk.main.get_by_role("button", name=room.words("notes.desk.mask"), exact=True).click()
    await desk.dialog.get_by_label(room.words("notes.desk.mask.field")).fill("Spørg nogen")
    await desk.chooses(room.words("notes.desk.mask.yes"))
    await desk.sees("notes.desk.masked")
    await desk.goes_on("notes.desk.turn_all")
    await wall.reads("Spørg nogen", THIRD)
    await wall.sees("wall.aside", n=1)
    await expect(wall.papers.filter(has_text="Spørg nogen")).to_contain_text(room.words("wall.masked"))
    await expect(wall.papers.filter(has_text=THIRD)).not_to_contain_text(room.words("wall.masked"))
    await wall.reads_not(FIRST)
    # Only in the list that its author opens: the phone on the table tells its neighbours nothing.
    await expect(phone.page.get_by_text(room.words("phone.state.hidden"))).to_have_count(0)
    await phone.opens_mine()
    await phone.stands(FIRST, "hidden")
    await phone.stands(SECOND, "masked")
    await phone.stands(THIRD, "turned")
    # Shown again, no trace of it is left.
    await desk.hides_or_shows(FIRST)
    await wall.reads(FIRST)
    await expect(wall.page.get_by_text(room.words("wall.aside", n=1))).to_have_count(0)
    await phone.stands(FIRST, "turned")


async def test_G17_handing_on_and_the_end_empty_every_tab_of_a_phone(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    other = Phone(await phone.page.context.new_page(), room.words)
    await other.opens(room.meeting.join_url)
    await other.may_write()
    await other.field.fill(HALF)
    await until(other.drafts, lambda kept: HALF in kept)
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await phone.opens_mine()
    await phone.hands_on()
    await expect(other.field).to_have_value("")
    assert (await phone.keeps(), [each for each in await phone.drafts() if each]) == (0, [])
    await other.writes(SECOND)
    await other.has_on_board(1)
    await other.field.fill(HALF)
    await until(other.drafts, lambda kept: HALF in kept)
    await desk.breaks_off()
    for tab in (phone, other):
        await tab.sees("phone.ended.text")
        await expect(tab.page.get_by_role("button", name=room.words.any("phone.look.mine"))).to_have_count(0)
    await until(other.keeps, lambda kept: kept == 0)
    assert not [each for each in await other.drafts() if each]


async def test_every_page_of_a_phone_leads_to_what_is_stored(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    link = phone.page.get_by_role("link", name=room.words("phone.stored"))
    # The network of the journeys is not encrypted, and the phone says so.
    await phone.sees("phone.plain")
    async with phone.page.expect_popup() as opened:
        await link.click()
    page = await opened.value
    await expect(page.get_by_role("heading", level=1)).to_have_text(room.words("page.stored.title"))
    await page.get_by_role("link", name=room.words("page.stored.other"), exact=True).click()
    await expect(page).to_have_url(re.compile("/stored$"))
    await expect(page.locator("html")).to_have_attribute("lang", "en")
    await phone.page.bring_to_front()
    await phone.writes(THIRD)
    await phone.opens_mine()
    await expect(link).to_be_visible()
    await phone.goes_back()
    await desk.goes_on("notes.desk.stop")
    await phone.sees("notes.phone.stopped")
    await expect(link).to_be_visible()
