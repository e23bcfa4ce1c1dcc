"""A tablet as desk, in portrait and landscape: every action of the desk can be reached by finger alone."""

import pytest
from playwright.async_api import Locator, expect

from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.server import Server
from tests.support.workshop import Workshop, workshop

UPRIGHT, LENGTHWISE = (820, 1180), (1180, 820)
#: The minimum for a finger, in CSS pixels (design: 40 on the desk).
FINGER = 40

#: The shell's buttons that cannot be hit in their centre, or are smaller than a finger.
MISSED = """
(finger) => [...document.querySelectorAll(".tb :is(a, button), :is(nav, aside, footer) button")]
  .filter((each) => each.checkVisibility({ visibilityProperty: true }))
  .flatMap((each) => {
    each.scrollIntoView({ block: "nearest", inline: "nearest" });
    const { left, top, width, height } = each.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, top + height / 2);
    const name = each.getAttribute("aria-label") ?? each.textContent.trim();
    if (!hit || !(each === hit || each.contains(hit))) return [`hidden: ${name}`];
    return width < finger || height < finger ? [`small: ${name} ${width}x${height}`] : [];
  })
"""


async def is_in_reach(desk: Desk) -> None:
    """Nothing is cut off, covered, too small or off screen."""
    assert await desk.page.evaluate(MISSED, FINGER) == []
    assert await desk.wide() == 0


async def taps(target: Locator) -> None:
    """With a finger: it must be visible."""
    await target.tap()


async def script(desk: Desk) -> Locator:
    """The script with the preview of the wall: a column, or a drawer that a button opens."""
    panel = desk.page.locator("#script")
    if not await panel.count():
        await taps(desk.page.locator("header.tb").get_by_role("button", name=desk.words("desk.bar.script")))
    await expect(panel).to_be_visible()
    return panel


async def goes_by_finger(room: Workshop, desk: Desk) -> None:
    """From the first press to the end, without a key."""
    await is_in_reach(desk)
    panel = await script(desk)
    await expect(panel.locator("iframe")).to_be_visible()
    await is_in_reach(desk)
    fold = panel.get_by_role("button", name=desk.words("desk.picture.hide"))
    await taps(fold)
    await expect(panel.locator("iframe")).to_have_count(0)
    await taps(panel.get_by_role("button", name=desk.words("desk.picture.show")))
    toggle = desk.page.locator("header.tb").get_by_role("button", name=desk.words("desk.bar.script"))
    if await toggle.is_visible():
        await taps(toggle)
        await expect(panel).to_have_count(0)
    start = desk.words("desk.start", title=desk.words("method.item.why"))
    await taps(desk.dock.get_by_role("button", name=start))
    await desk.is_at("why")
    await is_in_reach(desk)
    # The agenda's own menu, with what a mouse would drag.
    await taps(desk.agenda.get_by_role("button", name=desk.words("method.item.clustering_draws")))
    await taps(desk.page.get_by_role("menuitem", name=desk.words("desk.agenda.up")))
    await expect(desk.agenda.get_by_role("listitem").nth(1)).to_contain_text(
        desk.words("method.item.clustering_draws")
    )
    # Actions that have only keys are in the list of all actions, and can be scrolled to.
    await taps(desk.dock.get_by_role("button", name=desk.words("desk.all")))
    for key in ("desk.join_big", "desk.picture.light.dark", "desk.end"):
        await desk.dialog.get_by_role("button", name=desk.words(key)).first.scroll_into_view_if_needed()
    await taps(desk.dialog.get_by_role("button", name=desk.words("desk.black")).first)
    await expect(desk.dialog).to_have_count(0)
    black = desk.dock.get_by_role("button", name=desk.words("desk.black"))
    await expect(black).to_have_attribute("aria-pressed", "true")
    await taps(black)
    await taps(desk.page.get_by_role("button", name=desk.words("desk.bar.join")))
    await expect(desk.dialog).to_be_visible()
    assert await desk.wide() == 0
    # A tablet has no Escape.
    await taps(desk.dialog.get_by_role("button", name=desk.words("desk.close"), exact=True))
    await expect(desk.dialog).to_have_count(0)


@pytest.mark.parametrize(("width", "height"), [UPRIGHT, LENGTHWISE], ids=["upright", "lengthwise"])
async def test_a_tablet_is_a_desk(people: People, house: Server, width: int, height: int) -> None:
    async with workshop(people, house) as room:
        desk = await room.desk(width=width, height=height, touch=True)
        await goes_by_finger(room, desk)
        assert await desk.no_barriers() == []
        for path in ("", f"p/{room.meeting.process}", f"new/{room.meeting.process}"):
            await desk.page.goto(f"{house.url}/desk#/{path}")
            await expect(desk.main.get_by_role("heading").first).to_be_visible()
            await desk.still()
            assert await desk.wide() == 0, path
        await desk.picks("choose")
        await taps(desk.button("desk.new.prepare"))
        await desk.sees("desk.prepare.state")
        await is_in_reach(desk)


async def test_G43_on_plain_http_a_wall_keeps_itself_awake_by_a_film_and_says_what_to_switch_off(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        # A page from another machine without https: browsers have no wake lock there.
        wall = await room.wall()
        await expect(wall.page.locator("video")).to_have_count(0)
        blind = await people.sits_down(width=1280, height=720)
        await blind.add_init_script("delete Navigator.prototype.wakeLock")
        token = (await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/screens"))["token"]
        page = await blind.new_page()
        await page.goto(f"{house.url}/wall#{token}")
        await expect(page.get_by_text(room.words("wall.sleepy"))).to_be_visible()
        film = page.locator("video")
        box = await film.bounding_box()
        assert box == {"x": 0, "y": 0, "width": 1280, "height": 720}
        await expect(film).to_have_js_property("paused", False)
        # Once the meeting has begun, the room reads its question and nothing about screens.
        desk = await room.desk()
        await desk.starts("notes_draws")
        await expect(page.get_by_text(room.words("wall.sleepy"))).to_have_count(0)
        await expect(film).to_have_js_property("paused", False)
