"""U7: the facilitator sees the wall on the desk: its own page in small, and its contents in words."""

import re

from playwright.async_api import FrameLocator, expect

from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import workshop

MOVES = True

#: Dark paper and light, as in the tokens.
DARK, LIGHT = "rgb(22, 27, 30)", "rgb(244, 241, 234)"


def small(desk: Desk) -> FrameLocator:
    """The preview of the wall."""
    return desk.page.frame_locator("iframe")


async def chooses_light(desk: Desk, light: str) -> None:
    await desk.button("desk.picture.light").click()
    await desk.page.get_by_role("menuitem", name=desk.words(f"desk.picture.light.{light}")).click()


async def is_lit(wall: Wall, desk: Desk, ground: str) -> None:
    """Every wall follows, and so does the preview."""
    await expect(wall.page.locator("body")).to_have_css("background-color", ground)
    await expect(small(desk).locator("body")).to_have_css("background-color", ground)


async def test_U7_the_desk_shows_the_wall_and_nothing_that_the_room_may_not_read(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        desk = await room.desk()
        picture = small(desk)
        # The preview does not count as a wall: no wall is reported as open.
        await desk.sees("desk.picture.none")
        wall = await room.wall()
        code = await wall.code()
        await expect(picture.get_by_text(f"{code[:3]} {code[3:]}")).to_be_visible()
        await desk.sees("desk.picture.join")
        await expect(desk.page.get_by_text(desk.words("desk.picture.none"))).to_have_count(0)
        await expect(desk.button("desk.bar.join")).to_contain_text(re.compile(r"1\s*tavle"))
        phone = await room.phone()
        await phone.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="fem")
        await phone.may_write()
        for text in ("Kaffen om morgenen", "Mine kolleger", "Frihed under ansvar"):
            await phone.writes(text)
        await wall.has_cards(3)
        await expect(picture.get_by_text("3", exact=False).first).to_be_visible()
        # A face-down text is nowhere in the frame, nor in anything that it was sent.
        await expect(picture.get_by_text("Kaffen om morgenen")).to_have_count(0)
        await desk.goes_on("notes.desk.stop")
        await desk.does("notes.desk.turn_all")
        await expect(picture.get_by_text("Kaffen om morgenen")).to_be_attached()
        await desk.presses("b")
        await desk.sees("desk.picture.black")
        await expect(picture.get_by_text(desk.words("wall.say.black"))).to_have_count(1)
        await desk.presses("b")
        await desk.presses("q")
        await desk.sees("desk.picture.join")
        await expect(picture.get_by_text(f"{code[:3]} {code[3:]}")).to_be_visible()
        await desk.presses("q")
        await is_lit(wall, desk, LIGHT)
        await chooses_light(desk, "dark")
        await is_lit(wall, desk, DARK)
        assert await desk.no_barriers() == []
        await chooses_light(desk, "light")
        await is_lit(wall, desk, LIGHT)
        # Collapsed there is no second connection to the server, and the description stays.
        await desk.button("desk.picture.hide").click()
        await expect(desk.page.locator("iframe")).to_have_count(0)
        await desk.sees("method.item.notes_draws")
        await desk.reload()
        await expect(desk.page.locator("iframe")).to_have_count(0)


async def test_U7_on_a_narrow_desk_the_picture_is_in_the_drawer_and_follows_a_dark_screen(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        desk, wall = await room.desk(width=1024, height=768), await room.wall(dark=True)
        await expect(desk.page.locator("iframe")).to_have_count(0)
        await desk.presses("s")
        box = await desk.page.locator("#script iframe").bounding_box()
        drawer = await desk.page.locator("#script").bounding_box()
        assert box and drawer and box["width"] <= drawer["width"]
        await expect(wall.page.locator("body")).to_have_css("background-color", DARK)
        await chooses_light(desk, "light")
        await is_lit(wall, desk, LIGHT)
        await chooses_light(desk, "auto")
        await expect(wall.page.locator("body")).to_have_css("background-color", DARK)
