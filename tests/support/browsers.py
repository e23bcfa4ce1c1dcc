"""People in real browsers: each has their own context, and problems in any page are recorded.

Phone, wall and desk each have a driver (phone.py, wall.py, desk.py) in terms of what people read on the
screens, so a journey reads like a meeting.
"""

import asyncio
import re
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypedDict, TypeVar, Unpack
from urllib.parse import urlsplit

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    StorageState,
    WebError,
    expect,
)

from tests.support.patience import PATIENCE
from tests.support.server import CHECKOUT
from tests.support.words import Words

T = TypeVar("T")

#: Patience for a busy machine: nothing takes this long when all is well.
expect.set_options(timeout=PATIENCE * 1000)
AXE = CHECKOUT / "frontend" / "node_modules" / "axe-core" / "axe.min.js"
#: The rules of WCAG 2.2 A and AA, as the mocks were checked.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# The browser tells a page what its policy blocked, and what it has requested; the page tells us. To be told
# of every request by the browser would take a tenth of its work.
LISTEN = """
addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
new PerformanceObserver((list) => {
  for (const { name } of list.getEntries()) {
    const { hostname, protocol } = new URL(name, location.href);
    const foreign = location.hostname && hostname !== location.hostname;
    if (foreign && /^https?:$/.test(protocol)) console.error(`policy: asked another host ${name}`);
  }
}).observe({ type: "resource", buffered: true });
"""
# Random delays of a phone are short here: journeys check that things arrive, not how far apart.
SOON = "{ const { random } = Math; Math.random = () => random() / 20; }"
# A browser without a window may not keep the screen on, and walls then play a film (G43); in a room it may.
KEPT_ON = "if (self.WakeLock) WakeLock.prototype.request = async () => ({});"
ASK_AXE = """
async (tags) => {
  // What such a rule finds is all of its own impact, and none of it is asked for below.
  const slight = axe._audit.rules.filter(({ impact }) => impact === "minor" || impact === "moderate");
  const rules = Object.fromEntries(slight.map(({ id }) => [id, { enabled: false }]));
  const found = await axe.run(document, { runOnly: tags, rules, resultTypes: ["violations"] });
  return found.violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(" | ")}`);
}
"""


class Looks(TypedDict, total=False):
    """How somebody's browser is set; `still` is reduced motion."""

    width: int
    height: int
    locale: str
    dark: bool
    still: bool
    touch: bool
    state: StorageState | None


# The bar of the time never stops while a clock runs.
NOTHING_RUNS = """
document.getAnimations().every(({ playState, effect }) =>
  playState !== "running" || effect.target.closest(".bar"))
"""

#: How many pixels the page is wider than the screen.
OVER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
#: Until a measured layout is drawn again.
TWO_FRAMES = "() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))"

#: How a phone is held.
PHONE: Looks = {"width": 390, "height": 844, "touch": True}
#: A window on an older projector.
PROJECTOR: Looks = {"width": 1280, "height": 720}


class Screen:
    """What phone, wall and desk share: a page, its texts, and checks for every page."""

    def __init__(self, page: Page, words: Words) -> None:
        self.page = page
        self.words = words

    @property
    def main(self) -> Locator:
        """The visible part, without texts only for screen readers."""
        return self.page.get_by_role("main")

    async def sees(self, key: str, **filled: str | int) -> None:
        """Wait until the text of that key is there to be read."""
        await expect(self.page.get_by_text(self.words(key, **filled)).first).to_be_visible()

    async def sees_text(self, text: str) -> None:
        """Wait until this text of people is there, wherever."""
        await expect(self.page.get_by_text(text, exact=True).first).to_be_visible()

    async def reads(self, *texts: str) -> None:
        """Wait until these texts of people are there to be read."""
        for text in texts:
            await expect(self.main.get_by_text(text, exact=True).first).to_be_visible()

    async def reads_not(self, *texts: str) -> None:
        """These are not in the page, not even for a screen reader."""
        for text in texts:
            await expect(self.page.get_by_text(text)).to_have_count(0)

    def band(self, key: str) -> Locator:
        """The band that says that there is no connection."""
        return self.page.get_by_role("status").filter(has_text=self.words(key))

    async def reload(self) -> None:
        """Reload, as people do in the hope that it helps."""
        await self.page.reload()

    async def said(self) -> str:
        """What a screen reader was told last."""
        return (await self.page.locator("[aria-live=polite]").first.inner_text()).strip()

    async def clock(self) -> int | None:
        """The seconds on the screen's clock; None while it shows none."""
        face = self.page.get_by_role("timer").first
        if not await face.count():
            return None
        digits = re.search(r"(\d+):(\d\d)", await face.inner_text())
        return int(digits[1]) * 60 + int(digits[2]) if digits else None

    async def runs(self) -> int:
        """Wait until the clock is on the screen; its seconds."""
        await expect(self.page.get_by_role("timer").first).to_contain_text(re.compile(r"\d:\d\d"))
        return await self.clock() or 0

    async def no_barriers(self) -> list[str]:
        """What axe finds that is serious or critical (the page's own policy holds, hence no script tag)."""
        if not await self.page.evaluate("typeof axe === 'object'"):
            await self.page.evaluate(f"(() => {{ {AXE.read_text(encoding='utf-8')} }})()")
        found: list[str] = []
        # A fade may start while axe runs; a real barrier is still there afterwards.
        for _ in range(2):
            await self.still()
            found = await self.page.evaluate(ASK_AXE, RULES)
            if not found:
                break
        return found

    async def still(self) -> None:
        """Wait until nothing moves, since every colour is different during a fade."""
        # Polled from outside: waiting inside the page needs `eval`, which its policy forbids.
        await until(lambda: self.page.evaluate(NOTHING_RUNS), bool)

    async def wide(self) -> int:
        """How many pixels the page is wider than the screen."""
        width: int = await self.page.evaluate(OVER)
        return width


