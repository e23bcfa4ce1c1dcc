"""G23: a view that throws, as in a browser that lacks a feature, shows that, on every screen."""

import re

import orjson
from playwright.async_api import Page, Route, expect

from app.main import WEB
from tests.support.desk import Desk
from tests.support.workshop import Workshop

PLANTED = "planted"

#: What the phone's browser lacks: graphemes cannot be counted.
LACKS = f"void (Intl.Segmenter = class {{ segment() {{ throw new Error('{PLANTED}'); }} }});"


async def breaks(page: Page, shell: str, module: str, *, part: str = "") -> None:
    """What draws that activity throws; `part` is where in the exports of its file."""
    file = orjson.loads((WEB / "manifest.json").read_bytes())[shell][module]["file"]

    async def answer(route: Route) -> None:
        answer = await route.fetch()
        given = re.compile(r"export\s*\{\s*([\w$]+) as default")
        throws = f"function(){{throw new Error('{PLANTED}')}}"
        planted = rf"const thrown={{...\1,{part}:{throws}}}" if part else f"const thrown={throws}"
        text, n = given.subn(rf"{planted};export{{thrown as default", await answer.text())
        assert n == 1, module
        await route.fulfill(response=answer, body=text)

    await page.route(f"**/{file}", answer)


async def test_G23_a_face_that_throws_says_so_on_phone_wall_and_desk(room: Workshop) -> None:
    desk, wall, phone, other = await room.desk(), await room.wall(), await room.phone(), await room.phone()
    await wall.has_phones(2)
    await breaks(wall.page, "wall", "src/activities/notes/Wall.svelte")
    await phone.page.evaluate(LACKS)
    await desk.starts("notes_draws")
    await wall.sees("wall.broken.title")
    await phone.sees("phone.broken.title")
    # Nobody sees it from the desk: it is reported, and the desk moves on without the wall.
    await desk.sees("desk.wall_broken")
    await other.may_write()
    # Loading such a view first shows the same message, though its code is loaded later.
    await other.page.add_init_script(LACKS)
    await other.page.reload()
    await other.sees("phone.broken.title")
    # The next picture may work.
    await desk.goes_to("clustering_draws")
    await expect(wall.main.get_by_text(room.words("wall.broken.title"))).to_have_count(0)
    await expect(desk.page.get_by_text(room.words("desk.wall_broken"))).to_have_count(0)
    # A board of the desk that throws does not affect the desk around it.
    second = Desk(await (await room.people.sits_down(state=room.state)).new_page(), room.words)
    await breaks(second.page, "desk", "src/activities/notes/desk.ts", part="Board")
    await second.opens(room.server.url, room.meeting.workshop)
    await second.goes_to("notes_hard")
    await second.sees("desk.board.part_failed")
    await second.goes_on("notes.desk.start", minutes="fem")
    # Nothing was odd except the planted fault; it is thrown again as long as those pages are open.
    assert {PLANTED in each for each in room.people.odd} == {True}
    for each in (wall, phone, other, second):
        await each.page.close()
    room.people.odd.clear()
