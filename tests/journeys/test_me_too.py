"""W12 on desk, wall and five phones: one tap for "me too", shown from five up."""

from playwright.async_api import expect

from tests.exports.reading import page as read_page
from tests.support.meeting import new_id
from tests.support.workshop import Workshop

ROOM, TONE = "Ro til opgaverne", "Tonen"


async def test_W12_what_five_tapped_has_a_number_on_wall_desk_and_summary_and_the_rest_has_none(
    room: Workshop,
) -> None:
    await room.meeting.gathers({ROOM: ("To stille timer",), TONE: ("Vi griner sammen",)})
    wire = await room.meeting.desk()
    item = new_id()
    about = {"activity": "me_too", "title": "Også dig?", "minutes": 5, "settings": {}, "before": None}
    await wire.do("agenda.add", item=item, workshop=room.meeting.workshop, **about)
    await wire.do("agenda.go", item=item)
    await wire.close()
    desk, wall = await room.desk(), await room.wall()
    phones = [await room.phone() for _ in range(5)]
    for nth, phone in enumerate(phones):
        also = phone.page.get_by_role("button", name=ROOM)
        await also.click()
        await expect(also).to_have_attribute("aria-pressed", "true")
        if nth < 4:
            await phone.page.get_by_role("button", name=TONE).click()
    for nth, phone in enumerate(phones):
        await phone.sees("me_too.phone.stored", n=2 if nth < 4 else 1)
    for screen in (desk, wall, phones[0]):
        assert await screen.no_barriers() == []
    # One number for all of them, at ticks; none for a single theme while it is open.
    await wall.sees("me_too.wall.count", n=9)
    await desk.goes_on("me_too.desk.close")
    await wall.sees("me_too.wall.title.counted")
    await expect(wall.main.get_by_role("listitem")).to_have_count(1)
    await expect(wall.main.get_by_role("listitem")).to_contain_text("5")
    await expect(wall.main.get_by_text(TONE)).to_have_count(0)
    shown = desk.main.get_by_role("listitem").filter(has_text=ROOM)
    await expect(shown).to_contain_text("5")
    # No number, and no bar that would say none.
    too_few = desk.main.get_by_role("listitem").filter(has_text=TONE)
    await expect(too_few).to_have_text(TONE)
    for row, bars in ((shown, 1), (too_few, 0)):
        await expect(row.locator("svg")).to_have_count(bars)
    await phones[0].sees("me_too.phone.closed")
    for screen in (desk, wall):
        assert await screen.no_barriers() == []
    await desk.breaks_off()
    html = read_page(await (await desk.opens_summary()).content()).text
    assert desk.words("me_too.report.about", least=5) in html
