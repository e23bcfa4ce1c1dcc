"""The desk with forty people: stopping too early, unseen pages, a board of many notes."""

from typing import Any

from playwright.async_api import Locator, expect

from tests.support.browsers import People, until
from tests.support.meeting import Wire
from tests.support.server import Server
from tests.support.workshop import Workshop, workshop

MOVES = True

LONG = "At jeg bliver spurgt, inden der bliver lavet om på noget, der har med min plads at gøre"
TEXTS = [f"{LONG} {n}" if n % 4 == 0 else f"Gode kollegaer {n}" for n in range(90)]


async def written(room: Workshop, texts: list[str]) -> tuple[Wire, str, str]:
    """A driver's desk, the live question with these notes on it, and the item in which they are grouped."""
    hand = await room.meeting.desk()
    await hand.until(lambda: hand.items)
    question, gathering = (item["id"] for item in hand.items[:2])
    await hand.do("agenda.go", item=question)
    await hand.do("notes.add_paper", activity=question, texts=texts)
    return hand, question, gathering


async def test_U2_a_stop_that_came_too_early_is_taken_back_on_the_desk(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    await phone.writes("Først én")
    await desk.goes_on("notes.desk.stop")
    await phone.looks_up()
    clock = desk.dock.get_by_role("group", name=desk.words("desk.clock"))
    await expect(clock).to_have_count(0)
    await desk.button("notes.desk.write_on").click()
    await phone.may_write()
    await phone.writes("Så én til")
    await expect(clock).to_be_visible()
    await desk.goes_on("notes.desk.stop")
    # It is one button: only its new label shows that the previous press was handled.
    await desk.comes_next("notes.desk.turn_all")
    await desk.presses("Z")
    await desk.comes_next("notes.desk.stop")
    await phone.may_write()
    await desk.goes_on("notes.desk.stop")
    await desk.goes_on("notes.desk.turn_all")
    await expect(desk.note("Så én til")).to_be_visible()
    await expect(desk.button("notes.desk.write_on")).to_have_count(0)


async def test_U24_what_is_typed_after_K_is_looked_for_and_done(room: Workshop) -> None:
    desk = await room.desk()
    await desk.presses("k")
    await expect(desk.dialog.get_by_role("searchbox")).to_be_focused()
    await desk.page.keyboard.type(desk.words("desk.black")[:4])
    await desk.presses("Enter")
    await expect(desk.dialog).to_have_count(0)
    await desk.offers("desk.black.off")


async def test_U8_the_room_has_seen_every_page_before_the_meeting_moves_on(room: Workshop) -> None:
    hand, question, _ = await written(room, TEXTS)
    desk, wall = await room.desk(), await room.wall(still=True)
    await hand.do("notes.stop_writing", activity=question)
    await hand.do("notes.turn_all", activity=question)
    first, last, of = await until(wall.range, lambda shown: shown[2] > 1)
    assert last < of
    while last < of:
        await desk.shows_from(last + 1)
        first, last, of = await wall.next_range(first)
    await desk.comes_next("desk.on", title=desk.words("method.item.clustering_draws"))
    await desk.presses("PageUp")
    first, last, of = await wall.next_range(first)
    await desk.shows_from(last + 1)
    await hand.close()


async def gathering(room: Workshop, **looks: Any) -> tuple[Wire, Locator, Locator]:
    """Many notes to gather; the two panes of the desk's board."""
    hand, question, gather = await written(room, TEXTS[:60])
    await hand.do("notes.stop_writing", activity=question)
    await hand.do("notes.turn_all", activity=question)
    await hand.do("agenda.go", item=gather)
    desk = await room.desk(**looks)
    panes = desk.page.locator(".pane")
    await expect(panes.nth(0).locator("[data-id]")).to_have_count(60)
    await desk.still()
    return hand, panes.nth(0), panes.nth(1)


async def test_U6_a_note_from_the_end_of_the_list_becomes_a_theme_on_empty_ground(room: Workshop) -> None:
    hand, free, themes = await gathering(room)
    mouse = free.page.mouse
    note = free.locator("[data-id]").last
    await note.scroll_into_view_if_needed()
    assert await free.evaluate("pane => pane.scrollTop") > 0
    assert await themes.evaluate("pane => pane.scrollTop") == 0
    start, ground = await note.bounding_box(), await themes.bounding_box()
    assert start and ground
    await mouse.move(start["x"] + 20, start["y"] + 12)
    await mouse.down()
    # Far below the place of the next theme.
    await mouse.move(ground["x"] + ground["width"] - 40, ground["y"] + ground["height"] - 120, steps=8)
    await mouse.up()
    await hand.until(lambda: hand.all("theme"))
    await expect(free.locator("[data-id]")).to_have_count(59)
    await hand.close()


async def test_U12_a_swipe_scrolls_and_a_finger_that_lies_still_lifts(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        hand, free, themes = await gathering(room, touch=True)
        page = free.page
        fingers = await page.context.new_cdp_session(page)

        async def touch(kind: str, *at: tuple[float, float]) -> None:
            points = [{"x": x, "y": y} for x, y in at]
            await fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        async def on(nth: int) -> tuple[float, float]:
            box = await free.locator("[data-id]").nth(nth).bounding_box()
            assert box
            return box["x"] + 30, box["y"] + 20

        x, y = await on(9)
        await touch("touchStart", (x, y))
        for step in range(20):
            await touch("touchMove", (x, y - 10 * step))
        await touch("touchEnd")
        await page.wait_for_function("document.querySelector('.pane').scrollTop > 50")
        assert not hand.all("theme")
        await free.evaluate("pane => pane.scrollTo(0, 0)")
        ground = await themes.bounding_box()
        assert ground
        x, y = await on(9)
        await touch("touchStart", (x, y))
        await expect(free.locator(".lead")).to_have_count(1)
        for step in range(1, 11):
            await touch("touchMove", (x + (ground["x"] + 100 - x) * step / 10, y + 10 * step))
        await touch("touchEnd")
        await hand.until(lambda: hand.all("theme"))
        await hand.close()
