"""A wall, as the room sees it."""

import io
import re

import zxingcpp
from PIL import Image
from playwright.async_api import Locator, expect

from tests.support.browsers import Screen, until

_CODE = re.compile(r"([ABCDEFGHJKMNPQRTVWXY2346789]{3})\s([ABCDEFGHJKMNPQRTVWXY2346789]{3})\b")


class Wall(Screen):
    """The projector, or any other screen."""

    async def code(self) -> str:
        """The six characters, as somebody in the last row reads them."""
        await expect(self.main).to_contain_text(_CODE)
        found = _CODE.search(await self.main.inner_text())
        assert found
        return found[1] + found[2]

    async def qr(self) -> str:
        """Where the QR code leads, as a camera reads it from the picture."""
        code = self.page.get_by_role("img", name=self.words.any("wall.join.qr")).first
        await expect(code).to_be_visible()
        await self.still()
        picture = Image.open(io.BytesIO(await self.page.screenshot()))
        (read,) = zxingcpp.read_barcodes(picture)
        return str(read.text)

    async def has_phones(self, n: int) -> None:
        """That many are in, says the large QR's picture."""
        await expect(self.main.get_by_text(f"{n} {self.words('wall.join.in', n=n)}")).to_be_visible()

    async def has_cards(self, n: int) -> None:
        """That many lie face down, but for the last, which wait for a tick with three (A11)."""
        await expect(self.main.get_by_text(self.words.about(n, "notes.wall.cards"))).to_be_visible()

    @property
    def papers(self) -> Locator:
        """Every note that can be read."""
        return self.main.get_by_role("listitem")

    async def texts(self) -> list[str]:
        """What can be read on this page of the wall."""
        return [text.strip() for text in await self.papers.all_inner_texts()]

    async def range(self) -> tuple[int, int, int]:
        """Which of the notes are on this page, from, to and of how many; all of them when nothing is said."""
        shown = self.main.get_by_text(self.words.any("wall.range"))
        if not await shown.count():
            return 1, 1, 1
        first, last, of = re.findall(r"\d+", await shown.first.inner_text())
        return int(first), int(last), int(of)

    async def next_range(self, before: int) -> tuple[int, int, int]:
        """Wait until another page is shown than the one that began there."""
        return await until(self.range, lambda shown: shown[0] != before)

    async def has_size(self, size: str) -> None:
        """The texts are set in it: M, L or XL."""
        await expect(self.page.locator("html")).to_have_attribute("data-size", size)

    async def theme_holds(self, theme: str, n: int) -> None:
        """A theme's name with the number of its notes."""
        heading = self.main.get_by_role("heading", name=re.compile(rf"^{re.escape(theme)}\s*{n}$"))
        await expect(heading).to_be_visible()

    async def pairing_code(self) -> str:
        """The code shown by a screen that nobody has let in yet."""
        shown = self.page.get_by_label(self.words.any("wall.pair.code"))
        await expect(shown).to_be_visible()
        return (await shown.inner_text()).strip()

    async def middle(self, text: str) -> tuple[float, float]:
        """The position of a text, as fractions of the picture's width and height, once nothing moves."""
        await self.still()
        box = await self.main.get_by_text(text, exact=True).first.bounding_box()
        size = self.page.viewport_size
        assert box and size
        return (box["x"] + box["width"] / 2) / size["width"], (box["y"] + box["height"] / 2) / size["height"]

    async def is_black(self) -> None:
        """Nothing to look at but the person who speaks."""
        await expect(self.page.get_by_text(self.words("wall.say.black"))).to_have_count(1)
