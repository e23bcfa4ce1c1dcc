"""Every screen, looked over: what axe finds, what is too wide, what moves though it should be still."""

import pytest

from tests.support.browsers import People
from tests.support.server import Server
from tests.support.tour import tour
from tests.support.workshop import workshop

#: WCAG 1.4.10: nothing is cut off, and nothing scrolls sideways, on a screen as wide as this.
NARROW = 320
#: Whatever changes more than its opacity, or takes longer than a cross-fade of 120 ms.
MOVES = """
document.getAnimations().flatMap(({ effect }) => {
  const { duration } = effect.getComputedTiming();
  const changed = effect.getKeyframes().flatMap((frame) => Object.keys(frame));
  const told = ["offset", "computedOffset", "easing", "composite", "opacity"];
  const more = changed.filter((name) => !told.includes(name));
  return duration > 0 && (duration > 120 || more.length > 0) ? [`${more} in ${duration} ms`] : [];
})
"""


@pytest.mark.parametrize(("language", "dark"), [("da", False), ("en", True)], ids=["da-light", "en-dark"])
async def test_X30_axe_finds_nothing_serious_on_any_screen(
    people: People, house: Server, language: str, dark: bool
) -> None:
    """In light and Danish, in dark and English, and with reduced motion; no page breaks its own policy."""
    found: dict[str, list[str]] = {}
    seen: list[str] = []
    async with workshop(people, house, language=language) as room:
        looks = tour(room, dark=dark, still=True, locale="da-DK" if language == "da" else "en-GB")
        async for name, screen in looks.stops():
            seen.append(name)
            barriers = await screen.no_barriers()
            if barriers:
                found[name] = barriers
    assert len(seen) == len(set(seen)) >= 35
    assert found == {}


async def test_a_narrow_phone_scrolls_nothing_sideways_and_moves_nothing_when_asked_not_to(
    people: People, house: Server
) -> None:
    wide: dict[str, int] = {}
    moving: list[str] = []
    async with workshop(people, house) as room:
        looks = tour(room, still=True)
        looks.phone_looks = looks.phone_looks | {"width": NARROW, "height": 568}
        async for name, screen in looks.stops():
            moving += [f"{name}: {what}" for what in await screen.page.evaluate(MOVES)]
            if name.startswith("phone") and (over := await screen.wide()):
                wide[name] = over
            if name in ("stored", "summary", "manager-password", "not-found"):
                await screen.page.set_viewport_size({"width": NARROW, "height": 640})
                if over := await screen.wide():
                    wide[name] = over
    assert wide == {}
    assert moving == []
