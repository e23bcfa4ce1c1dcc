"""A facilitator without a mouse: real keys only, with the focus checked on every Tab."""

from playwright.async_api import Locator, expect

from tests.support.desk import Desk

#: More than the desk has stops.
STOPS = 80
#: What is wrong with the focus now: no ring to be seen (2.4.7), outside the screen or covered (2.4.11).
ASTRAY = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return [];
  const name = (at.getAttribute("aria-label") || at.innerText || at.id || at.tagName).trim().slice(0, 60);
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.boxShadow = "var(--focus)";
  const shadow = getComputedStyle(probe).boxShadow;
  probe.remove();
  const ringed = (one) => {
    const { boxShadow, outlineStyle, outlineWidth, outlineColor } = getComputedStyle(one);
    const drawn = outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
    return boxShadow.includes(shadow) || (drawn && !/^rgba\\(.*, 0\\)$|transparent/.test(outlineColor));
  };
  const wearing = [at, ...at.querySelectorAll("*"), ...(at.labels ?? []), at.parentElement];
  const near = at.nextElementSibling ? [at.nextElementSibling] : [];
  // A line to write on shows where one is by its caret.
  const caret = at.matches("input[type=text], textarea");
  const found = caret || [...wearing, ...near].some(ringed) ? [] : [`no ring: ${name}`];
  const of = at.labels?.[0] && at.matches("[type=radio], [type=checkbox]") ? at.labels[0] : at;
  const box = of.getBoundingClientRect();
  const points = [0.1, 0.5, 0.9].flatMap((x) => [0.1, 0.5, 0.9].map((y) => [x, y]));
  const seen = points.some(([x, y]) => {
    const top = document.elementFromPoint(box.x + box.width * x, box.y + box.height * y);
    return top && (of.contains(top) || top.contains(at));
  });
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const under = `${top?.className}: ${top?.textContent?.trim().slice(0, 40)}`;
  // A toast goes by itself.
  if (seen || top?.closest(".over")) return found;
  return [...found, `not to be seen: ${name} at ${box.y}, under ${under}`];
}"""
IS_IT = "one => one === document.activeElement || one.contains(document.activeElement)"


class Keyboard:
    """Moves by keys; `astray` gathers what was wrong with the focus on the way."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.keys = desk.page.keyboard
        self.astray: list[str] = []
        self.stops = 0

    async def presses(self, *keys: str) -> None:
        """One after the other, and a look at the focus after each."""
        for key in keys:
            await self.keys.press(key)
            await self.looks()

    async def looks(self) -> None:
        """At the focus, once nothing glides."""
        await self.desk.still()
        self.stops += 1
        self.astray += await self.desk.page.evaluate(ASTRAY)

    async def reaches(self, what: Locator, key: str = "Tab") -> None:
        """Press a key until this has the focus, or something in it."""
        await expect(what).to_be_visible()
        passed: list[str] = []
        for _ in range(STOPS):
            if await what.evaluate(IS_IT):
                return
            await self.presses(key)
            passed.append(await self.desk.page.evaluate("document.activeElement.innerText?.slice(0, 30)"))
        raise AssertionError(f"{key} does not lead to {what}: {passed}")

    async def goes_on(self, key: str, **filled: str | int) -> None:
        """To the large button, which has to say this, and Enter."""
        name = self.desk.words(key, **filled)
        button = self.desk.dock.get_by_role("button", name=name)
        await expect(button).to_be_enabled()
        await self.reaches(button)
        await self.presses("Enter")

    async def chooses(self, choice: Locator, key: str = "ArrowDown") -> None:
        """One of a menu or of a dialog, and Enter."""
        await self.reaches(choice, key)
        await self.presses("Enter")

    async def goes_to(self, item: str) -> None:
        """Another activity, by its menu in the agenda."""
        desk = self.desk
        await self.reaches(desk.agenda.get_by_role("button", name=desk.words(f"method.item.{item}")))
        await self.presses("Enter")
        await self.chooses(desk.page.get_by_role("menuitem", name=desk.words("desk.agenda.go")))
        await desk.is_at(item)

    async def carries(self, target: str) -> None:
        """Pick up what has the focus, move it by arrows until the target is announced, and drop it."""
        await self.presses("Space")
        for arrow in ["ArrowRight"] * 4 + ["ArrowDown"] * 4 + ["ArrowLeft"] * 4 + ["ArrowUp"] * 4:
            if (await self.desk.said()).startswith(target):
                await self.presses("Space")
                return
            await self.presses(arrow)
        raise AssertionError(f"no arrow leads to {target}")
