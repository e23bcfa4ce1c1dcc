"""Dot voting on desk, wall and five phones: sums from five voters on, and never whose."""

import re

from playwright.async_api import expect

from tests.exports.reading import page as read_page, pdf_text, squeezed
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.meeting import new_id
from tests.support.phone import Phone
from tests.support.serve import SHORT_TICKS
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import Workshop, workshop

COMMAND = SHORT_TICKS

THEMES = {"Tonen": ("Vi griner sammen",), "Ro": ("To stille timer",), "Vagtplanen": ("Den kommer for sent",)}
#: The dots of each of the five, in the order of tapping.
LAID = (
    ("Ro", "Ro", "Ro"),
    ("Ro", "Tonen", "Tonen"),
    ("Ro", "Ro", "Tonen"),
    ("Tonen", "Ro", "Ro"),
    ("Vagtplanen",),
)


async def opens(room: Workshop) -> None:
    """Three themes are on the board, and the vote is live, with three dots each."""
    await room.meeting.gathers(THEMES)
    desk = await room.meeting.desk()
    about = {"activity": "dots", "title": "Prikker", "minutes": 5, "settings": {"dots": 3}, "before": None}
    item = new_id()
    await desk.do("agenda.add", item=item, workshop=room.meeting.workshop, **about)
    await desk.do("agenda.go", item=item)
    await desk.close()


async def lays(phone: Phone, *themes: str) -> None:
    """A dot on each of these, one tap per dot."""
    for theme in themes:
        await phone.page.get_by_role("button", name=re.compile(f"^{theme},")).click()


async def received(phone: Phone) -> None:
    """The server has them all."""
    await phone.sees("dots.phone.stored")


async def votes(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """Four vote, one changes their mind, one reconnects after a reload; nobody sees a dot."""
    for phone, themes in zip(phones[:4], LAID, strict=False):
        await phone.sees("dots.phone.title", n=3)
        await lays(phone, *themes)
        await phone.sees("dots.phone.left", n=0)
        await received(phone)
    first = phones[0]
    await first.page.get_by_role("button", name=first.words("dots.phone.take", theme="Ro")).click()
    await lays(first, "Vagtplanen")
    await received(first)
    await first.reload()
    await first.sees("dots.phone.left", n=0)
    await expect(first.page.get_by_role("button", name=re.compile(r"^Vagtplanen, 1"))).to_be_visible()
    # Three of them or all four, depending on the tick they arrived at (A11).
    await expect(wall.main.get_by_text(re.compile("^[34]$"))).to_be_visible()
    for screen in (desk, wall):
        await expect(screen.main.get_by_role("img", name=re.compile("prik"))).to_have_count(0)


async def few(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """A12: four are too few; nothing is shown, and it can be reopened."""
    await desk.goes_on("dots.desk.close")
    await wall.sees("dots.wall.about.few", least=5)
    await phones[0].sees("dots.phone.closed")
    await desk.goes_on("dots.desk.again")
    await phones[4].sees("dots.phone.title", n=3)
    await phones[0].sees("dots.phone.left", n=0)


async def shows(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """From the fifth on wall and desk show the sums, the highest first; phones say to look up."""
    await lays(phones[4], *LAID[4])
    await received(phones[4])
    counted = desk.main.get_by_text(desk.words("dots.desk.counted.help"))
    await desk.closes_with_all(counted, close="dots.desk.close", again="dots.desk.again")
    rows = wall.main.get_by_role("listitem")
    await expect(rows).to_have_count(3)
    for n, (theme, dots) in enumerate((("Ro", 7), ("Tonen", 4), ("Vagtplanen", 2))):
        await expect(rows.nth(n)).to_contain_text(theme)
        said = wall.words("dots.wall.row", theme=theme, n=dots)
        await expect(rows.nth(n).get_by_role("img", name=said)).to_be_visible()
    await wall.sees("dots.wall.voters", n=5)
    for phone in phones:
        await phone.sees("dots.phone.closed")
        await phone.reads_not("7")


async def test_dots_five_phones_vote_and_the_sums_are_shown_when_the_desk_closes(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        await opens(room)
        desk, wall = await room.desk(), await room.wall()
        phones = [await room.phone() for _ in LAID]
        await votes(desk, wall, phones)
        for screen in (desk, wall, phones[0]):
            assert await screen.no_barriers() == []
        await few(desk, wall, phones)
        await shows(desk, wall, phones)
        for screen in (desk, wall):
            assert await screen.no_barriers() == []
        await desk.ends()
        html = read_page(await (await desk.opens_summary()).content()).text
        report = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
        for yes in (7, 4, 2):
            said = desk.words("summary.split", yes=yes, of=13)
            assert said in html
            assert squeezed(said) in report
