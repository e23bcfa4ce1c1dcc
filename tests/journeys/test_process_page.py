"""The page of a process: the circle by mouse and by key, and a working group that joins by link."""

import asyncio
import re
import sqlite3
from contextlib import closing

from playwright.async_api import Locator, Route, expect

from app.limits import MINUTE
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.meeting import PASSWORD
from tests.support.server import Server
from tests.support.tables import FILE
from tests.support.workshop import Workshop

NAME, DUTY = "Ole Bæk", "Tillidsrepræsentant"


async def at_process(room: Workshop) -> Desk:
    """The facilitator, at the page of the process."""
    context = await room.people.sits_down(state=room.state)
    desk = Desk(await context.new_page(), room.words)
    await desk.page.goto(f"{room.server.url}/desk#/p/{room.meeting.process}")
    await shows(desk, 2)
    return desk


async def shows(desk: Desk, phase: int) -> None:
    """The phase that is described."""
    name = desk.words(f"method.phase.{phase}")
    await expect(desk.main.get_by_role("heading", level=1, name=name, exact=True)).to_be_visible()
    await expect(link(desk, phase)).to_have_attribute("aria-current", "true")


def link(desk: Desk, phase: int) -> Locator:
    """A phase in the circle."""
    ring = desk.page.get_by_role("navigation", name=desk.words("desk.process.circle", cycle=1))
    return ring.get_by_role("link", name=re.compile(rf"^{phase} {desk.words(f'desk.phase.{phase}')}"))


async def test_F1_the_circle_leads_through_the_phases_by_mouse_and_by_key(room: Workshop) -> None:
    desk = await at_process(room)
    await link(desk, 3).click()
    await shows(desk, 3)
    # The arc itself works too.
    await desk.page.locator("nav svg a").nth(4).click()
    await shows(desk, 5)
    await link(desk, 1).focus()
    await desk.presses("Tab", "Tab", "Tab", "Enter")
    await shows(desk, 4)
    await desk.page.go_back()
    await shows(desk, 5)


async def test_F1_F4_a_phase_tells_what_was_found_what_to_have_ready_and_what_is_next(
    room: Workshop,
) -> None:
    begun = await room.desk()
    await begun.starts("notes_draws")
    desk = await at_process(room)
    await desk.reads(desk.words("method.question.draws"))
    await desk.sees("method.phase.2.have.phones")
    await expect(desk.main.get_by_text(desk.words("desk.home.state.live"))).to_be_visible()
    await link(desk, 3).click()
    await desk.sees("desk.process.found_none")
    await desk.main.get_by_role("link", name=desk.words("method.template.choose.about")).click()
    picked = desk.page.get_by_role("radio", name=desk.words("method.template.choose"), exact=False).first
    await expect(picked).to_be_checked()


async def test_F2_a_group_is_renamed_where_it_is_shown(room: Workshop) -> None:
    desk = await at_process(room)
    await desk.button("desk.process.rename").click()
    await desk.dialog.get_by_label(desk.words("desk.process.group"), exact=True).fill("Montagen øst")
    await desk.dialog.get_by_role("button", name=desk.words("desk.save")).click()
    await expect(desk.dialog).to_have_count(0)
    await desk.sees_text("Montagen øst")


async def test_F3_P1_5_a_member_comes_in_by_a_personal_link_drives_and_is_shown_out(
    room: Workshop, people: People
) -> None:
    desk = await at_process(room)
    await desk.button("desk.group.add").click()
    await desk.dialog.get_by_label(desk.words("desk.group.name"), exact=True).fill(NAME)
    await desk.dialog.get_by_label(desk.words("desk.group.duty"), exact=True).fill(DUTY)
    await desk.dialog.get_by_role("button", name=desk.words("desk.save")).click()
    await desk.reads(NAME, DUTY)

    async def chooses(key: str) -> None:
        await desk.page.get_by_role("button", name=desk.words("desk.group.menu", name=NAME)).click()
        await desk.page.get_by_role("menuitem", name=desk.words(key)).click()

    await chooses("desk.group.link")
    url = await desk.dialog.get_by_role("textbox", name=desk.words("desk.group.url")).input_value()
    await desk.button("desk.once.kept").click()

    laptop = await people.sits_down()
    ole = Desk(await laptop.new_page(), room.words)
    await ole.page.goto(url)
    await ole.button("desk.invited.go").click()
    await shows(ole, 2)
    assert url.partition("#")[2] not in ole.page.url
    await expect(ole.button("desk.group.add")).to_have_count(0)
    await ole.reads(NAME, DUTY)
    await ole.main.get_by_role("link", name="Onsdag", exact=True).click()
    await ole.starts("notes_draws")

    # It is used up if somebody finds it later.
    finder = Desk(await (await people.sits_down()).new_page(), room.words)
    await finder.page.goto(url)
    await finder.button("desk.invited.go").click()
    await finder.sees("refused.used")

    await desk.reload()
    await chooses("desk.group.withdraw")
    await ole.sees("desk.signin.title")


def typed_long_ago(server: Server) -> None:
    """Everybody's password was given more than ten minutes ago."""
    with closing(sqlite3.connect(server.data / FILE, isolation_level=None)) as main:
        main.execute("UPDATE session SET proved_at = proved_at - ?", (11 * MINUTE,))


