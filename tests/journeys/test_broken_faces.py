"""G23: a view that throws, as in a browser that lacks a feature, shows that, on every screen.

So does a page that cannot even start.
"""

import pytest
from playwright.async_api import Route, expect

from app.main import WEB
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.server import Server
from tests.support.workshop import Workshop

PLANTED = "planted"

#: What the phone's browser lacks: graphemes cannot be counted.
LACKS = f"void (Intl.Segmenter = class {{ segment() {{ throw new Error('{PLANTED}'); }} }});"


#: What is drawn with such an element next cannot be drawn.
DRAWS_NO = f"""(element) => {{
  let lacking = true;
  const html = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML");
  const set = function (text) {{
    if (lacking && String(text).includes(element)) {{
      lacking = false;
      throw new Error("{PLANTED}");
    }}
    html.set.call(this, text);
  }};
  Object.defineProperty(Element.prototype, "innerHTML", {{ ...html, set }});
}}"""


async def test_G23_a_face_that_throws_says_so_on_phone_wall_and_desk(room: Workshop) -> None:
    desk, wall, phone, other = await room.desk(), await room.wall(), await room.phone(), await room.phone()
    await wall.has_phones(2)
    await wall.page.evaluate(DRAWS_NO, "<ul")
    await phone.page.evaluate(LACKS)
    await desk.starts("notes_draws")
    await wall.sees("wall.broken.title")
    await phone.sees("phone.broken.title")
    # Nobody sees it from the desk: it is reported, and the desk moves on without the wall.
    await desk.sees("desk.wall_broken")
    await other.may_write()
    # Loading such a view first shows the same message, though its code is loaded later.
    await other.page.add_init_script(LACKS)
    await other.page.reload()
    await other.sees("phone.broken.title")
    # The next picture may work.
    await desk.goes_to("clustering_draws")
    await expect(wall.main.get_by_text(room.words("wall.broken.title"))).to_have_count(0)
    await expect(desk.page.get_by_text(room.words("desk.wall_broken"))).to_have_count(0)
    # A board of the desk that throws does not affect the desk around it.
    second = Desk(await (await room.people.sits_down(state=room.state)).new_page(), room.words)
    await second.opens(room.server.url, room.meeting.workshop)
    await second.is_at("clustering_draws")
    await second.page.evaluate(DRAWS_NO, 'class="number')
    await second.goes_to("notes_hard")
    await second.sees("desk.board.part_failed")
    await second.goes_on("notes.desk.start", minutes="fem")
    # Nothing was odd except the planted fault; it is thrown again as long as those pages are open.
    assert {PLANTED in each for each in room.people.odd} == {True}
    for each in (wall, phone, other, second):
        await each.page.close()
    room.people.odd.clear()


@pytest.mark.parametrize("shell", ["wall", "desk", "conversation"])
@pytest.mark.parametrize("fault", ["blocked", "unreadable", "later"])
async def test_G23_a_page_whose_scripts_do_not_come_says_so_in_both_languages(
    people: People, house: Server, shell: str, fault: str
) -> None:
    """Blocked or lost, of a kind this browser cannot read, or asked for later, as English texts are."""
    written = (WEB / f"{shell}.html").read_text("utf-8")

    async def answer(route: Route) -> None:
        if (route.request.url.rsplit("/", 1)[1] in written) == (fault == "later"):
            await route.continue_()
        elif fault == "unreadable":
            await route.fulfill(content_type="text/javascript", body="{")
        else:
            await route.abort()

    page = await (await people.sits_down(locale="en-GB")).new_page()
    texts = [page.get_by_text("Siden er ikke kommet frem"), page.get_by_text("has not come up")]
    await page.route("**/assets/*.js", answer)
    await page.goto(f"{house.url}/{shell}")
    # Not at once: on a slow line they may still come.
    for text in texts:
        await expect(text).to_be_hidden()
    await page.evaluate("for (const each of document.getAnimations()) each.finish()")
    for text in texts:
        await expect(text).to_be_visible()
    await page.unroute("**/assets/*.js")
    await page.reload()
    for text in texts:
        await expect(text).to_have_count(0)
    people.odd.clear()
