"""Checks every screen: axe findings, overflow, motion that should not be."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from app.access import routes_of
from app.main import create_app
from app.pages.stored import PAGES
from app.settings import Settings
from tests.support.access import ENLARGED, bare, headings, lying, sideways, spaced
from tests.support.browsers import People, Screen
from tests.support.serve import SHORT_TICKS
from tests.support.server import CHECKOUT, Server, free_port
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


COMMAND = SHORT_TICKS
#: With a mail server that does not answer: then the page for a forgotten password exists.
SETTINGS = {"TRIVSEL_SMTP_URL": f"smtp://127.0.0.1:{free_port()}", "TRIVSEL_MAIL_FROM": "tavle@firma.dk"}

#: The desk's pages as `route.svelte.ts` names them, and where the tour visits them.
DESK = {
    "account": "desk-account", "accounts": "desk-accounts", "company": "desk-company", "home": "desk-home",
    "instance": "desk-server", "invitation": "desk-invitation", "invited": "desk-invited", "new": "desk-new",
    "overview": "desk-overview", "people": "desk-people", "poster": "desk-poster",
    "process": "desk-process-2", "reach": "desk-reach", "reset": "desk-reset", "sign_on": "desk-sign-on",
    "welcome": "desk-welcome", "workshop": "desk-start",
}  # fmt: skip
#: Every address that answers with a page, and where the tour visits it.
SERVED = {
    "/": "phone-join", "/{code}": "phone-join", "/j/{token}": "phone-soon", "/J/{token}": "phone-soon",
    "/desk": "desk-signin", "/welcome": "desk-welcome", "/invited": "desk-invited",
    "/invitation": "desk-invitation", "/password": "desk-reset", "/sign-on": "desk-sign-on",
    "/wall": "wall-pair", "/conversation": "conversation", "/summary": "manager-summary",
    **dict.fromkeys(PAGES.values(), "stored"), "/t/{token}": "reached",
    "/unsubscribe/{token}": "unsubscribe",
    "/api/workshops/{workshop}/summary.html": "summary", "/api/processes/{process}/summary.html": "summary",
    "/api/workshops/{workshop}/run-sheet.html": "run-sheet",
}  # fmt: skip
#: Addresses outside `/api/` that answer with something else.
FILES = {
    "/robots.txt", "/favicon.ico", "/static/{name}", "/calendar/{token}.ics", "/healthz", "/readyz",
    "/metrics",
}  # fmt: skip
#: Pages that none of those lead to.
BESIDES = {"desk-forgot", "unsubscribed", "conversation-wrong", "manager-password", "not-found", "no-longer"}


def test_X30_every_page_there_is_is_on_the_walk(tmp_path: Path) -> None:
    """A new page belongs here, and on the tour."""
    source = (CHECKOUT / "frontend" / "src" / "desk" / "route.svelte.ts").read_text("utf-8")
    assert set(re.findall(r'\{ page: "(\w+)"', source.partition("export function")[0])) == set(DESK)
    app = create_app(Settings(data=tmp_path, base_url=""))
    asked = {route.path for route in routes_of(app.http) if "GET" in (route.methods or ())}
    pages = {path for path in asked if not path.startswith(("/api/", "/live/")) or path.endswith(".html")}
    assert pages - FILES == set(SERVED)


@pytest.mark.parametrize(("language", "dark"), [("da", False), ("en", True)], ids=["da-light", "en-dark"])
async def test_X30_G49_no_screen_has_barriers_or_moves_or_scrolls_sideways_and_a_phone_may_lie_on_its_side(
    people: People, house: Server, language: str, dark: bool
) -> None:
    """In light mode and Danish, in dark mode and English, with reduced motion; no page breaks its policy.

    G45: in forced colours every control has an outline. WCAG 1.3.1, 1.4.10, 1.4.12. G49: on a phone in
    landscape the main button is visible, in every view.
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
                if found := await spaced(screen):
                    wide[f"spaced {name}"] = found
            if name.startswith("phone"):
                below[name] = await lying(screen)
    assert len(seen) == len(set(seen))
    assert {*DESK.values(), *SERVED.values()} | BESIDES < set(seen)
    assert (barriers, moving, wide) == ({}, [], {})
    far = [each for found in below.values() for each in found]
    assert len(far) >= 12
    assert not any(far), below


@asynccontextmanager
async def narrow(screen: Screen) -> AsyncIterator[None]:
    """WCAG 1.4.10: the same page at 400 %, and then as it was."""
    before = screen.page.viewport_size
    assert before
    await screen.page.set_viewport_size(ENLARGED)
    yield
    await screen.page.set_viewport_size(before)