async def deletes(desk: Desk, what: str, name: str) -> Locator:
    """To the last step, with the name typed; what then deletes it for good."""
    await desk.button(f"desk.delete.{what}").click()
    await desk.sees(f"desk.delete.{what}_what")
    await desk.dialog.get_by_role("button", name=desk.words("desk.delete.next")).click()
    go = desk.dialog.get_by_role("button", name=desk.words("desk.delete.go"))
    await expect(go).to_be_disabled()
    await desk.dialog.get_by_label(desk.words("desk.delete.type", name=name), exact=True).fill(name)
    return go


async def test_F4_X4_a_process_deleted_with_the_password_again_is_gone_for_everybody_then_its_company(
    room: Workshop, people: People
) -> None:
    link, _ = await room.link()
    manager = Desk(await (await people.sits_down()).new_page(), room.words)
    await manager.page.goto(link)
    await expect(manager.page.get_by_role("heading", level=1)).to_contain_text("Montagen")
    inside, phone, wall, desk = (
        await room.desk(),
        await room.phone(),
        await room.wall(),
        await at_process(room),
    )
    await phone.is_in()
    companies = (await room.meeting.http.get("/api/home")).json()["companies"]
    (company,) = (
        one["id"] for one in companies for row in one["processes"] if row["id"] == room.meeting.process
    )

    typed_long_ago(room.server)
    go = await deletes(desk, "process", "Montagen")
    await go.click()
    password = desk.dialog.get_by_label(desk.words("desk.delete.password"), exact=True)
    await password.fill("en anden lang sætning")
    assert await desk.no_barriers() == []
    await go.click()
    await desk.sees("refused.proof")
    assert (await room.meeting.http.get(f"/api/workshops/{room.meeting.workshop}")).status_code == 200
    await password.fill(PASSWORD)
    await go.click()
    await expect(desk.dialog).to_have_count(0)
    await phone.sees("phone.left.title")
    await wall.sees("wall.pair.title")
    await inside.sees("desk.not_found")
    await expect(inside.agenda).to_have_count(0)
    await manager.page.goto("about:blank")
    await manager.page.goto(link)
    await manager.sees("page.summary.gone.title")
    await manager.reads_not("Montagen")

    # The password was given just now.
    await desk.page.goto(f"{room.server.url}/desk#/c/{company}")
    await (await deletes(desk, "company", "Montagen ApS")).click()
    await expect(desk.dialog).to_have_count(0)
    await desk.page.goto(f"{room.server.url}/desk#/c/{company}")
    await desk.sees("refused.unknown")


async def test_P1_5_the_summary_names_the_working_group(room: Workshop) -> None:
    path = f"/api/processes/{room.meeting.process}/members"
    await room.meeting.post(path, name=NAME, duty=DUTY)
    desk = await at_process(room)
    await desk.page.goto(f"{room.server.url}/api/workshops/{room.meeting.workshop}/summary.html")
    await desk.sees("summary.row.members")
    await expect(desk.page.get_by_text(NAME)).to_be_visible()


async def test_X12_every_format_is_taken_from_here_cancelled_and_tried_again(room: Workshop) -> None:
    desk = await at_process(room)
    part = desk.page.get_by_role("region", name=desk.words("desk.take"))
    state, cancel = part.get_by_role("status"), desk.button("shared.take.cancel")

    async def takes(shape: str, ending: str) -> None:
        async with desk.page.expect_download() as coming:
            await part.get_by_role("link", name=desk.words(f"desk.take.{shape}"), exact=True).click()
        assert (await coming.value).suggested_filename.endswith(ending)
        await expect(state).to_have_text("")

    for shape, ending in (
        ("pdf", ".pdf"),
        ("docx", ".docx"),
        ("xlsx", ".xlsx"),
        ("csv", "-csv.zip"),
        ("zip", ".zip"),
    ):
        await takes(shape, ending)
    cancelled = asyncio.Event()

    async def hold(route: Route) -> None:
        await cancelled.wait()
        await route.abort()

    await desk.page.route("**/summary.docx?steps=true", hold)
    await part.get_by_role("link", name=desk.words("desk.take.docx"), exact=True).click()
    await expect(state).to_have_text(desk.words("shared.take.making"))
    await cancel.click()
    await expect(state).to_have_text("")
    await expect(cancel).to_be_hidden()
    cancelled.set()
    await desk.page.unroute_all(behavior="wait")
    await desk.page.context.set_offline(True)
    await part.get_by_role("link", name=desk.words("desk.take.docx"), exact=True).click()
    await expect(state).to_have_text(desk.words("shared.take.failed"))
    await desk.page.context.set_offline(False)
    await takes("docx", ".docx")


async def test_W11_a_poster_tells_how_far_it_is_like_any_other_file(room: Workshop) -> None:
    desk = await at_process(room)
    await desk.button("desk.posters.open").click()
    asked: list[str] = []
    desk.page.on("request", lambda request: asked.append(request.url))
    await expect(desk.dialog.get_by_role("status")).to_have_text("")
    async with desk.page.expect_download() as coming:
        await desk.dialog.get_by_role("link", name="SVG").first.click()
    assert (await coming.value).suggested_filename.endswith(".svg")
    assert any(url.endswith(".svg?steps=true") for url in asked)
