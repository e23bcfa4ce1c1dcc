"""What meetings run into: restrictive networks, mistyped codes, closed laptops, late arrivals."""

import asyncio
from collections.abc import Callable
from urllib.parse import urlsplit

from playwright.async_api import async_playwright, expect

from tests.support.browsers import PHONE, People, same_second, until
from tests.support.chromium import FLAGS, find
from tests.support.desk import Desk
from tests.support.meeting import EMAIL, PASSWORD
from tests.support.phone import Phone
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.words import Words
from tests.support.workshop import Workshop, workshop

#: Of the one account there is.
NAME = "Anna"
FIRST, SECOND, THIRD = "Vi griner sammen", "Kunderne siger tak", "Ro til at blive færdig"


async def turns_over(desk: Desk, n: int) -> None:
    """Stop, preview, turn."""
    await desk.goes_on("notes.desk.stop")
    await desk.previews(n)
    await desk.goes_on("notes.desk.turn_all")
    await desk.sees("notes.desk.turned.title")


async def test_where_websockets_are_refused_every_screen_finds_another_way(
    people: People, house: Server, room: Workshop
) -> None:
    async with Proxy(house.port, sockets=False) as net:
        inner = Workshop(people, house, room.meeting, room.state)
        context = await people.sits_down(state=room.state)
        desk = Desk(await context.new_page(), inner.words)
        await desk.opens(net.url, room.meeting.workshop)
        wall = await inner.wall(net.url)
        phone = await inner.phone(net.url + urlsplit(room.meeting.join_url).path)
        await phone.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="fem")
        await phone.may_write()
        await phone.writes(FIRST, SECOND)
        await phone.has_on_board(2)
        # A11: two notes alone are shown with the stop.
        await wall.sees("notes.wall.cards.none")
        await turns_over(desk, 2)
        await wall.reads(FIRST, SECOND)
        assert net.refused >= 3


async def test_X3b_plain_http_by_the_name_of_a_machine_works_whole(
    own_server: Callable[..., Server], people: People
) -> None:
    """No secure context: no service worker, no clipboard, no crypto.subtle."""
    name = "trivsel.kontoret"
    server = own_server()
    url = f"http://{name}:{server.port}"
    server.stop()
    server.env["TRIVSEL_BASE_URL"] = url
    server.start()
    async with async_playwright() as playwright:
        flags = [*FLAGS, f"--host-resolver-rules=MAP {name} 127.0.0.1"]
        browser = await playwright.chromium.launch(executable_path=find(), args=flags)
        there = People(browser)
        laptop = await there.sits_down()
        desk = Desk(await laptop.new_page(), Words())
        link = urlsplit(server.first_link())
        await desk.makes_account(f"{url}{link.path}#{link.fragment}", "Anna Ahl", EMAIL, PASSWORD)
        assert await desk.page.evaluate("isSecureContext") is False
        await desk.makes_process("Montagen ApS", "Montagen")
        await desk.picks("main_meeting")
        wall = desk.wall(await desk.opens_workshop())
        scanned = (await wall.qr()).lower().removeprefix(url)
        assert scanned.startswith("/j/")
        phone = Phone(await (await there.sits_down(**PHONE)).new_page(), Words())
        await phone.opens(url + scanned.upper())
        await phone.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="fem")
        await phone.may_write()
        await phone.writes(FIRST)
        await phone.has_on_board(1)
        await turns_over(desk, 1)
        await wall.reads(FIRST)
        assert there.odd == []
        await there.end(failed=False)
        await browser.close()


async def test_X10_a_wrong_code_is_said_kindly_and_the_right_one_goes_in(
    room: Workshop, people: People
) -> None:
    phone = Phone(await (await people.sits_down(**PHONE)).new_page(), room.words)
    wrong = "AAAAAA" if room.meeting.code != "AAAAAA" else "BBBBBB"
    await phone.types_code(room.server.url, wrong)
    await phone.sees("phone.join.wrong.title")
    await phone.code(room.meeting.code)
    await phone.is_in()


