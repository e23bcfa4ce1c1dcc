"""Pictures of every screen, to be looked at: `make screenshots TO=folder`. Kept out of the repository.

Phone, laptop and projector each have their size; the walk is the one that the journeys of the
looks take (tests/support/tour.py).
"""

import asyncio
import sys
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright

from tests.support.browsers import Looks, People
from tests.support.chromium import FLAGS, find, use_the_machines_node
from tests.support.tour import sized, tour
from tests.support.workshop import served, workshop

SIZES: dict[str, Looks] = {
    "phone": {"width": 390, "height": 844},
    "wall": {"width": 1920, "height": 1080},
    "desk": {"width": 1440, "height": 900},
}
#: What is seen in the dark as well.
DARK = frozenset({"phone-write", "wall-themes", "desk-writing"})


async def walk(folder: Path, *, dark: bool) -> None:
    """All screens in the light, or those of `DARK`."""
    use_the_machines_node()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        with tempfile.TemporaryDirectory() as data, served(Path(data) / "data") as server:
            people = People(browser)
            async with workshop(people, server) as room:
                async for name, screen in sized(tour(room, dark=dark), **SIZES).stops():
                    if dark and name not in DARK:
                        continue
                    await screen.still()
                    await screen.page.screenshot(path=folder / f"{name}{'-dark' if dark else ''}.png")
            await people.end(failed=False)
        await browser.close()


async def main(folder: Path) -> None:
    """Light, then dark."""
    for dark in (False, True):
        await walk(folder, dark=dark)


if __name__ == "__main__":
    to = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="screens-"))
    to.mkdir(parents=True, exist_ok=True)
    asyncio.run(main(to))
    print(f"{len(list(to.glob('*.png')))} pictures in {to}")
