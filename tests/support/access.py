"""Checks that axe lacks: spacing, zoom, forced colours, headings (WCAG 2.2); phones in landscape."""

from playwright.async_api import Page, ViewportSize, expect

from tests.support.browsers import OVER, TWO_FRAMES, Screen

#: Texts that are cut off by their box.
CUT = """() => {
  const clips = (overflow) => overflow === "hidden" || overflow === "clip";
  return [...document.querySelectorAll("body *")].flatMap((box) => {
    if (!box.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    const style = getComputedStyle(box);
    const { width, height } = box.getBoundingClientRect();
    // Two pixels and less: for screen readers alone.
    if (width <= 2 || height <= 2 || !box.innerText?.trim()) return [];
    const across = clips(style.overflowX) && box.scrollWidth > box.clientWidth + 2;
    const down = clips(style.overflowY) && box.scrollHeight > box.clientHeight + 2;
    return across || down ? [box.innerText.trim().slice(0, 60)] : [];
  });
}"""
#: 1.4.10: boxes inside the page that scroll sideways; in a line to write on the caret does.
SIDEWAYS = """() => [...document.querySelectorAll("body *")].flatMap((box) => {
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(box).overflowX);
  if (!scrolls || box.matches("input, textarea, select") || !box.checkVisibility()) return [];
  const over = box.scrollWidth - box.clientWidth;
  return over > 1 ? [`${box.className}: ${over}`] : [];
})"""
#: 1.4.10: the same, and what the page itself is wider than the screen.
WIDE = f"""async () => {{
  await ({TWO_FRAMES})();
  const over = {OVER};
  return [...({SIDEWAYS})(), ...(over ? [`${{over}} pixels wider than the screen`] : [])];
}}"""
#: 1.4.12: what is cut off, or too wide, with the spacing that a reader may set.
SPACED = f"""async () => {{
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* {{ line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important }} p {{ margin-block-end: 2em !important }}`);
  document.adoptedStyleSheets.push(sheet);
  const wide = await ({WIDE})();
  const found = [...({CUT})(), ...wide];
  document.adoptedStyleSheets.pop();
  return found;
}}"""
#: U5: boxes that scroll in a slot, of which most is out of sight.
SLOTS = """() => [...document.querySelectorAll("body *")].flatMap((box) => {
  const scrolls = ["auto", "scroll"].includes(getComputedStyle(box).overflowY);
  if (!scrolls || box.matches("textarea, select") || !box.checkVisibility()) return [];
  const { clientHeight: shown, scrollHeight: whole } = box;
  return shown < 160 && whole > 1.5 * shown ? [`${box.className}: ${shown} of ${whole}`] : [];
})"""
#: Controls that do not stand out from the background in forced colours.
BARE = """() => {
  const pressed = "button, [role=button], input, textarea, select";
  const quiet = "[type=radio], [type=checkbox], [type=range]";
  return [...document.querySelectorAll(pressed)].flatMap((control) => {
    // The system draws them itself.
    if (control.matches(quiet) && getComputedStyle(control).appearance !== "none") return [];
    if (!control.checkVisibility({ opacityProperty: true, visibilityProperty: true })) return [];
    const { width, height } = control.getBoundingClientRect();
    if (width <= 2 || height <= 2) return [];
    const around = [control, ...(control.labels ?? [])].map((box) => getComputedStyle(box));
    if (around.some((style) => style.outlineStyle !== "none" || style.borderTopStyle !== "none")) return [];
    return [control.innerText?.trim() || control.getAttribute("aria-label") || control.name];
  });
}"""
#: 1.3.1: where a heading is more than one level below the one before it, or a page has not one first heading.
HEADINGS = """() => {
  const dialog = document.querySelector("dialog[open]");
  const all = [...(dialog ?? document).querySelectorAll("h1, h2, h3, h4, h5, h6")];
  const seen = all.filter((one) => one.checkVisibility() && !one.closest("[inert]"));
  const levels = seen.map((one) => Number(one.tagName[1]));
  const odd = levels.flatMap((level, n) => (n && level > levels[n - 1] + 1 ? [seen[n].innerText] : []));
  return dialog || levels.filter((level) => level === 1).length === 1 ? odd : [...odd, `first: ${levels}`];
}"""
#: A large phone on its side, and the smallest there is.
SIDES = ((844, 390), (568, 320))
#: The last button that leads on, and how far it is below the edge, in pixels; null if there is none.
BELOW = """() => {
  const all = [...document.querySelectorAll("main .btn")].filter((button) => button.offsetParent);
  const box = all.at(-1)?.getBoundingClientRect();
  return box ? Math.max(box.bottom - innerHeight, -box.top, 0) : null;
}"""
#: A laptop of 1280 by 1024, enlarged four times.
ENLARGED: ViewportSize = {"width": 320, "height": 256}


async def spaced(screen: Screen) -> list[str]:
    """1.4.12: what is cut or pushed over the edge by wider spacing of lines, words and letters."""
    found: list[str] = await screen.page.evaluate(SPACED)
    return found


async def sideways(screen: Screen) -> list[str]:
    """1.4.10: what is wider than the screen, or scrolls sideways inside of it."""
    found: list[str] = await screen.page.evaluate(WIDE)
    return found


async def slots(page: Page) -> list[str]:
    """U5: what can be read only through a slot."""
    found: list[str] = await page.evaluate(SLOTS)
    return found


async def lying(screen: Screen) -> list[float]:
    """G49: how far the button that leads on is out of sight in landscape, for each size where it is."""
    before = screen.page.viewport_size
    assert before
    found: list[float] = []
    for width, height in SIDES:
        await screen.page.set_viewport_size({"width": width, "height": height})
        await expect(screen.page.locator("html")).to_have_class("low")
        far = await screen.page.evaluate(BELOW)
        if far is not None:
            found.append(far)
    await screen.page.set_viewport_size(before)
    await expect(screen.page.locator("html")).not_to_have_class("low")
    return found


async def bare(screen: Screen) -> list[str]:
    """G45, 1.4.11: controls without an outline in forced colours."""
    await screen.page.emulate_media(forced_colors="active")
    found: list[str] = await screen.page.evaluate(BARE)
    await screen.page.emulate_media(forced_colors="none")
    return found


async def headings(page: Page) -> list[str]:
    """1.3.1: headings that skip a level."""
    found: list[str] = await page.evaluate(HEADINGS)
    return found