async def test_X10_a_new_code_shows_phones_out_and_their_notes_wait_for_them(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await desk.opens_panel()
    await desk.dialog.get_by_role("button", name=room.words("desk.join.rotate")).click()
    await desk.dialog.get_by_role("button", name=room.words("desk.join.rotate")).last.click()
    await phone.sees("phone.left.title")
    door = await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/door", action="open")
    await phone.code(door["code"])
    await phone.may_write()
    await phone.has_on_board(1)


async def test_a_screen_shows_a_code_and_becomes_the_wall(room: Workshop, people: People) -> None:
    desk = await room.desk()
    wall = Wall(await (await people.sits_down(width=1920, height=1080)).new_page(), room.words)
    await wall.page.goto(f"{room.server.url}/wall")
    await wall.sees("wall.pair.title")
    await desk.pairs(await wall.pairing_code())
    assert await wall.code() == room.meeting.code
    await wall.reload()
    assert await wall.code() == room.meeting.code


async def test_a_managers_link_opens_until_it_is_closed(room: Workshop, people: People) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await turns_over(desk, 1)
    link = await desk.makes_link()
    manager = await (await people.sits_down()).new_page()
    await manager.goto(link)
    await expect(manager.get_by_text(FIRST)).to_be_visible()
    await desk.dialog.get_by_role("button", name=room.words("desk.links.revoke")).first.click()
    await desk.sees("desk.links.revoked")
    await manager.goto("about:blank")
    await manager.goto(link)
    await expect(manager.get_by_text(room.words("page.summary.gone.title"))).to_be_visible()
    await expect(manager.get_by_text(FIRST)).to_have_count(0)


async def test_a_managers_link_with_a_password_asks_for_it(room: Workshop, people: People) -> None:
    url, _ = await room.link(password="tre gule heste løber")
    manager = await (await people.sits_down()).new_page()
    await manager.goto(url)
    field = manager.get_by_label(room.words("page.summary.password"), exact=True)
    await field.fill("to gule heste løber")
    await field.press("Enter")
    await expect(manager.get_by_text(room.words("page.summary.password.wrong"))).to_be_visible()
    await field.fill("tre gule heste løber")
    await field.press("Enter")
    await expect(manager.get_by_role("heading", level=1)).to_contain_text("Montagen")


async def test_P2_2_the_board_is_on_the_phones_only_when_the_meeting_is_set_so(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await turns_over(desk, 1)
    await phone.looks_up()
    await phone.reads_not(FIRST)
    await desk.moves_on_to("clustering_draws")
    await phone.reads_not(FIRST)
    await desk.opens_panel()
    await desk.dialog.get_by_label(room.words("desk.join.on_phones")).check()
    await phone.reads(FIRST)


async def test_R13_F1_late_notes_are_let_in_without_a_word_of_how_many(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await desk.goes_on("notes.desk.stop")
    await phone.page.get_by_role("button", name=room.words("notes.phone.one_more")).click()
    await phone.field.fill(SECOND)
    await phone.page.get_by_role("button", name=room.words("notes.phone.send"), exact=True).click()
    await expect(desk.main.get_by_text(SECOND)).to_have_count(0)
    await desk.main.get_by_role("button", name=room.words("notes.desk.let_in")).click()
    await desk.sees("notes.desk.waits.both.stopped")
    await desk.goes_on("notes.desk.turn_all")
    await desk.reads(SECOND)


async def test_F6_a_flood_is_picked_by_mouse_or_keyboard_and_deleted_at_once(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST, SECOND, THIRD)
    await phone.has_on_board(3)
    await desk.goes_on("notes.desk.stop")
    await desk.previews(3)
    await desk.surrounds(desk.note(FIRST), desk.note(SECOND), desk.note(THIRD))
    await desk.sees("notes.desk.selected", n=3)
    assert await desk.said() == room.words("notes.desk.selected", n=3)
    await desk.presses("Escape", "Control+a", "Delete")
    await desk.dialog.get_by_role("button", name=room.words("notes.desk.delete_many", n=3)).click()
    await desk.sees("notes.desk.none")
    await desk.reads_not(FIRST, SECOND, THIRD)


async def test_own_notes_are_edited_and_deleted_and_forgotten_when_the_phone_is_handed_on(
    room: Workshop,
) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST, SECOND)
    await phone.has_on_board(2)
    await phone.opens_mine()
    await phone.edits(FIRST, THIRD)
    await phone.stands(THIRD, "stored")
    await phone.deletes(SECOND)
    await until(phone.keeps, lambda kept: kept == 1)
    await phone.hands_on()
    await until(phone.keeps, lambda kept: kept == 0)
    await desk.goes_on("notes.desk.stop")
    assert await desk.previews(1) == [THIRD]


async def test_F6_a_phone_that_was_inside_comes_back_through_a_shut_door_after_a_reload(
    room: Workshop,
) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/door", action="close")
    await phone.reload()
    await phone.may_write()
    await phone.writes(SECOND)
    await phone.has_on_board(2)
    await desk.count(2)


async def test_R12_every_screen_may_be_reloaded_in_every_state(room: Workshop) -> None:
    desk, phone = await room.desk(), await room.phone()
    wall = await room.wall()

    async def all_reload() -> None:
        await asyncio.gather(*(screen.reload() for screen in (desk, wall, phone)))

    await phone.is_in()
    await all_reload()
    assert await wall.code() == room.meeting.code
    await phone.is_in()
    await desk.starts("notes_draws")
    await desk.goes_on("notes.desk.start", minutes="fem")
    await phone.may_write()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await phone.field.fill(SECOND)
    # A11: a single note is shown with the stop.
    await wall.sees("notes.wall.cards.none")
    # Text being typed is kept on the phone, letter by letter.
    await expect(phone.field).to_have_value(SECOND)
    await until(phone.drafts, lambda kept: SECOND in kept)
    await all_reload()
    await expect(phone.field).to_have_value(SECOND)
    await phone.has_on_board(1)
    await wall.sees("notes.wall.cards.none")
    await same_second(desk, wall, phone)
    await phone.field.fill("")
    await until(phone.drafts, lambda kept: SECOND not in kept)
    await desk.goes_on("notes.desk.stop")
    await desk.previews(1)
    await all_reload()
    await desk.previews(1)
    await phone.sees("notes.phone.stopped")
    await desk.goes_on("notes.desk.turn_all")
    await wall.reads(FIRST)
    await all_reload()
    await wall.reads(FIRST)
    await desk.reads(FIRST)
    await phone.looks_up()
    await phone.opens_mine()
    await phone.stands(FIRST, "turned")


async def test_E1_two_desks_move_the_same_note_and_the_second_is_told(room: Workshop) -> None:
    """The second desk has not seen the first one's move: it gets an answer, and nothing is lost."""
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST, SECOND, THIRD)
    await phone.has_on_board(3)
    await turns_over(desk, 3)
    await desk.moves_on_to("clustering_draws")
    other = await room.desk()
    fresh = room.words("clustering.desk.to_fresh")
    await asyncio.gather(*(one.note(FIRST).wait_for() for one in (desk, other)))
    await desk.moves_by_menu(FIRST, fresh)
    await desk.names("Tonen")
    await expect(other.theme("Tonen")).to_be_visible()
    await other.moves_by_menu(SECOND, "Tonen")
    await expect(desk.inside("Tonen").get_by_text(SECOND, exact=True)).to_be_visible()
    # G40: undoing the other's change shows a message on both desks.
    did = room.words("did.clustering.move_notes")
    await desk.undoes("clustering.move_notes")
    await desk.sees("desk.step.theirs.undone", did=did, who=NAME)
    await other.sees("desk.step.mine.undone", did=did, who=NAME)
    await desk.redoes("clustering.move_notes")
    await other.sees("desk.step.mine.redone", did=did, who=NAME)
    await expect(desk.inside("Tonen").get_by_text(SECOND, exact=True)).to_be_visible()
    # Both pick the third at once; the second is told, and sees where it is.
    for one in (desk, other):
        await one.picks_note(THIRD)
        await one.presses("m")
    await desk.chooses("Tonen")
    await other.dialog.get_by_role("button", name=fresh).first.click()
    for one in (desk, other):
        await expect(one.main.get_by_role("button").filter(has_text=THIRD)).to_have_count(1)
        await expect(one.main.get_by_role("button").filter(has_text=SECOND)).to_have_count(1)
        await expect(one.main.get_by_role("button").filter(has_text=FIRST)).to_have_count(1)


async def test_paper_notes_lie_among_the_others(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes(FIRST)
    await phone.has_on_board(1)
    await desk.goes_on("notes.desk.stop")
    await desk.previews(1)
    await desk.types_paper(SECOND, THIRD)
    assert sorted(await desk.previews(3)) == sorted([FIRST, SECOND, THIRD])


async def test_the_smoke_journey_in_english(people: People, house: Server) -> None:
    async with workshop(people, house, language="en") as room:
        desk = await room.desk(locale="en-GB")
        phone = await room.phone(locale="en-GB")
        await phone.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="five")
        await phone.may_write()
        await phone.writes("We laugh together")
        await phone.has_on_board(1)
        await turns_over(desk, 1)
        await desk.reads("We laugh together")
