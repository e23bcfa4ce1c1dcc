"""P2.6, P2.9, F4: agendas before and during the meeting, and as templates; notes grouped between meetings."""

from playwright.async_api import expect

from tests.support.browsers import People, until
from tests.support.desk import Desk
from tests.support.meeting import new_id, new_secret
from tests.support.server import Server
from tests.support.workshop import Workshop, workshop

NAME = "Vores trivselsmøde"


async def reads(desk: Desk, *titles: str) -> None:
    """Wait until the agenda is this."""

    async def rows() -> list[str]:
        found = await desk.agenda.get_by_role("listitem").all_inner_texts()
        return [text.split("\n")[0].strip() for text in found]

    await until(rows, lambda shown: shown == list(titles))


async def menu(desk: Desk, item: str, action: str) -> None:
    """The entries of an item's own menu."""
    await desk.agenda.get_by_role("button", name=item).click()
    await desk.page.get_by_role("menuitem", name=desk.words(action)).click()


async def adds(desk: Desk, kind: str, title: str, minutes: int) -> None:
    """An activity at the end of the agenda."""
    await desk.agenda.get_by_role("button", name=desk.words("desk.agenda.add")).click()
    dialog = desk.dialog
    await dialog.get_by_label(desk.words("desk.item.kind")).select_option(
        label=desk.words(f"desk.kind.{kind}")
    )
    await dialog.get_by_label(desk.words("desk.item.title")).fill(title)
    await dialog.get_by_label(desk.words("desk.item.minutes")).fill(str(minutes))
    await dialog.get_by_label(desk.words("desk.item.where")).select_option(label=desk.words("desk.item.last"))
    await dialog.get_by_role("button", name=desk.words("desk.item.add_go")).click()
    await expect(dialog).to_have_count(0)


