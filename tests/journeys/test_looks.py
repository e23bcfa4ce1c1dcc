"""Every screen, looked over: what axe finds, what is too wide, what moves though it should be still."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from tests.support.access import ENLARGED, bare, headings, lying, sideways, spaced
from tests.support.browsers import People, Screen
from tests.support.server import Server
from tests.support.tour import tour
from tests.support.workshop import workshop

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


#: Pages for people who may have any screen.
PAPERS = ("stored", "summary", "manager-password", "not-found")


@pytest.mark.parametrize(("language", "dark"), [("da", False), ("en", True)], ids=["da-light", "en-dark"])
async def test_X30_G49_no_screen_has_barriers_or_moves_or_scrolls_sideways_and_a_phone_may_lie_on_its_side(
    people: People, house: Server, language: str, dark: bool
) -> None:
    """In light and Danish, in dark and English, and with reduced motion; no page breaks its own policy.

    G45: in forced colours every control has an outline. WCAG 1.3.1, 1.4.10, 1.4.12. G49:
    a phone on its side has what leads on in sight, on every face.
    """
    barriers: dict[str, list[str]] = {}
    moving: list[str] = []
    wide: dict[str, list[str]] = {}
    below: dict[str, list[float]] = {}
    seen: list[str] = []
    async with workshop(people, house, language=language) as room:
        looks = tour(room, dark=dark, still=True, locale="da-DK" if language == "da" else "en-GB")
        async for name, screen in looks.stops():
            seen.append(name)
            moving += [f"{name}: {what}" for what in await screen.page.evaluate(MOVES)]
            if found := await screen.no_barriers():
                barriers[name] = found
            if found := await headings(screen.page):
                barriers[f"headings of {name}"] = found
            if found := await bare(screen):
                barriers[f"forced colours on {name}"] = found
            if name.startswith("wall"):
                continue
            if found := await spaced(screen):
                barriers[f"spaced {name}"] = found
            async with narrow(screen):
                moving += [f"narrow {name}: {what}" for what in await screen.page.evaluate(MOVES)]
                if found := await sideways(screen):
                    wide[name] = found
            if name.startswith("phone"):
                below[name] = await lying(screen)
    assert len(seen) == len(set(seen)) >= 35
    assert set(PAPERS) < set(seen)
    assert (barriers, moving, wide) == ({}, [], {})
    far = [each for found in below.values() for each in found]
    assert len(far) >= 12
    assert not any(far), below


@asynccontextmanager
async def narrow(screen: Screen) -> AsyncIterator[None]:
    """WCAG 1.4.10: the same page enlarged four times, and then as it was."""
    before = screen.page.viewport_size
    assert before
    await screen.page.set_viewport_size(ENLARGED)
    yield
    await screen.page.set_viewport_size(before)
