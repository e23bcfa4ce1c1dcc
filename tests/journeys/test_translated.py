"""G25: the same meeting on a Danish phone, an English one, and one whose browser translates the page.

All do the same, from the first note to the thanks. The translated phone shows every word that the Danish one
does, in its own language, and texts arrive at the desk as people wrote them. A page that throws fails each
journey.
"""

import asyncio
import re

from playwright.async_api import expect

from tests.support.browsers import until
from tests.support.meeting import Wire, new_id
from tests.support.phone import Phone
from tests.support.translated import TranslatedWords, translate, translated
from tests.support.words import Words
from tests.support.workshop import Workshop

NOTES = ("Vi griner sammen", "Ro til at blive færdig")
EDITED = "Ro, når døren er lukket"
THEME = "Tonen"


async def test_G25_a_phone_in_Danish_in_English_and_translated_from_the_first_note_to_the_end(
    room: Workshop,
) -> None:
    desk = await room.meeting.desk()
    danish, english, foreign = phones = [
        await room.phone(), await room.phone(locale="en-GB"), await room.phone()
    ]  # fmt: skip
    english.words, foreign.words = Words("en"), TranslatedWords()
    await danish.is_in()
    await translate(foreign.page)
    await asyncio.gather(*(phone.is_in() for phone in phones))
    await read_alike(danish, foreign)
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    await desk.do("timer.start", activity=question, seconds=300)
    await asyncio.gather(*(writes(phone) for phone in phones))
    await read_alike(danish, foreign)
    await turns(desk, question)
    await asyncio.gather(*(phone.looks_up() for phone in phones))
    await read_alike(danish, foreign)
    await votes(room, desk, phones)
    await read_alike(danish, foreign)
    await desk.do("agenda.end", workshop=room.meeting.workshop)
    await asyncio.gather(*(phone.sees("phone.ended.title") for phone in phones))
    await read_alike(danish, foreign)
    await foreign.page.get_by_role("button", name=foreign.words("phone.ended.again")).click()
    await expect(foreign.page.get_by_role("textbox", name=foreign.words("phone.join.code"))).to_be_focused()
    await desk.close()


async def read_alike(danish: Phone, foreign: Phone) -> None:
    """No word is lost, left over or untranslated, except the clock."""

    async def shown(phone: Phone) -> str:
        return re.sub(r"\d+:\d\d", "", await phone.main.inner_text())

    async def both() -> tuple[str, str]:
        return translated(await shown(danish)), await shown(foreign)

    await until(both, lambda pages: pages[0] == pages[1])


async def writes(phone: Phone) -> None:
    """Two notes, one of them changed, and done."""
    await phone.may_write()
    await phone.writes(*NOTES)
    await phone.has_on_board(2)
    await phone.opens_mine()
    # People's own text is left as it is.
    await phone.mine(NOTES[1]).get_by_role("button", name=phone.words("phone.mine.edit")).click()
    field = phone.page.get_by_label(phone.words("phone.mine.field"), exact=True)
    await expect(field).to_have_value(NOTES[1])
    await field.fill(EDITED)
    await phone.page.get_by_role("button", name=phone.words("phone.mine.save"), exact=True).click()
    await phone.stands(EDITED, "stored")
    await phone.goes_back()
    await phone.is_done()


async def turns(desk: Wire, question: str) -> None:
    """All texts are on the desk to the letter, three times each; two of them become a theme."""
    await desk.do("notes.stop_writing", activity=question)
    await desk.do("notes.turn_all", activity=question)
    await desk.until(lambda: len([n for n in desk.all("note") if n["face"] == "up"]) == 6)
    assert sorted(note["text"] for note in desk.all("note")) == sorted([NOTES[0], EDITED] * 3)


async def votes(room: Workshop, desk: Wire, phones: list[Phone]) -> None:
    """A dot from each on the only theme."""
    gathering, notes = desk.items[1]["id"], desk.all("note")
    made = {"theme": new_id(), "name": THEME, "paper": "mos", "notes": desk.at(*(n["id"] for n in notes[:2]))}
    await desk.do("clustering.make_theme", activity=gathering, **made)
    item = new_id()
    about = {"activity": "dots", "title": "Prikker", "minutes": 5, "settings": {"dots": 3}, "before": None}
    await desk.do("agenda.add", item=item, workshop=room.meeting.workshop, **about)
    await desk.do("agenda.go", item=item)
    for phone in phones:
        name = translated(THEME) if isinstance(phone.words, TranslatedWords) else THEME
        await phone.page.get_by_role("button", name=re.compile(f"^{name},")).click()
    for phone in phones:
        await phone.sees("dots.phone.left", n=2)
        await phone.sees("dots.phone.stored")