class People:
    """Everybody who comes to a journey, in one browser; unless `moves`, they have asked for less motion."""

    def __init__(self, browser: Browser, pictures: Path | None = None, *, moves: bool = True) -> None:
        self._browser = browser
        self._pictures = pictures
        self._still = not moves
        self._contexts: list[BrowserContext] = []
        #: Things no page may do: violate the policy, throw, contact another host.
        self.odd: list[str] = []

    async def sits_down(self, **looks: Unpack[Looks]) -> BrowserContext:
        """A browser for one person, as they have set it."""
        context = await self._browser.new_context(
            viewport={"width": looks.get("width", 1440), "height": looks.get("height", 900)},
            locale=looks.get("locale", "da-DK"),
            color_scheme="dark" if looks.get("dark") else "light",
            reduced_motion="reduce" if looks.get("still", self._still) else "no-preference",
            has_touch=looks.get("touch", False),
            storage_state=looks.get("state"),
            accept_downloads=True,
            # No worker that a test cannot see may cache anything.
            service_workers="block",
        )
        context.set_default_timeout(PATIENCE * 1000)
        await context.add_init_script(LISTEN + SOON + KEPT_ON)
        context.on("console", self._console)
        context.on("weberror", self._threw)
        self._contexts.append(context)
        return context

    async def leave(self, context: BrowserContext) -> None:
        """Their battery is empty, or the lid is closed."""
        self._contexts.remove(context)
        await context.close()

    async def end(self, *, failed: bool) -> None:
        """Everybody leaves; if the journey failed, what the screens showed is kept."""
        if failed and self._pictures:
            for nth, page in enumerate(page for context in self._contexts for page in context.pages):
                path = self._pictures / f"{nth}-{urlsplit(page.url).path.strip('/').split('/')[0]}.png"
                try:
                    await page.screenshot(path=path, timeout=10_000)
                    print("picture:", path, page.url)
                except Exception as error:  # noqa: BLE001 - a dead page must not lose the others
                    print("no picture of", page.url, error)
        for context in self._contexts:
            await context.close()
        self._contexts.clear()

    def _console(self, message: ConsoleMessage) -> None:
        text = message.text
        if message.type == "error" and re.search("^policy:|Content Security|TrustedHTML|Uncaught", text):
            self.odd.append(text)

    def _threw(self, error: WebError) -> None:
        self.odd.append(f"threw: {error.error}")


async def same_second(*screens: Screen) -> list[int]:
    """What their clocks show once they agree to the second: asking all of them may take longer than one."""

    async def shown() -> list[int]:
        return list(await asyncio.gather(*(screen.runs() for screen in screens)))

    return await until(shown, lambda found: max(found) - min(found) <= 1)


async def until(ask: Callable[[], Awaitable[T]], holds: Callable[[T], object], limit: float = 45) -> T:
    """Ask again until the answer holds, less often as it takes longer; fails with the last answer."""
    end, pause = time.monotonic() + limit, 0.1
    while True:
        answer = await ask()
        if holds(answer):
            return answer
        assert time.monotonic() < end, answer
        await asyncio.sleep(pause)
        pause = min(0.5, 1.5 * pause)
