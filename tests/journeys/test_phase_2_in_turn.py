"""P2.2, in turn: one desk, one wall, four phones; each puts up their own notes, and one keeps a note back."""

import re

from playwright.async_api import expect

from tests.exports.reading import page as read_page, pdf_text, squeezed
from tests.support.desk import Desk
from tests.support.phone import Phone
from tests.support.wall import Wall
from tests.support.workshop import Workshop

MOVES = True

#: What each of the four writes, in the order of their turns; the last has nothing to tell.
WRITTEN = (
    ("At nogen siger godmorgen", "Kaffen efter runden"),
    ("At jeg kan se, hvad det bliver til",),
    ("En opgave, der er min", "Det siger jeg ikke højt"),
    (),
)
KEPT = "Det siger jeg ikke højt"
LATER = "At vi griner ad det samme"


async def hangs_up(phone: Phone, text: str) -> None:
    """One tap below the note."""
    await phone.page.get_by_role("button", name=re.compile(re.escape(text))).click()


async def may_hang_up(phone: Phone, *texts: str) -> None:
    """These and no others."""
    buttons = phone.page.get_by_role("button", name=phone.words("notes.in_turn.hang_up"))
    await expect(buttons).to_have_count(len(texts))
    for text in texts:
        await expect(phone.page.get_by_role("button", name=re.compile(re.escape(text)))).to_be_visible()


async def test_P2_2_people_tell_in_turn_and_put_up_their_own_notes(room: Workshop) -> None:
    desk, wall = await room.desk(), await room.wall()
    phones = [await room.phone() for _ in WRITTEN]
    for phone in phones:
        await phone.is_in()
    await writes(desk, wall, phones)
    await tells(desk, wall, phones)
    await goes_on(desk, wall, phones)
    await sums_up(desk)


async def writes(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """The mode is settled before the first note; the phones show it before anybody sends one."""
    await desk.starts("notes_draws")
    for phone in phones:
        await phone.sees("notes.phone.safe")
    await desk.does("notes.desk.mode.in_turn.instead")
    for phone in phones:
        await phone.sees("notes.in_turn.safe")
    await wall.sees("notes.wall.in_turn.write")
    await desk.goes_on("notes.desk.start", n=5, minutes="fem")
    for phone, texts in zip(phones, WRITTEN, strict=True):
        await phone.writes(*texts)
        if texts:
            await phone.sees("notes.in_turn.on_board", n=len(texts))
    # But for the last, which wait for a tick with three (A11).
    await expect(wall.main.get_by_text(wall.words.about(5, "notes.wall.written"))).to_be_visible()
    # Now it is fixed.
    await desk.dock.get_by_role("button", name=desk.words("desk.all")).click()
    exchange = desk.dialog.get_by_role("button", name=desk.words("notes.desk.mode.anonymous.instead"))
    await expect(exchange).to_have_count(0)
    await desk.closes_dialog()
    await desk.goes_on("notes.desk.stop")
    for phone in phones:
        await phone.sees("notes.in_turn.soon")
    await wall.sees("notes.wall.in_turn.soon")
    await desk.sees("notes.desk.telling.soon", n=5)
    for screen in (desk, wall):
        await screen.reads_not(*(text for texts in WRITTEN for text in texts))


async def tells(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """The turn is passed; a note put up is shown large, and only its author can put it up."""
    first, second, third, silent = phones
    await desk.goes_on("notes.desk.pass_word")
    await wall.sees("notes.wall.in_turn.tell")
    await may_hang_up(first, *WRITTEN[0])
    await silent.looks_up()
    for text in WRITTEN[0]:
        await hangs_up(first, text)
        await wall.sees_text(text)
    await first.sees("notes.in_turn.all_up")
    await wall.sees("notes.wall.in_hand", n=3)
    await desk.goes_on("notes.desk.pass_on")
    for screen in (desk, wall, third):
        assert await screen.no_barriers() == []
    # A phone that was away in between still has its notes.
    await second.reload()
    await may_hang_up(second, *WRITTEN[1])
    await hangs_up(second, WRITTEN[1][0])
    await wall.sees_text(WRITTEN[1][0])
    await desk.goes_on("notes.desk.pass_on")
    await may_hang_up(third, *WRITTEN[2])
    await hangs_up(third, WRITTEN[2][0])
    await may_hang_up(third, KEPT)
    # One thinks of something while the others tell.
    await silent.page.get_by_role("button", name=silent.words("notes.in_turn.one_more")).click()
    await silent.sees("notes.in_turn.late")
    await silent.field.fill(LATER)
    await silent.page.get_by_role("button", name=silent.words("notes.phone.send"), exact=True).click()
    await hangs_up(silent, LATER)
    await wall.reads(WRITTEN[0][0], LATER)
    await wall.reads_not(KEPT)
    await desk.reads_not(KEPT)
    await desk.previews(5)


async def goes_on(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """Shown notes are grouped as usual; one kept back stays with its author until the end."""
    # One was written after the stop, and the room was not shown it (A11): the turn can still be passed.
    await desk.does("notes.desk.pass_on")
    await desk.goes_to("clustering_draws")
    await desk.reads(WRITTEN[0][0], LATER)
    await wall.reads_not(KEPT)
    await phones[2].opens_mine()
    await phones[2].stands(KEPT, "kept_back")
    await desk.breaks_off()
    # The phone forgets at once, and so has the board (F4).
    await phones[2].reads_not(KEPT)


async def sums_up(desk: Desk) -> None:
    """The summary has the notes shown, and how they were told."""
    html = read_page(await (await desk.opens_summary()).content()).text
    pdf = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
    told = (WRITTEN[0][0], WRITTEN[1][0], WRITTEN[2][0], LATER, desk.words("notes.report.in_turn"))
    for said in told:
        assert said in html, said
        assert squeezed(said) in pdf, said
    assert KEPT not in html and squeezed(KEPT) not in pdf
