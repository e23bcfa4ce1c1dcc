"""P4.5-P4.7, F5: a plan is written on the wall, signed up for on two of four phones, and followed up."""

import asyncio
import re
from datetime import date, timedelta

from playwright.async_api import expect

from app.engine.report import day_in_words
from app.locales import words
from tests.exports.reading import page, pdf_text, squeezed
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.phone import Phone
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import Workshop, workshop

DA = words("da")
#: Action, responsible, participants, method, when.
ROWS = (
    ("Ti minutter ved tavlen", "Dorte, Emil", "Hele holdet", "Kl. 7.10, på skift", "om 14 dage"),
    ("To stille timer", "Emil", "", "Telefonen stilles om", "næste år"),
    ("Spørgsmål samles", "", "", "", "når vi kan"),
)


async def test_P4_5_P4_6_P4_7_F5_the_plan_from_the_first_row_to_the_next_meeting(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="work") as room:
        desk, wall = await room.desk(), await room.wall()
        phones = [await room.phone() for _ in range(4)]
        await asyncio.gather(*(phone.is_in() for phone in phones))
        await writes(desk, wall, phones)
        await edits(desk, wall)
        await second_desk(room, desk)
        await signs_up(desk, wall, phones)
        await ends(desk, wall, phones)
        await next_meeting(room)


async def fills(desk: Desk, n: int, row: tuple[str, ...]) -> None:
    """From field to field with Enter; only the method has several lines, so there it is Tab."""
    add = desk.main.get_by_role("button", name=desk.words("action_plan.desk.add"))
    await expect(add).to_be_visible()
    await desk.presses("n") if n == 1 else await add.click()
    await expect(desk.cell("text", n)).to_be_focused()
    for field, text in zip(("text", "responsible", "who", "how", "when"), row, strict=True):
        await expect(desk.cell(field, n)).to_be_focused()
        await desk.page.keyboard.type(text)
        await desk.presses("Tab" if field == "how" else "Enter")
    await expect(desk.cell("when", n)).to_have_value(row[-1])


