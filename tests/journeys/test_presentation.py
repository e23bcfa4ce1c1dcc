"""P2.7: the results at the next meeting, theme by theme, by key; the notes are those that were written."""

from playwright.async_api import expect

from tests.support.browsers import People
from tests.support.server import Server
from tests.support.workshop import Workshop, workshop

THEMES = {"Tonen": ("Vi griner sammen", "God musik i værkstedet"), "Frihed": ("Frihed under ansvar",)}


async def last_meeting(room: Workshop) -> None:
    """Two themes are on the process's board, from a meeting that is over."""
    await room.meeting.gathers(THEMES)
    desk = await room.meeting.desk()
    await desk.do("agenda.end", workshop=room.meeting.workshop)
    await desk.close()


async def test_P2_7_the_results_are_shown_theme_by_theme_at_the_next_meeting(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        await last_meeting(room)
        await room.meeting.again("results")
        desk, wall, phone = await room.desk(), await room.wall(), await room.phone()
        await phone.is_in()
        await desk.starts("why")
        await desk.moves_on_to("presentation")
        await phone.sees("presentation.phone.text")
        await wall.reads(*THEMES)
        first, second = THEMES
        await desk.goes_on("presentation.desk.next", theme=first)
        await wall.reads(*THEMES[first])
        await wall.reads_not(*THEMES[second])
        await desk.goes_on("presentation.desk.next", theme=second)
        await wall.reads(*THEMES[second])
        # The wall may get it before the desk does.
        shown = desk.main.get_by_role("button", name=second)
        await expect(shown).to_have_attribute("aria-current", "true")
        await desk.presses("PageUp")
        await wall.reads(*THEMES[first])
        # By mouse, straight to another.
        await shown.click()
        await wall.reads(*THEMES[second])
        await expect(shown).to_have_attribute("aria-current", "true")
        assert await wall.no_barriers() == []
        assert await desk.no_barriers() == []
