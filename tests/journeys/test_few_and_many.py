"""A meeting of four, where hardly anything may be shown, and one of 120 notes on a small projector."""

import asyncio
from collections.abc import Sequence

from playwright.async_api import expect

from tests.exports.reading import page as read_page
from tests.journeys.test_composer import cut
from tests.support.browsers import People, until
from tests.support.desk import Desk
from tests.support.meeting import Wire, new_id
from tests.support.phone import Phone
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import Workshop, workshop

FOUR = ("Vi griner sammen", "Frihed under ansvar", "God musik", "Vi hjælper hinanden")
EDITED = "Vi griner sammen hver dag"
HARD = {"Besked": "Den kommer for sent", "Afbrydelser": "Telefonen ringer"}
#: Realistic words and lengths: from two words to four lines.
THOUGHTS = (
    "For mange møder",
    "Beskeden om ændringer i planen kommer først, når bilen er pakket og vi er på vej ud ad porten",
    "Kaffemaskinen",
    "Arbejdsmiljørepræsentanten har ikke tid",
    "Man ved aldrig, hvem der bestemmer",
    "Telefonen ringer, mens jeg er midt i noget, der kræver, at jeg tænker mig om",
)
MANY, THEMES = 120, 25


def items(desk: Wire, kind: str) -> list[str]:
    """The ids of all items of a kind, in the agenda's order."""
    return [item["id"] for item in desk.items if item["activity"] == kind]


async def test_four_people_meet_and_nothing_is_told_of_one_of_them(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        desk, wall = await room.desk(), await room.wall()
        phones = [await room.phone() for _ in FOUR]
        await writes_and_edits(desk, wall, phones)
        await asks_each(room, desk, wall, phones)
        await desk.breaks_off()
        summary = read_page(await (await desk.opens_summary()).content())
        assert sorted(note.strip() for note in summary.notes) == sorted([EDITED, *FOUR[1:], *HARD.values()])
        assert desk.words("priority.report.spread", least=5) not in summary.text


async def writes_and_edits(desk: Desk, wall: Wall, phones: Sequence[Phone]) -> None:
    """The facilitator reads what a small group means; a single edit waits until the notes are turned over."""
    await desk.starts("notes_draws")
    await desk.sees("notes.desk.few")
    await desk.goes_on("notes.desk.start", minutes="fem")

    async def writes(phone: Phone, text: str) -> None:
        await phone.may_write()
        await phone.sees("notes.phone.few", least=5)
        await phone.writes(text)
        await phone.has_on_board(1)

    await asyncio.gather(*map(writes, phones, FOUR))
    await desk.goes_on("notes.desk.stop")
    await desk.previews(len(FOUR))
    await phones[0].opens_mine()
    await phones[0].edits(FOUR[0], EDITED)
    await phones[0].sees("phone.state.waits")
    await desk.reads(*FOUR)
    await desk.reads_not(EDITED)
    await desk.goes_on("notes.desk.turn_all")
    await wall.reads(EDITED, *FOUR[1:])
    await phones[0].goes_back()


async def asks_each(room: Workshop, desk: Desk, wall: Wall, phones: Sequence[Phone]) -> None:
    """Four placements show nothing, on no screen; the facilitator decides with the group instead."""
    hand = await room.meeting.desk()
    await hand.until(lambda: hand.items)
    (priority,), question, gathering = (
        items(hand, "priority"),
        items(hand, "notes")[1],
        items(hand, "clustering")[1],
    )
    await hand.do("agenda.go", item=question)
    await hand.do("notes.add_paper", activity=question, texts=list(HARD.values()))
    await hand.do("notes.turn_all", activity=question)
    await hand.until(lambda: len(hand.all("note")) == len(FOUR) + len(HARD))
    notes = {note["text"]: note["id"] for note in hand.all("note")}
    await hand.do("agenda.go", item=gathering)
    for name, text in HARD.items():
        theme = new_id()
        made = {"theme": theme, "name": name, "paper": "mos", "notes": hand.at(notes[text])}
        await hand.do("clustering.make_theme", activity=gathering, **made)
        await hand.do("influence.place", theme=theme, base=0, field="can")
    await hand.do("agenda.go", item=priority)
    await hand.close()
    await expect(desk.field("priority.desk.tray")).to_be_visible()
    await desk.presses("o")
    await wall.sees("placing.wall.title")

    async def places(phone: Phone) -> None:
        await phone.sees("placing.phone.few", least=5)
        await phone.places(dict.fromkeys(HARD, (True, False)))
        await phone.sees("placing.phone.stored", n=2)

    await asyncio.gather(*map(places, phones))
    await desk.goes_on("placing.desk.close")
    for screen, shell in ((wall, "wall"), (desk, "desk")):
        await screen.sees(f"placing.{shell}.group.all_few", least=5)
        await expect(screen.main.locator("svg[role=img] circle")).to_have_count(0)


async def test_U4_120_notes_and_25_themes_are_all_read_on_a_small_projector(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        texts = [f"{THOUGHTS[n % len(THOUGHTS)]} ({n + 1})" for n in range(MANY)]
        question, gathering = items(hand, "notes")[0], items(hand, "clustering")[0]
        await hand.do("agenda.go", item=question)
        for first in range(0, MANY, 40):
            await hand.do("notes.add_paper", activity=question, texts=texts[first : first + 40])
        await hand.do("notes.turn_all", activity=question)
        await hand.do("wall.change", workshop=room.meeting.workshop, size="XL")
        await hand.until(lambda: len(hand.all("note")) == MANY)
        wall, desk = await room.wall(width=1024, height=768, still=True), await room.desk()
        await wall.has_size("XL")
        assert await every_page(desk, wall) == set(texts)

        # By text: a board has its notes in no order, and one is to be left for the mouse.
        ids = {note["text"]: note["id"] for note in hand.all("note")}
        notes = [ids[text] for text in texts]
        names = [f"Tema om noget {n + 1}" for n in range(THEMES)]
        for n, name in enumerate(names):
            about = {
                "theme": new_id(),
                "name": name,
                "paper": "fjord",
                "notes": hand.at(*notes[n::THEMES][:4]),
            }
            await hand.do("clustering.make_theme", activity=gathering, **about)
        await hand.do("agenda.go", item=gathering)
        await hand.close()
        await desk.drags(desk.note(texts[-1]), desk.theme(names[0]))
        await wall.theme_holds(names[0], 5)
        assert await cut(wall) == []


async def every_page(desk: Desk, wall: Wall) -> set[str]:
    """What the room has read after all pages; nothing is cut off on any of them."""
    read = set(await until(wall.texts, bool))
    first, last, of = await wall.range()
    while True:
        assert await cut(wall) == []
        read |= set(await wall.texts())
        if last >= of:
            return read
        await desk.shows_from(last + 1)
        first, last, of = await wall.next_range(first)