async def test_P2_9_F4_an_agenda_is_arranged_before_and_during_the_meeting_and_kept(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        desk = await room.desk()
        await prepares(room, desk)
        await rearranges(desk)
        await goes_on_live(desk)
        await keeps(desk)
        await uses_again(room, desk)


async def prepares(room: Workshop, desk: Desk) -> None:
    """Prepared for a later day: no door is open yet."""
    await desk.page.goto(f"{room.server.url}/desk#/new/{room.meeting.process}/choose")
    title = desk.words("method.template.choose")
    await expect(desk.page.get_by_role("radio", name=title)).to_be_checked()
    await desk.page.get_by_text(desk.words("desk.new.details")).click()
    day = desk.page.get_by_role("textbox", name=desk.words("desk.new.date"))
    await day.fill("hvis vi når det")
    await expect(day).to_have_attribute("aria-invalid", "true")
    # What nobody could read is not taken for today.
    await desk.button("desk.new.prepare").click()
    await expect(desk.page.locator(".wrong")).to_be_visible()
    await expect(day).to_have_value("hvis vi når det")
    await day.fill("6.5.31")
    await day.blur()
    # U19: in the language of the page, whatever the browser speaks.
    await expect(day).to_have_value("tirsdag 6. maj 2031")
    assert await desk.no_barriers() == []
    await desk.button("desk.new.prepare").click()
    await expect(desk.dock).to_be_visible()


async def rearranges(desk: Desk) -> None:
    """Before anything is live: added, moved by key, given other minutes, removed, undone."""
    influence, priority = (desk.words(f"method.item.{name}") for name in ("influence", "priority"))
    await adds(desk, "dots", "Prikker først", 7)
    await reads(desk, influence, priority, "Prikker først")
    await desk.agenda.get_by_role("button", name="Prikker først").focus()
    for place in (1, 0):
        await desk.presses("Alt+ArrowUp")
        await expect(desk.agenda.get_by_role("listitem").nth(place)).to_contain_text("Prikker først")
        await expect(desk.agenda.get_by_role("button", name="Prikker først")).to_be_focused()
    await menu(desk, priority, "desk.agenda.edit")
    await desk.dialog.get_by_label(desk.words("desk.item.minutes")).fill("45")
    await desk.dialog.get_by_role("button", name=desk.words("desk.save")).click()
    await expect(desk.dialog).to_have_count(0)
    await menu(desk, influence, "desk.agenda.remove")
    await expect(desk.agenda.get_by_role("listitem")).to_have_count(2)
    await desk.undoes("agenda.remove")
    await expect(desk.agenda.get_by_role("listitem")).to_have_count(3)
    # F4: the total time, before it begins.
    await expect(desk.agenda).to_contain_text(str(7 + 30 + 45))


async def goes_on_live(desk: Desk) -> None:
    """During the meeting the same works; what was live stays in the agenda."""
    influence, priority = (desk.words(f"method.item.{name}") for name in ("influence", "priority"))
    await menu(desk, influence, "desk.agenda.go")
    await desk.is_at("influence")
    await menu(desk, priority, "desk.agenda.up")
    await expect(desk.agenda.get_by_role("listitem").nth(1)).to_contain_text(priority)
    await adds(desk, "presentation", "Til sidst", 10)
    await expect(desk.agenda.get_by_role("listitem")).to_have_count(4)


async def keeps(desk: Desk) -> None:
    """The current agenda, saved under a name."""
    await desk.does("desk.own.save")
    await desk.dialog.get_by_label(desk.words("desk.own.name")).fill(NAME)
    await desk.dialog.get_by_role("button", name=desk.words("desk.save")).click()
    await desk.sees("desk.own.saved", name=NAME)


async def uses_again(room: Workshop, desk: Desk) -> None:
    """In another process of the same company; then renamed, and deleted."""
    (company,) = (await room.meeting.http.get("/api/home")).json()["companies"]
    other = await room.meeting.post("/api/processes", company=company["id"], group="Kontoret")
    await desk.page.goto(f"{room.server.url}/desk#/new/{other['id']}")
    await desk.page.get_by_role("radio", name=NAME).check()
    await desk.page.get_by_role("button", name=desk.words("desk.new.prepare")).click()
    await expect(desk.dock).to_be_visible()
    titles = (desk.words(f"method.item.{name}") for name in ("priority", "influence"))
    await reads(desk, "Prikker først", *titles, "Til sidst")
    await desk.page.goto(f"{room.server.url}/desk#/new/{other['id']}")
    await desk.page.get_by_role("button", name=desk.words("desk.own.menu", name=NAME)).click()
    await desk.page.get_by_role("menuitem", name=desk.words("desk.own.remove")).click()
    await desk.dialog.get_by_role("button", name=desk.words("desk.own.remove")).click()
    await expect(desk.page.get_by_role("radio", name=NAME)).to_have_count(0)


async def test_P2_6_the_working_group_gathers_the_notes_between_two_meetings(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="both_questions") as room:
        await asks(room)
        await room.meeting.again("gathering")
        desk, wall = await room.desk(), await room.wall()
        await desk.starts("clustering_draws")
        await desk.reads("Vi griner sammen", "Vi hjælper hinanden")
        await desk.moves_by_menu("Vi griner sammen", desk.words("clustering.desk.to_fresh"))
        await desk.names("Tonen")
        await desk.moves_by_menu("Vi hjælper hinanden", "Tonen")
        await wall.theme_holds("Tonen", 2)
        await desk.goes_to("clustering_hard")
        await desk.reads("Beskeden kommer sent")


async def asks(room: Workshop) -> None:
    """Both questions, two notes to the first, one to the second; then the meeting is over."""
    desk, phone = await room.meeting.desk(), await room.meeting.phone()
    await desk.until(lambda: len(desk.items) == 2)
    draws, hard = (item["id"] for item in desk.items)
    for question, texts in (
        (draws, ("Vi griner sammen", "Vi hjælper hinanden")),
        (hard, ("Beskeden kommer sent",)),
    ):
        await desk.do("agenda.go", item=question)
        for text in texts:
            note = {"note": new_id(), "secret": new_secret(), "rev": 1, "text": text}
            await phone.ask({"type": "notes.write", "activity": question, **note})
        await desk.do("notes.turn_all", activity=question)
    await desk.do("agenda.end", workshop=room.meeting.workshop)
    await phone.close()
    await desk.close()


async def test_W8_W13_a_pause_in_the_agenda_and_the_whole_script_on_a_page(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="step_2") as room:
        desk, wall, phone = await room.desk(), await room.wall(), await room.phone()
        await phone.is_in()
        sheet = desk.agenda.get_by_role("link", name=desk.words("desk.sheet"))
        async with desk.page.context.expect_page() as opening:
            await sheet.click()
        page = await opening.value
        await expect(page.get_by_role("heading", name=desk.words("method.item.notes_hard"))).to_be_visible()
        await page.get_by_label(desk.words("sheet.begins")).fill("13:00")
        await page.get_by_role("button", name=desk.words("sheet.show")).click()
        await expect(page.get_by_text("13:00", exact=True)).to_be_visible()
        await page.close()
        await desk.agenda.get_by_role("button", name=desk.words("desk.agenda.add")).click()
        kind = desk.dialog.get_by_label(desk.words("desk.item.kind"))
        await kind.select_option(label=desk.words("desk.kind.free"))
        await desk.dialog.get_by_label(desk.words("free.desk.text")).fill("Kaffen står i kantinen")
        where = desk.dialog.get_by_label(desk.words("desk.item.where"))
        await where.select_option(label=desk.words("desk.item.last"))
        assert await desk.no_barriers() == []
        await desk.dialog.get_by_role("button", name=desk.words("desk.item.add_go")).click()
        await expect(desk.dialog).to_have_count(0)
        # Its name describes it.
        await desk.goes_to("pause")
        await wall.reads("Kaffen står i kantinen")
        await expect(phone.page.get_by_text("Kaffen står i kantinen")).to_be_visible()
        await desk.goes_on("free.desk.start", n=15)
        # When the meeting continues, by the clock.
        shown = wall.main.get_by_text(desk.words("free.wall.back").split("{")[0].strip())
        await expect(shown).to_be_visible()