async def writes(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P4.5: row by row, in front of everybody; a phrase is shown as its day, or as it is."""
    await desk.goes_to("action_plan")
    await wall.sees("action_plan.wall.empty")
    for n, row in enumerate(ROWS, 1):
        await fills(desk, n, row)
    await wall.reads(*(row[0] for row in ROWS), "Kl. 7.10, på skift", "når vi kan")
    for phone in phones:
        await phone.reads(*(row[0] for row in ROWS))
    await desk.sees("action_plan.desk.no_day")
    # Shown while it is typed, before anything is stored.
    await desk.cell("when", 3).fill("næste år")
    year = date.today().year + 1  # noqa: DTZ011 - the day of the machine is the day of the server
    await expect(desk.row(3)).to_contain_text(f"31. december {year}")
    # Escape leaves the field; undo reverts the typed text.
    await desk.presses("Escape")
    await desk.undoes("action_plan.change")
    await expect(desk.cell("when", 3)).to_have_value("når vi kan")
    # P4.5: the row being written is marked on the wall.
    await desk.cell("how", 2).focus()
    await expect(wall.page.locator(".now")).to_contain_text("To stille timer")


async def edits(desk: Desk, wall: Wall) -> None:
    """By keyboard alone: a row is moved, undone, given a status, removed and restored."""
    # U19: a day from the calendar replaces a phrase that meant another one.
    year = date.today().year + 1  # noqa: DTZ011 - as above
    await desk.button("action_plan.desk.day_of", n=2).click()
    await desk.presses("ArrowLeft")
    await desk.presses("Enter")
    await expect(desk.cell("when", 2)).to_have_value(re.compile(rf"30\. december {year}"))
    await desk.undoes("action_plan.change")
    await expect(desk.cell("when", 2)).to_have_value("næste år")
    await desk.handle(3).focus()
    await desk.presses("u")
    await expect(desk.cell("text", 2)).to_have_value("Spørgsmål samles")
    await desk.undoes("action_plan.move")
    await expect(desk.cell("text", 3)).to_have_value("Spørgsmål samles")
    await desk.handle(1).focus()
    await desk.presses("t")
    await expect(desk.status(1)).to_have_value("under_way")
    await expect(wall.main).to_contain_text(wall.words("action_plan.wall.status.under_way"))
    await desk.handle(3).focus()
    await desk.presses("Delete")
    await expect(desk.cell("text", 3)).to_have_count(0)
    await desk.undoes("action_plan.remove")
    await expect(desk.cell("text", 3)).to_have_value("Spørgsmål samles")


async def second_desk(room: Workshop, desk: Desk) -> None:
    """Two people in the same row conflict only in the same field, and then both texts are kept."""
    other = await room.desk()
    await desk.cell("who", 2).fill("Kontoret")
    await other.sees("action_plan.desk.held")
    await other.cell("how", 2).fill("Telefonen stilles om 9-11")
    await other.handle(2).focus()
    await desk.handle(2).focus()
    await expect(desk.cell("how", 2)).to_have_value("Telefonen stilles om 9-11")
    await expect(other.cell("who", 2)).to_have_value("Kontoret")
    await desk.cell("responsible", 3).fill("Bo")
    await other.cell("responsible", 3).fill("Sanne")
    await other.handle(3).focus()
    await expect(other.cell("responsible", 3)).to_have_value("Sanne")
    await desk.handle(3).focus()
    await desk.sees("desk.answer.both")
    await desk.button("action_plan.desk.keep").click()
    await expect(other.cell("responsible", 3)).to_have_value("Bo")
    await other.page.close()


async def signs_up(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P4.6, F5: two of the four sign up; one of them withdraws, from the same phone."""
    anna, yusuf, third, _ = phones
    sent: list[tuple[str, dict[str, str]]] = []
    for phone in (anna, yusuf):
        phone.page.on("request", lambda request: sent.append((request.url, request.headers)))
    await anna.joins_in("Anna", "To stille timer")
    await yusuf.joins_in("Yusuf", "To stille timer")
    await yusuf.joins_in(None, "Ti minutter ved tavlen")
    for screen in (wall, third):
        await expect(screen.main).to_contain_text("Anna, Yusuf")
    await expect(desk.row(2)).to_contain_text("Yusuf")
    await expect(wall.main).to_contain_text(f"3 {wall.words('action_plan.wall.signed', n=3)}")
    # A3: by a POST of its own, and without a cookie.
    by_post = [headers for url, headers in sent if url.endswith("/live/named")]
    assert len(by_post) == 3 and not [headers for headers in by_post if "cookie" in headers]

    # X30: nothing serious on any of the three front ends, and nothing too wide for the phone.
    for face in (desk, wall, yusuf):
        assert await face.no_barriers() == []
    assert not await yusuf.wide()

    await yusuf.reload()
    await yusuf.takes_back("To stille timer")
    for screen in (wall, third):
        await expect(screen.main).not_to_contain_text("Anna, Yusuf")
    # Closed on the desk: nobody else can sign up, existing names stay.
    await desk.handle(2).focus()
    await desk.presses("m")
    await expect(third.take("To stille timer")).to_have_count(0)
    await anna.is_on("To stille timer")


async def ends(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """The summary has the plan: theme, action, responsible, participants, method, time, status."""
    await desk.ends()
    await wall.sees("wall.ended.title")
    for phone in phones:
        await phone.sees("phone.ended.title")
    html = page(await (await desk.opens_summary()).content())
    text = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
    due = day_in_words(date.today() + timedelta(14), DA)  # noqa: DTZ011
    for each in (
        *("Ti minutter ved tavlen", "Dorte, Emil", "Hele holdet, Yusuf", "Kl. 7.10, på skift"),
        *(f"{due} (om 14 dage)", DA("action_plan.report.status.under_way")),
        *("To stille timer", "Kontoret, Anna", "Telefonen stilles om 9-11", "når vi kan", "Bo"),
    ):
        assert each in html.text
        assert squeezed(each) in text


async def next_meeting(room: Workshop) -> None:
    """P4.7: the next meeting starts with the open actions; what is done moves to the end."""
    await room.meeting.again("status")
    desk, wall, phone = await room.desk(), await room.wall(), await room.phone()
    await phone.is_in()
    await desk.starts("since_last")
    await wall.sees("action_plan.wall.title.status")
    await wall.reads("Ti minutter ved tavlen", "To stille timer", "Spørgsmål samles")
    await desk.status(1).select_option("done")
    await expect(desk.cell("text", 1)).to_have_value("To stille timer")
    await expect(desk.cell("text", 3)).to_have_value("Ti minutter ved tavlen")
    await phone.reads("Spørgsmål samles")
