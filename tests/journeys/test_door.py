"""The door from the phone's side: another meeting, a closed door, and the language of the page."""

from urllib.parse import urlsplit

from playwright.async_api import expect

from tests.support.browsers import PHONE, People
from tests.support.phone import Phone
from tests.support.server import Server
from tests.support.words import Words
from tests.support.workshop import Workshop, workshop


async def test_U1_a_phone_that_was_at_a_meeting_gets_into_the_next_one(
    people: People, house: Server, room: Workshop
) -> None:
    desk, phone = await room.begins_writing()
    away = await room.phone()
    await away.may_write()
    await away.page.goto("about:blank")
    await desk.breaks_off()
    await phone.sees("phone.ended.title")
    # The thank-you page leads on automatically, and so does the address on the wall.
    await phone.page.get_by_role("button", name=room.words("phone.ended.again")).click()
    async with workshop(people, house) as other:
        await phone.code(other.meeting.code)
        await phone.is_in()
        # A phone that was away when the meeting ended is not thanked for it a week later.
        await away.types_code(house.url, other.meeting.code)
        await away.is_in()


async def test_U1_the_plain_address_after_an_ended_meeting_asks_for_a_code(
    house: Server, room: Workshop
) -> None:
    desk, phone = await room.begins_writing()
    await desk.breaks_off()
    await phone.sees("phone.ended.title")
    await phone.page.reload()
    await phone.sees("phone.ended.title")
    await phone.page.goto(house.url)
    await expect(phone.page.get_by_role("textbox", name=room.words("phone.join.code"))).to_be_focused()


async def test_U13_at_a_shut_door_a_scanned_code_is_told_why_and_a_guessed_one_is_not(room: Workshop) -> None:
    desk, _ = await room.begins_writing()
    wall = await room.wall()
    await wall.code()
    foot = wall.page.get_by_role("img", name=room.words.any("wall.join.qr"))
    await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/door", action="close")
    # At once, not when the wall polls next.
    await expect(foot).to_have_count(0, timeout=5_000)
    scans = await room.phone()
    await scans.sees("phone.join.closed.title")
    # The code of an existing meeting gives the same answer as one of no meeting (X10).
    for code in (room.meeting.code, "ABCDEF"):
        types = await room.phone(room.server.url)
        await types.code(code)
        await types.sees("phone.join.wrong.title")
    await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/door", action="open")
    await expect(foot).to_have_count(1, timeout=5_000)
    await scans.page.get_by_role("button", name=room.words("phone.join.closed.again")).click()
    await scans.may_write()
    await desk.breaks_off()
    late = await room.phone()
    await late.sees("phone.join.ended.title")


async def test_U18_a_phone_speaks_its_own_language_on_the_door_and_after(
    people: People, room: Workshop
) -> None:
    english = Words("en")
    await room.begins_writing()
    context = await people.sits_down(**(PHONE | {"locale": "en-GB"}))
    phone = Phone(await context.new_page(), english)
    await phone.opens(room.server.url)
    await phone.sees("phone.join.title")
    await phone.code(room.meeting.code)
    await phone.may_write()
    await expect(phone.page.locator("html")).to_have_attribute("lang", "en")
    # Every page offers the other language, and entered text is still there.
    await phone.field.fill("Half a note")
    await phone.changes_language()
    phone.words = Words("da")
    await expect(phone.field).to_have_value("Half a note")
    await phone.page.reload()
    await phone.may_write()
    assert await phone.wide() <= 0
    scanned = Phone(await (await people.sits_down(**(PHONE | {"locale": "en-GB"}))).new_page(), english)
    await scanned.opens(urlsplit(room.meeting.join_url).geturl())
    await scanned.may_write()
