"""W13, U15 on desk, wall and five phones: influence placed on phones first, then key by key."""

import asyncio

import pytest
from playwright.async_api import expect

from tests.support.desk import Desk
from tests.support.phone import Phone
from tests.support.wall import Wall
from tests.support.workshop import Workshop

NAMES = (
    "Besked om ændringer", "Afbrydelser", "Travlt før levering", "Oplæring af nye", "Værktøj og plads",
    "For lidt ros", "Kulde i hallen", "Ledelse tæt på",
)  # fmt: skip
PHONES = 5


@pytest.fixture
async def themes(room: Workshop) -> Workshop:
    """Eight themes are on the board, and the influence board is live."""
    await room.meeting.gathers({name: (f"Seddel om {name.lower()}",) for name in NAMES})
    desk = await room.meeting.desk()
    await desk.until(lambda: desk.items)
    influence = desk.items[4]
    about = {"title": influence["title"], "minutes": 30, "settings": {"of": [], "strengths": True}}
    await desk.do("agenda.change", item=influence["id"], base=desk.seqs[influence["id"]], **about)
    await desk.do("agenda.go", item=influence["id"])
    await desk.close()
    return room


async def test_W13_U15_influence_on_phones_and_then_by_keys(themes: Workshop) -> None:
    desk, wall = await themes.desk(), await themes.wall()
    phones = [await themes.phone() for _ in range(PHONES)]
    await on_phones(desk, wall, phones)
    await as_the_group(desk, wall)
    await by_keys(desk, wall)


async def on_phones(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """One tap per theme; the wall counts who is done, and shows the group's placement from five on."""
    await expect(desk.field("influence.desk.tray")).to_be_visible()
    await desk.presses("o")
    await wall.sees("placing.wall.title")
    assert await phones[0].no_barriers() == []
    await asyncio.gather(*map(places, phones))
    for phone in phones:
        await phone.sees("placing.phone.stored", n=len(NAMES))
    await expect(desk.main.get_by_role("status").filter(has_text="af 5")).to_be_visible()
    await desk.goes_on("placing.desk.close")
    await wall.sees("placing.wall.group.title")
    await expect(wall.main.locator("ol > li")).to_have_count(len(NAMES))
    for screen in (desk, wall):
        assert await screen.no_barriers() == []


async def places(phone: Phone) -> None:
    """One tap per theme."""
    for n in range(1, len(NAMES) + 1):
        await phone.sees("placing.phone.where", n=n, of=len(NAMES))
        theme = (await phone.main.locator(".theme").inner_text()).strip()
        answer = "cannot" if theme == "Kulde i hallen" else "can"
        await phone.page.get_by_role("button", name=phone.words(f"influence.phone.placing.{answer}")).click()
    await phone.sees("placing.phone.done")


async def as_the_group(desk: Desk, wall: Wall) -> None:
    """One press places all of them, and one undo reverts it."""
    await desk.goes_on("placing.desk.group.follow")
    await wall.sees("influence.wall.title")
    await desk.lies_in(NAMES[0], "influence.desk.can")
    await desk.lies_in("Kulde i hallen", "influence.desk.cannot")
    await desk.undoes("influence.follow")
    await desk.lies_in(NAMES[0], "influence.desk.tray")
    await desk.redoes("influence.follow")
    await desk.lies_in(NAMES[0], "influence.desk.can")


async def by_keys(desk: Desk, wall: Wall) -> None:
    """U15: 1 and 2 place one after the other; in the second pass all four fields are visible."""
    await desk.moves_on_to("priority")
    card = wall.main.locator(".asked")
    await expect(card).to_have_text(NAMES[0])
    for nth, key in enumerate("1112111"):
        await desk.presses(key)
        waiting = 6 - nth
        if waiting:
            await expect(desk.field("priority.desk.tray").get_by_role("listitem")).to_have_count(waiting)
    await expect(card).to_have_count(0)
    await desk.goes_on("priority.desk.to_urgent")
    await expect(card).to_have_text(NAMES[0])
    for field in ("do", "soon", "plan", "leave"):
        await expect(desk.field(f"priority.desk.{field}")).to_be_in_viewport(ratio=1)
    for nth, key in enumerate("1133124"):
        await desk.presses(key)
        await expect(desk.field("priority.desk.leave")).to_be_in_viewport(ratio=1)
        if nth < 6:
            await expect(card).to_have_count(1)
    await expect(card).to_have_count(0)
    sizes = await wall.main.locator(".seat").evaluate_all(
        "(all) => all.map((one) => getComputedStyle(one).fontSize)"
    )
    assert len(sizes) == 7 and len(set(sizes)) == 1
