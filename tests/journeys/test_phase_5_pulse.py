"""P5.1, P5.2 on desk, wall and five phones: four answers show nothing; five do, when the desk closes."""

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

THEMES = {"Besked om ændringer": ("Vi hører det sidst",), "Tonen": ("Vi griner sammen",)}
THEME = "Besked om ændringer"
#: W13: what the why said of how it would look.
AIM = "Alle hører det samme dag"
#: What each of the five answers: better, needed, and in their own words.
SAID = (
    (4, 2, "Mere af morgentavlen"),
    (4, 2, "Tag kontoret med"),
    (5, 3, "Ring i stedet for at skrive"),
    (2, 4, "Planen to dage før"),
    (4, 1, "Et kvarter til overlevering"),
)

#: How often each step was answered: better, needed.
COUNTS = ({"a": 0, "b": 1, "c": 0, "d": 2, "e": 2}, {"a": 1, "b": 2, "c": 1, "d": 1, "e": 0})


async def opens(room: Workshop) -> None:
    """Two themes are on the board; the pulse is live, and waits for its theme."""
    await room.meeting.gathers(THEMES)
    desk = await room.meeting.desk()
    about = {"activity": "pulse", "title": "Puls", "minutes": 5, "settings": {}, "before": None}
    item = new_id()
    await desk.until(lambda: desk.items)
    why = next(one["id"] for one in desk.all("item") if one["activity"] == "why")
    await desk.do("why.write", activity=why, part="success", base=0, text=AIM)
    await desk.do("agenda.add", item=item, workshop=room.meeting.workshop, **about)
    await desk.do("agenda.go", item=item)
    await desk.close()


async def chooses(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P5.1: the theme is chosen when it begins; then the phones open."""
    await phones[0].sees("pulse.phone.soon.text")
    await desk.goes_on("pulse.desk.choose")
    await desk.page.get_by_role("dialog").get_by_role("button", name=THEME).click()
    await wall.sees_text(THEME)
    await wall.sees("pulse.wall.lead")


async def answers(phone: Phone, better: int, needed: int, more: str) -> None:
    """The three questions, one at a time."""
    asked = {"theme": THEME, "span": phone.words("pulse.phone.span.6")}
    for scale, step in (("needed", needed), ("better", better)):
        await phone.sees(f"pulse.phone.{scale}", **asked)
        await phone.page.get_by_role("radio", name=str(step)).check(force=True)
        await phone.page.get_by_role("button", name=phone.words("pulse.phone.next"), exact=True).click()
    await phone.page.get_by_label(phone.words("pulse.phone.field")).fill(more)
    await phone.page.get_by_role("button", name=phone.words("pulse.phone.send"), exact=True).click()
    await phone.sees("pulse.phone.done.title")


async def received(*phones: Phone) -> None:
    """All three are stored; they are sent separately, up to ten seconds apart."""
    for phone in phones:
        said = phone.page.get_by_text(phone.words("pulse.phone.stored", n=3))
        await expect(said).to_be_visible()


async def four(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """A12: four answers, and one of them changed: nothing is shown, and no figure is sent."""
    for phone, said in zip(phones[:4], SAID, strict=False):
        await answers(phone, *said)
    await received(*phones[:4])
    first = phones[0]
    await first.reload()
    await first.sees("pulse.phone.done.title")
    await first.page.get_by_role("button", name=first.words("pulse.phone.change")).click()
    await expect(first.page.get_by_role("radio", name=str(SAID[0][1]))).to_be_checked()
    await answers(first, 5, *SAID[0][1:])
    await received(first)
    # Three of them or all four, depending on the tick they arrived at (A11).
    await expect(wall.main.get_by_text(re.compile("^[34]$"))).to_be_visible()
    await desk.goes_on("pulse.desk.close")
    await wall.sees("pulse.wall.few")
    await desk.sees("pulse.desk.few")
    await phones[1].sees("pulse.phone.closed.few")
    for screen in (desk, wall):
        await expect(screen.main.get_by_role("img", name=screen.words.any("pulse.wall.alt"))).to_have_count(0)


async def five(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P5.2: with the fifth it can be closed and shown: two distributions, then the open answers."""
    await desk.goes_on("pulse.desk.reopen")
    await answers(phones[4], *SAID[4])
    await received(phones[4])
    better, needed = (wall.words("pulse.wall.alt", **counts) for counts in COUNTS)
    counted = desk.main.get_by_role("img", name=better)
    await desk.closes_with_all(counted, close="pulse.desk.close", again="pulse.desk.reopen")
    for said in (better, needed):
        await expect(wall.main.get_by_role("img", name=said)).to_be_visible()
        await expect(desk.main.get_by_role("img", name=said)).to_be_visible()
    await wall.sees_text("4,0")
    for screen in (desk, wall):
        await screen.reads(AIM)
    await phones[0].sees("pulse.phone.closed")
    assert await wall.no_barriers() == []
    # A13: one of them names somebody, and is hidden before the wall shows them.
    await desk.main.get_by_role("button", name=SAID[2][2]).click()
    await desk.presses("h")
    await desk.goes_on("pulse.desk.words")
    await wall.sees_text(SAID[0][2])
    await expect(wall.main.get_by_role("listitem")).to_have_count(4)
    await expect(wall.main.get_by_text(SAID[2][2])).to_have_count(0)


async def test_P5_1_P5_2_W13_five_phones_answer_and_nothing_is_shown_before_the_fifth(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        await opens(room)
        desk, wall = await room.desk(), await room.wall()
        phones = [await room.phone() for _ in SAID]
        await chooses(desk, wall, phones)
        for screen in (desk, wall, phones[0]):
            assert await screen.no_barriers() == []
        await four(desk, wall, phones)
        await five(desk, wall, phones)
        assert await desk.no_barriers() == []
        await desk.ends()
        html = read_page(await (await desk.opens_summary()).content()).text
        report = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
        for said in (
            desk.words("pulse.report.now", mean="4,0", n=5),
            desk.words("pulse.report.now", mean="2,4", n=5),
            SAID[3][2],
        ):
            assert said in html
            assert squeezed(said) in report
        assert SAID[2][2] not in html
