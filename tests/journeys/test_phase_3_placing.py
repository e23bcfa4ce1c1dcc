"""P3.4: people place the themes on phones, the board shows the group's placement: desk, wall, six phones."""

import asyncio
import re

import pytest
from playwright.async_api import expect

from tests.exports.reading import page as read_page, pdf_text, squeezed
from tests.support.desk import Desk
from tests.support.meeting import new_id
from tests.support.phone import Phone
from tests.support.wall import Wall
from tests.support.workshop import Workshop

NEWS, CALLS, COLD = "Besked om ændringer", "Afbrydelser", "Kulde i hallen"
BOTH, IMPORTANT, NEITHER = (True, True), (True, False), (False, False)
#: What each of the six answers; the last theme is placed by four, and so is never shown.
SAID: tuple[dict[str, tuple[bool, bool] | None], ...] = (
    {NEWS: BOTH, CALLS: BOTH, COLD: NEITHER},
    {NEWS: BOTH, CALLS: IMPORTANT, COLD: NEITHER},
    {NEWS: BOTH, CALLS: NEITHER, COLD: NEITHER},
    {NEWS: BOTH, CALLS: NEITHER, COLD: BOTH},
    {NEWS: BOTH, CALLS: IMPORTANT, COLD: None},
    {NEWS: IMPORTANT, CALLS: BOTH, COLD: None},
)


#: How many of six phones the wall shows as done: the last one or two wait for the end (A11).
TOLD = re.compile(r"^[456] af 6$")


@pytest.fixture
async def themes(room: Workshop) -> Workshop:
    """The notes are grouped, and all themes can be influenced."""
    desk = await room.meeting.desk()
    await desk.until(lambda: desk.items)
    question, gather, priority = (desk.items[nth]["id"] for nth in (2, 3, 5))
    await desk.do("agenda.go", item=question)
    texts = ["Besked kommer for sent", "Telefonen ringer", "Porten står åben"]
    await desk.do("notes.add_paper", activity=question, texts=texts)
    await desk.do("notes.turn_all", activity=question)
    await desk.until(lambda: len(desk.all("note")) == len(texts))
    for name, note in zip((NEWS, CALLS, COLD), desk.all("note"), strict=True):
        theme = new_id()
        made = {"theme": theme, "name": name, "paper": "hyben", "notes": desk.at(note["id"])}
        await desk.do("clustering.make_theme", activity=gather, **made)
        await desk.do("influence.place", theme=theme, base=0, field="can")
    await desk.do("agenda.go", item=priority)
    await desk.close()
    return room


async def test_P3_4_each_places_the_themes_on_a_phone_and_the_board_shows_the_group(themes: Workshop) -> None:
    desk, wall = await themes.desk(), await themes.wall()
    phones = [await themes.phone() for _ in SAID]
    await asks(desk, wall, phones)
    await places(wall, phones)
    await shows(desk, wall, phones)
    await decides(desk, wall)
    await sums_up(desk)


async def asks(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """One key, and every phone asks about the first theme; nobody gets the others."""
    for phone in phones:
        await phone.looks_up()
    await expect(desk.field("priority.desk.tray")).to_be_visible()
    await desk.presses("o")
    await wall.sees("placing.wall.title")
    for phone in phones:
        await phone.sees("placing.phone.where", n=1, of=3)


async def places(wall: Wall, phones: list[Phone]) -> None:
    """Two plain questions per theme; one changes their mind; one reconnects after a reload."""
    await asyncio.gather(*(phone.places(said) for phone, said in zip(phones, SAID, strict=True)))
    first = phones[0]
    await first.page.reload()
    await first.sees("placing.phone.done_where", n=3, of=3)
    for phone, said in zip(phones, SAID, strict=True):
        n = sum(answer is not None for answer in said.values())
        await phone.sees("placing.phone.stored", n=n)
        # Another phone's answers, and how many there are, are on no phone.
        await expect(phone.main.get_by_text(TOLD)).to_have_count(0)
    await expect(wall.main.get_by_text(TOLD)).to_be_visible()


async def shows(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """The group's placement and its agreement, from five on; nothing at all of what four placed."""
    await desk.goes_on("placing.desk.close")
    for phone in phones:
        await phone.looks_up()
    for screen, shell in ((wall, "wall"), (desk, "desk")):
        await screen.sees(f"placing.{shell}.group.few", names=COLD)
        rows = screen.main.locator("ol > li")
        await expect(rows).to_have_count(2)
        for name, sides in (
            (NEWS, ((6, "agreed"), (5, "mostly"))),
            (CALLS, ((4, "divided"), (2, "divided"))),
        ):
            row = rows.filter(has=screen.page.get_by_text(name, exact=True))
            for side, (yes, how) in zip(("important", "urgent"), sides, strict=True):
                said = screen.words(f"priority.{shell}.group.{side}", yes=yes, n=6)
                agree = screen.words(f"placing.{shell}.agree.{how}")
                await expect(row).to_contain_text(re.compile(rf"{re.escape(said)},\s+{agree}"))
        # Next to the picture there is only text: no mark for the third theme.
        await expect(screen.main.locator("svg[role=img] circle")).to_have_count(2)


async def decides(desk: Desk, wall: Wall) -> None:
    """One key accepts the group's own places, and reverts them; then drivers place as before."""
    await desk.goes_on("placing.desk.group.follow")
    await wall.sees("priority.wall.title.free")
    await desk.lies_in(NEWS, "priority.desk.do")
    await desk.lies_in(CALLS, "priority.desk.plan")
    await desk.lies_in(COLD, "priority.desk.tray")
    await desk.undoes("priority.follow")
    await desk.lies_in(NEWS, "priority.desk.tray")
    await desk.redoes("priority.follow")
    await desk.lies_in(NEWS, "priority.desk.do")
    await desk.places_by_key(COLD, "4", "priority.desk.leave")


async def sums_up(desk: Desk) -> None:
    """The summary has the group's spread of two themes, in the page and in the PDF."""
    await desk.breaks_off()
    html = read_page(await (await desk.opens_summary()).content()).text
    pdf = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
    agreed, mostly = (desk.words(f"priority.report.agree.{how}") for how in ("agreed", "mostly"))
    for said in (
        f"{desk.words('summary.split', yes=6, of=6)}, {agreed}",
        f"{desk.words('summary.split', yes=5, of=6)}, {mostly}",
        desk.words("priority.report.spread", least=5),
    ):
        assert said in html, said
        assert squeezed(said) in pdf, said
    assert desk.words("summary.split", yes=1, of=4) not in html
