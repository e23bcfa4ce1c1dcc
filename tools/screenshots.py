"""Pictures of every screen for review: `make screenshots TO=folder`. Kept out of the repository.

Phone, laptop and projector each have their size; the walk is the one of the visual journeys
(tests/support/tour.py). In addition: every face of a portrait wall (tests/support/faces.py), and the form for
two.
"""

import asyncio
import sys
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from playwright.async_api import async_playwright

from tests.support.browsers import Looks, People, Screen
from tests.support.chromium import FLAGS, find, use_the_machines_node
from tests.support.faces import faces
from tests.support.tour import sized, tour
from tests.support.workshop import Workshop, served, workshop

SIZES: dict[str, Looks] = {
    "phone": {"width": 390, "height": 844},
    "wall": {"width": 1920, "height": 1080},
    "desk": {"width": 1440, "height": 900},
}
#: What is seen in the dark as well.
DARK = frozenset({"phone-write", "wall-themes", "desk-writing"})


#: A portrait screen, as they hang in hallways.
STANDING: Looks = {"width": 1080, "height": 1920, "still": True}


@asynccontextmanager
async def opened() -> AsyncIterator[Workshop]:
    """A workshop at a server of its own, with a browser."""
    use_the_machines_node()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        with tempfile.TemporaryDirectory() as data, served(Path(data) / "data") as server:
            people = People(browser)
            async with workshop(people, server) as room:
                yield room
            await people.end(failed=False)
        await browser.close()


async def walk(folder: Path, *, dark: bool) -> None:
    """All screens in the light, or those of `DARK`."""
    async with opened() as room:
        async for name, screen in sized(tour(room, dark=dark), **SIZES).stops():
            if dark and name not in DARK:
                continue
            await screen.still()
            await screen.page.screenshot(path=folder / f"{name}{'-dark' if dark else ''}.png")


async def standing(folder: Path) -> None:
    """Every view of a wall on a portrait screen."""
    async with opened() as room:
        wall = await room.wall(**STANDING)
        await wall.code()
        async for name in faces(room, wall):
            await wall.still()
            await wall.page.screenshot(path=folder / f"standing-{name}.png")


async def conversation(folder: Path) -> None:
    """The form for two, as the employee and as the leader have it."""
    async with opened() as room:
        plan = {"day": datetime.now(UTC).date().isoformat(), "time": "09:30", "rhythm": "week", "minutes": 30}
        company = (await room.meeting.http.get("/api/conversations")).json()["companies"][-1]["id"]
        about = {"company": company, "employee": "Ida", "language": "da"} | plan
        made = await room.meeting.post("/api/conversations", **about)
        for side, looks in (("employee", SIZES["phone"]), ("leader", SIZES["desk"])):
            context = await room.people.sits_down(**looks)
            form = Screen(await context.new_page(), room.words)
            await form.page.goto(made[side]["url"])
            await form.sees("conversation.share", name="Anna" if side == "employee" else "Ida")
            await form.still()
            await form.page.screenshot(path=folder / f"conversation-{side}.png", full_page=True)


async def main(folder: Path) -> None:
    """Light, then dark; then what the walk does not reach."""
    for dark in (False, True):
        await walk(folder, dark=dark)
    await standing(folder)
    await conversation(folder)


if __name__ == "__main__":
    to = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="screens-"))
    to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(to))
    print(f"{len(list(to.glob('*.png')))} pictures in {to}")
