"""P4.1-P4.4: from a chosen theme to practical proposals: one desk, one wall, four phones."""

import pytest
from playwright.async_api import expect

from tests.exports.reading import page as read_page, pdf_text, squeezed
from tests.support.desk import Desk
from tests.support.meeting import new_id
from tests.support.phone import Phone
from tests.support.serve import SHORT_TICKS
from tests.support.wall import Wall
from tests.support.workshop import Workshop

COMMAND = SHORT_TICKS

#: What each of the four writes, poster by poster.
WRITTEN = (
    {"stop": ("Rette i tegningen uden at sige det",), "more": ("Ti minutter ved tavlen hver morgen",)},
    {"stop": ("Lægge ordrer om efter kl. 14",), "new": ("Rødt mærke på den nye tegning",)},
    {"more": ("Ringe til hallen, før kunden får svar",), "new": ("Fast lukketid for ændringer",)},
    {"new": ("Én fra hallen med på kontorets møde",)},
)
PAPER = "Give besked på en lap papir"
HIDDEN = "Lægge ordrer om efter kl. 14"
MORNING = "Ti minutter ved tavlen hver morgen"
CHAIN = ("Kl. 7.10, på skift", "Den første uge tager kontoret", "Listen hænger ved kaffen")


@pytest.fixture
async def themes(room: Workshop) -> Workshop:
    """An earlier meeting of the process has grouped its notes and chosen two themes; this one continues."""
    desk = await room.meeting.desk()
    await desk.until(lambda: desk.items)
    question, gather = desk.items[2]["id"], desk.items[3]["id"]
    await desk.do("agenda.go", item=question)
    texts = ["Besked kommer for sent", "Telefonen ringer", "Porten står åben"]
    await desk.do("notes.add_paper", activity=question, texts=texts)
    await desk.do("notes.turn_all", activity=question)
    await desk.until(lambda: len(desk.all("note")) == len(texts))
    names = ("Besked om ændringer", "Afbrydelser", "Kulde i hallen")
    for name, note in zip(names, desk.all("note"), strict=True):
        theme = new_id()
        made = {"theme": theme, "name": name, "paper": "hyben", "notes": desk.at(note["id"])}
        await desk.do("clustering.make_theme", activity=gather, **made)
        await desk.do("influence.place", theme=theme, base=0, field="can")
        if name == "Kulde i hallen":
            continue
        urgent = name == "Besked om ændringer"
        await desk.do("priority.place", theme=theme, base=0, important=True, urgent=urgent)
        await desk.do("priority.choose", theme=theme, confirmed=False)
    await desk.do("agenda.end", workshop=room.meeting.workshop)
    await desk.close()
    await room.meeting.again("work")
    return room


async def test_P4_1_P4_2_P4_3_P4_4_from_a_theme_to_proposals_one_can_act_on(themes: Workshop) -> None:
    desk, wall = await themes.desk(), await themes.wall()
    phones = [await themes.phone() for _ in WRITTEN]
    for phone in phones:
        await phone.is_in()
    await begins(desk, wall, phones)
    await exchanges_the_tool(desk, wall, phones)
    await writes(desk, wall, phones)
    await turns(desk, wall, phones)
    await asks_how(desk, wall)
    await picks(desk, wall)
    await one_tool_for_a_theme(desk)
    await makes_plan(desk, wall)
    await sums_up(desk)


