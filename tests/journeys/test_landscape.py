"""G49: a phone that lies on its side has what leads on in sight, on every face."""

from playwright.async_api import expect

from tests.support.browsers import People
from tests.support.server import Server
from tests.support.tour import tour
from tests.support.workshop import workshop

#: A large phone on its side, and the smallest there is.
SIDES = ((844, 390), (568, 320))
#: The last button that leads on, and how far it reaches below the edge, in pixels; null where there is none.
BELOW = """
() => {
  const all = [...document.querySelectorAll("main .btn")].filter((button) => button.offsetParent);
  const box = all.at(-1)?.getBoundingClientRect();
  return box ? Math.max(box.bottom - innerHeight, -box.top, 0) : null;
}
"""


async def test_G49_on_its_side_a_phone_has_what_leads_on_in_sight(people: People, house: Server) -> None:
    below: dict[str, float] = {}
    seen = 0
    async with workshop(people, house) as room:
        async for name, screen in tour(room, still=True).stops():
            before = screen.page.viewport_size
            if not name.startswith("phone") or not before:
                continue
            for width, height in SIDES:
                await screen.page.set_viewport_size({"width": width, "height": height})
                await expect(screen.page.locator("html")).to_have_class("low")
                far = await screen.page.evaluate(BELOW)
                seen += far is not None
                if far:
                    below[f"{name} {width}"] = far
            await screen.page.set_viewport_size(before)
            await expect(screen.page.locator("html")).not_to_have_class("low")
    assert seen >= 12
    assert below == {}
