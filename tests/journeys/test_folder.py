"""G07: a small meeting at an address with a path, in real browsers."""

from collections.abc import Callable

from playwright.async_api import expect

from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.meeting import EMAIL, PASSWORD
from tests.support.server import Server, free_port
from tests.support.words import Words
from tests.support.workshop import workshop


async def test_G07_a_small_meeting_in_a_folder(people: People, new_server: Callable[..., Server]) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}/trivsel"
    server = new_server(port=port, env={"TRIVSEL_BASE_URL": url}).start()
    server.url = url
    laptop = await people.sits_down()
    desk = Desk(await laptop.new_page(), Words())
    await desk.makes_account(server.first_link(), "Anna Ahl", EMAIL, PASSWORD)
    await expect(desk.page.get_by_label(desk.words("desk.process.company_name"))).to_be_visible()
    async with workshop(people, server) as room:
        desk, wall = await room.desk(), await room.wall()
        qr = await wall.qr()
        assert qr.startswith(f"{url}/J/")
        await wall.reads(url.removeprefix("http://"))
        phone, typed = await room.phone(qr), await room.phone(url)
        await typed.code(await wall.code())
        for one in (phone, typed):
            await one.is_in()
        await desk.starts("notes_draws")
        await desk.goes_on("notes.desk.start", minutes="fem")
        await phone.writes("Kaffen er varm")
        await phone.has_on_board(1)
        await phone.reload()
        await phone.has_on_board(1)
        await desk.goes_on("notes.desk.stop")
        await desk.goes_on("notes.desk.turn_all")
        await expect(wall.papers).to_have_text(["Kaffen er varm"])
        # U7: the preview of the wall on the desk is a page of its own, under the same path.
        await expect(desk.page.frame_locator("iframe").get_by_text("Kaffen er varm")).to_be_visible()
        link, _ = await room.link()
        await phone.page.goto(link)
        await expect(phone.page.get_by_role("heading", level=1)).to_contain_text("Montagen")
        fonts = "document.fonts.ready.then(() => [...document.fonts].map((font) => font.status))"
        assert "loaded" in await phone.page.evaluate(fonts)