async def begins(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P4.3: the theme is chosen when the item begins; until then nobody writes."""
    await desk.starts("posters")
    await wall.sees("posters.wall.soon")
    for phone in phones:
        await phone.sees("posters.phone.soon.title")
    await desk.goes_on("posters.desk.choose")
    await expect(desk.dialog.get_by_role("listitem")).to_have_text(["Besked om ændringer", "Afbrydelser"])
    await desk.dialog.get_by_role("button", name="Besked om ændringer").click()
    await desk.sees("posters.desk.which_tool", theme="Besked om ændringer")
    await desk.chooses(desk.words("desk.kind.turn_up_turn_down"))
    await desk.comes_next("notes.desk.start", minutes="fem")


async def exchanges_the_tool(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P4.3: nothing is written yet, so the other tool can still be used."""
    for poster in ("up", "down"):
        await wall.sees(f"posters.wall.name.{poster}")
    await phones[0].may_write()
    await desk.main.get_by_role("button", name=desk.words("posters.desk.change")).click()
    await desk.dialog.get_by_role("button", name="Besked om ændringer").click()
    await desk.sees("posters.desk.which_tool", theme="Besked om ændringer")
    await desk.chooses(desk.words("desk.kind.stop_more_new"))
    for poster in ("stop", "more", "new"):
        await wall.sees(f"posters.wall.name.{poster}")
    for phone in phones:
        which = phone.page.get_by_role("group", name=phone.words("posters.phone.which"))
        await expect(which.get_by_role("button")).to_have_count(3)


async def writes(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P4.1: five minutes of silence; each proposal on its poster, and nobody can read anything yet (A16)."""
    await desk.goes_on("notes.desk.start", minutes="fem")
    for phone in phones:
        assert 280 < await phone.runs() <= 300
    for phone, posters in zip(phones, WRITTEN, strict=True):
        for poster, texts in posters.items():
            name = phone.words(f"posters.phone.name.{poster}")
            await phone.page.get_by_role("button", name=name, exact=True).click()
            await phone.sees(f"posters.phone.ask.{poster}")
            await phone.writes(*texts)
        await phone.has_on_board(sum(map(len, posters.values())))
    # The chosen poster stays while people look at their own notes.
    await phones[0].opens_mine()
    await phones[0].goes_back()
    more = phones[0].page.get_by_role("button", name=phones[0].words("posters.phone.name.more"), exact=True)
    await expect(more).to_have_attribute("aria-pressed", "true")

    await desk.main.get_by_role("button", name=desk.words("notes.desk.paper")).click()
    await desk.dialog.get_by_role("button", name=desk.words("posters.desk.name.stop"), exact=True).click()
    await desk.dialog.get_by_label(desk.words("notes.desk.paper.field")).fill(PAPER)
    await desk.dialog.get_by_role("button", name=desk.words("notes.desk.paper.yes")).click()
    total = 1 + sum(len(texts) for posters in WRITTEN for texts in posters.values())
    await expect(wall.main.get_by_text(wall.words.about(total, "posters.wall.cards"))).to_be_visible()
    for screen in (wall, desk):
        source = await screen.page.content()
        assert not [t for posters in WRITTEN for texts in posters.values() for t in texts if t in source]


async def turns(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """P4.1: after the stop each poster's count; one is hidden; then all proposals are listed."""
    await desk.goes_on("notes.desk.stop")
    for poster, n in (("stop", 3), ("more", 2), ("new", 3)):
        named = wall.main.get_by_role("region", name=wall.words(f"posters.wall.name.{poster}"))
        await expect(named.get_by_text(wall.words("posters.wall.count", n=n), exact=True)).to_be_visible()
    await desk.hides_or_shows(HIDDEN)
    await desk.goes_on("notes.desk.turn_all")
    shown = [t for posters in WRITTEN for texts in posters.values() for t in texts if t != HIDDEN]
    await wall.reads(*shown, PAPER)
    await wall.reads_not(HIDDEN)
    for phone in phones:
        await phone.looks_up()


async def asks_how(desk: Desk, wall: Wall) -> None:
    """P4.4: "how?" by its key, again below the answer; one is reworded, one removed and restored."""
    await desk.picks_note(MORNING)
    for answer in CHAIN:
        await desk.presses("w")
        await desk.dialog.get_by_label(desk.words("posters.desk.how.field")).fill(answer)
        await desk.sends()
        await wall.reads(answer)
        # The answer is selected: "how?" continues from there.
        await expect(desk.note(answer)).to_have_attribute("aria-pressed", "true")
    await desk.presses("Delete")
    await wall.reads_not(CHAIN[2])
    await desk.undoes("proposals.drop")
    await wall.reads(CHAIN[2])
    await desk.note(CHAIN[0]).click()
    await desk.presses("r")
    await desk.dialog.get_by_label(desk.words("posters.desk.how.field")).fill("Kl. 7.15, på skift")
    await desk.sends()
    await wall.reads("Kl. 7.15, på skift")
    await desk.can_undo("proposals.reword")


async def picks(desk: Desk, wall: Wall) -> None:
    """P4.5: proposals for the action plan are marked by key."""
    await desk.picks_note(MORNING)
    await desk.presses("c")
    await desk.sees("posters.desk.mark")
    await expect(wall.main.get_by_role("img", name=wall.words("posters.wall.picked"))).to_be_visible()
    await desk.can_undo("proposals.pick")
    # Read aloud, with its answers.
    await desk.presses("f")
    front = wall.main.locator(".front")
    await expect(front).to_contain_text(MORNING)
    await expect(front).to_contain_text(CHAIN[1])
    # By its text, which changes once the desk knows what the wall shows.
    await desk.does("desk.forward.off")
    await expect(front).to_have_count(0)


async def one_tool_for_a_theme(desk: Desk) -> None:
    """P4.3: the next item may use the other theme; the first keeps its tool."""
    await desk.agenda.get_by_role("button", name=desk.words("desk.agenda.add")).click()
    await desk.dialog.get_by_label(desk.words("desk.item.kind")).select_option(
        label=desk.words("desk.kind.turn_up_turn_down")
    )
    await desk.dialog.get_by_role("button", name=desk.words("desk.item.add_go")).click()
    # A title is stored with one form of dashes.
    await desk.goes_on("desk.on", title=desk.words("desk.kind.turn_up_turn_down").replace("–", "-"))
    await desk.goes_on("posters.desk.choose")
    used = desk.words("posters.desk.used", tool=desk.words("desk.kind.stop_more_new"))
    await expect(desk.dialog.get_by_role("button", name="Besked om ændringer")).to_contain_text(used)
    await desk.dialog.get_by_role("button", name="Afbrydelser").click()
    await desk.sees("posters.desk.which_tool", theme="Afbrydelser")
    await desk.chooses(desk.words("desk.kind.turn_up_turn_down"))
    await desk.comes_next("notes.desk.start", minutes="fem")


async def makes_plan(desk: Desk, wall: Wall) -> None:
    """P4.5: a marked proposal becomes an action by one key, with its answers as the method."""
    await desk.goes_to("action_plan")
    await desk.sees("action_plan.desk.picked")
    await desk.presses("g")
    await wall.reads(MORNING)
    await desk.can_undo("action_plan.make")


async def sums_up(desk: Desk) -> None:
    """The summary has theme, posters, proposals, chains and marks, and nothing that was hidden."""
    await desk.breaks_off()
    html = read_page(await (await desk.opens_summary()).content()).text
    pdf = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
    keys = ("stop_more_new.report.stop", "stop_more_new.report.new", "summary.picked", "summary.how")
    shown = [t for posters in WRITTEN for texts in posters.values() for t in texts if t != HIDDEN]
    for said in (
        *shown,
        PAPER,
        "Kl. 7.15, på skift",
        *CHAIN[1:],
        "Besked om ændringer",
        *map(desk.words, keys),
    ):
        assert said in html, said
        assert squeezed(said) in pdf, said
    for gone in (HIDDEN, CHAIN[0]):
        assert gone not in html and squeezed(gone) not in pdf
