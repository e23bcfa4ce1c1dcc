"""P5.3, P5.4: the working group reflects, sets the progress of a theme, and chooses the next."""

from datetime import date

from playwright.async_api import expect

from tests.exports.reading import page, pdf_text, squeezed
from tests.support.access import slots
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import Workshop, workshop

THEMES = {"Tonen": ("Vi griner sammen",), "Frihed": ("Frihed under ansvar", "Selv lægge dagen")}
WELL, LESS = "Nattevagten var med fra begyndelsen.", "Vi ville for meget på én gang."
FAR, PLAN = "Vi siger det til hinanden med det samme.", "Lone spørger tre kolleger inden den 1."
WEEKDAYS = ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag")
#: W13: what the why said of how it would look.
AIM = "Ingen går hjem med ondt i maven."
#: P5.4: at which meeting, when, and who.
REMINDER = ("Tavlemødet", "når vi kan", "Dorte")


async def last_meeting(room: Workshop) -> None:
    """Two themes are on the process's board; the first was worked with."""
    ids = await room.meeting.gathers(THEMES)
    desk = await room.meeting.desk()
    await desk.until(lambda: desk.items)
    why = next(one["id"] for one in desk.all("item") if one["activity"] == "why")
    await desk.do("why.write", activity=why, part="success", base=0, text=AIM)
    for theme in ids.values():
        await desk.do("influence.place", theme=theme, base=0, field="can")
    await desk.do("priority.choose", theme=ids["Tonen"], confirmed=False)
    await desk.do("agenda.end", workshop=room.meeting.workshop)
    await desk.close()


async def answers(desk: Desk, part: str, text: str) -> None:
    """Type into the field, and leave it."""
    field = desk.page.get_by_label(desk.words(f"reflection.desk.part.{part}"))
    await field.fill(text)
    await field.blur()
    await expect(desk.main.get_by_text(desk.words("desk.answer.saved")).first).to_be_visible()


async def sets(desk: Desk, wall: Wall) -> None:
    """P5.4: one number by mouse, the other by key; the wall draws it at once, and names it."""
    scale = desk.main.get_by_role("group", name=desk.words("reflection.desk.progress.value"))
    await scale.get_by_text("3", exact=True).click()
    await expect(scale.get_by_role("radio", name="3", exact=True)).to_be_checked()
    await desk.presses("ArrowRight")
    aim = desk.main.get_by_role("group", name=desk.words("reflection.desk.progress.want"))
    await aim.get_by_role("radio", name="7", exact=True).focus()
    await desk.presses("Space", "ArrowRight")
    picture = wall.main.get_by_role("img", name="Tonen")
    await expect(picture).to_have_accessible_name(wall.words.any("reflection.wall.alt.way"))
    await expect(picture).to_contain_text("4")
    await expect(picture).to_contain_text("8")
    words = desk.main.get_by_label(desk.words("reflection.desk.progress.high"))
    await words.fill("Vi taler om det")
    await words.blur()
    await expect(picture).to_contain_text("Vi taler om det")


async def keeps_boiling(desk: Desk, wall: Wall) -> None:
    """P5.4: a meeting for the theme, one of two days, a poster of it, and a sentence for the management."""
    pot = desk.main.get_by_role("region", name=desk.words("reflection.desk.pot"))
    # "Next" can mean the day after tomorrow, or a week later.
    soon = WEEKDAYS[(date.today().weekday() + 2) % 7]  # noqa: DTZ011 - the day of the machine is the server's
    for at, when, who in (("Personalemødet", f"næste {soon}", ""), REMINDER):
        for key, text in (("meeting", at), ("when", when), ("who", who)):
            await pot.get_by_label(desk.words(f"reflection.desk.pot.{key}"), exact=True).fill(text)
        await pot.get_by_role("button", name=desk.words("reflection.desk.pot.add")).click()
        await expect(pot.get_by_role("listitem").filter(has_text=at)).to_be_visible()
        await wall.reads(at)
    # Two readings: the driver chooses one.
    which = pot.get_by_role("group", name=desk.words("reflection.desk.pot.either"))
    await which.get_by_role("button").first.click()
    await expect(which).to_have_count(0)
    await pot.get_by_role(
        "button", name=desk.words("reflection.desk.pot.forget", meeting="Personalemødet")
    ).click()
    await expect(pot.get_by_role("listitem")).to_have_count(1)
    await expect(pot).to_contain_text(desk.words("reflection.desk.pot.say.way", value=4, want=8))
    # On paper there is the poster and nothing else.
    await desk.page.evaluate("window.print = () => {}")
    await pot.get_by_role("button", name=desk.words("reflection.desk.pot.print")).click()
    await desk.page.emulate_media(media="print")
    sheet = desk.page.locator(".sheet")
    await expect(sheet.get_by_role("heading", name="Tonen")).to_be_visible()
    await expect(sheet).to_contain_text(REMINDER[0])
    for key in ("way", "again", "foot"):
        await expect(sheet).to_contain_text(desk.words(f"reflection.desk.sheet.{key}"))
    await expect(desk.main).to_be_hidden()
    await desk.page.emulate_media(media="screen")
    await desk.page.evaluate("dispatchEvent(new Event('afterprint'))")
    await expect(sheet).to_have_count(0)


async def test_P5_3_P5_4_W13_U5_looking_back_and_ahead_on_desk_wall_and_phone(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        await last_meeting(room)
        await room.meeting.again("follow_up")
        desk, wall = await room.desk(), await room.wall()
        phones = [await room.phone() for _ in range(4)]
        for phone in phones:
            await phone.is_in()
        await desk.starts("since_last")
        await desk.moves_on_to("reflection")
        for phone in phones:
            await phone.sees("reflection.phone.text")
        await wall.sees("reflection.wall.title.far")
        for part, text in (("far", FAR), ("well", WELL), ("less", LESS)):
            await answers(desk, part, text)
        await wall.reads(FAR, AIM)
        await desk.reads(AIM)
        await wall.reads_not(WELL)
        await sets(desk, wall)
        # U5: the progress of a theme is shown completely; its column scrolls.
        assert await slots(desk.page) == []
        assert await wall.no_barriers() == []
        step = desk.words("reflection.desk.step.both")
        await desk.goes_on("reflection.desk.to", step=step)
        await wall.reads(WELL, LESS)
        await desk.main.get_by_role("radio", name=desk.words("reflection.desk.step.next")).focus()
        await desk.presses("3")
        await wall.sees("reflection.wall.empty.next")
        # P5.3: only themes that were not worked with are offered, with what is known about them.
        choice = desk.main.get_by_label(desk.words("reflection.desk.next"), exact=True)
        await expect(choice.get_by_role("option")).to_have_text(
            [desk.words("reflection.desk.next.none"), "Frihed"]
        )
        await choice.select_option("Frihed")
        await desk.sees_text("Selv lægge dagen")
        await answers(desk, "plan", PLAN)
        await wall.reads("Frihed", PLAN)
        await keeps_boiling(desk, wall)
        assert await desk.no_barriers() == []
        await desk.ends()
        html = page(await (await desk.opens_summary()).content())
        report = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
        for text in (FAR, WELL, LESS, "Frihed", PLAN, "Vi taler om det", *REMINDER):
            assert text in html.text
            assert squeezed(text) in report
