"""The dock of the desk covers nothing: neither the agenda, nor a drawer, nor a toast."""

import pytest
from playwright.async_api import Locator, expect

from tests.support.browsers import TWO_FRAMES, Looks, People
from tests.support.desk import Desk
from tests.support.server import Server
from tests.support.workshop import Workshop, workshop

#: A common laptop: the agenda of a long first meeting is taller than its column.
LAPTOP: Looks = {"width": 1366, "height": 768, "still": True}

#: The elements of the column that are partly covered or out of sight without scrolling.
COVERED = """
(each) => [...document.querySelectorAll(each)].flatMap((box) => {
  const { left, top, right, bottom } = box.getBoundingClientRect();
  const across = (left + right) / 2;
  const seen = [top + 2, bottom - 2].every((y) => box.contains(document.elementFromPoint(across, y)));
  return seen ? [] : [box.innerText.trim()];
})
"""


async def lies_over(upper: Locator, lower: Locator) -> None:
    """It ends where the other begins."""
    over, under = await upper.bounding_box(), await lower.bounding_box()
    assert over and under
    assert over["y"] + over["height"] <= under["y"] + 0.5, (over, under)


async def test_F4_the_foot_of_a_long_agenda_is_in_sight_and_so_is_what_is_on_now(room: Workshop) -> None:
    desk = await room.desk(**LAPTOP)
    rows = desk.agenda.get_by_role("listitem")
    await expect(rows).to_have_count(9)
    column = desk.page.locator("#agenda")
    assert await column.evaluate("(box) => box.scrollHeight > box.clientHeight")
    assert await desk.page.evaluate(COVERED, "#agenda .tot, #agenda a, #agenda .add") == []
    # The last one goes live: it is above the foot without anybody scrolling.
    await desk.starts("priority")
    await desk.page.evaluate(TWO_FRAMES)
    assert await desk.page.evaluate(COVERED, "#agenda [aria-current]") == []
    # Still so in a lower window, as when a tablet is turned.
    await desk.page.set_viewport_size({"width": 1180, "height": 640})
    await desk.page.evaluate(TWO_FRAMES)
    assert await desk.page.evaluate(COVERED, "#agenda [aria-current]") == []
    # So does one that is reached by key, downwards and up again.
    for nth in (0, 7):
        await rows.nth(nth).get_by_role("button").first.focus()
        assert await desk.page.evaluate(COVERED, "#agenda li:has(:focus)") == []
    # The menu of the last row is over the foot, not under it.
    await rows.nth(8).get_by_role("button").first.click()
    entry = desk.page.get_by_role("menuitem", name=desk.words("desk.agenda.edit"))
    await expect(entry).to_be_visible()
    await entry.click()
    await expect(desk.dialog).to_be_visible()


@pytest.mark.parametrize(("width", "height"), [(1024, 768), (760, 900), (480, 900)])
async def test_no_drawer_and_no_toast_of_the_desk_is_under_its_dock(
    people: People, house: Server, width: int, height: int
) -> None:
    async with workshop(people, house) as room:
        desk = await room.desk(width=width, height=height)
        bar = desk.page.locator("header.tb")
        for name, panel in (("desk.bar.script", "#script"), ("desk.bar.agenda", "#agenda")):
            toggle = bar.get_by_role("button", name=desk.words(name))
            if not await toggle.is_visible():
                continue
            await toggle.click()
            await lies_over(desk.page.locator(panel), desk.dock)
            await lies_over(bar, desk.page.locator(panel))
            await toggle.click()
        await leaves_a_toast(desk)
        await lies_over(desk.page.locator(".toast"), desk.dock)


async def leaves_a_toast(desk: Desk) -> None:
    """An item is taken out, which can be taken back."""
    toggle = desk.page.locator("header.tb").get_by_role("button", name=desk.words("desk.bar.agenda"))
    if not await desk.agenda.count():
        await toggle.click()
    await desk.agenda.get_by_role("button", name=desk.words("method.item.priority")).click()
    await desk.page.get_by_role("menuitem", name=desk.words("desk.agenda.remove")).click()
    await expect(desk.page.locator(".toast")).to_be_visible()
