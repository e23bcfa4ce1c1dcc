"""The checks that journeys rely on find what is planted for them."""

import pytest
from playwright.async_api import Route

from tests.support.access import bare, headings, sideways, spaced
from tests.support.browsers import People, Screen, until
from tests.support.words import Words

ASKS = """<!doctype html><title>Asks</title>
<link rel="stylesheet" href="//style.test/a.css"><img src="//picture.test/a.png" alt="">
<iframe src="//frame.test/"></iframe><script src="//script.test/a.js"></script>
<script>
  fetch("//fetched.test/").catch(() => {});
  navigator.sendBeacon("//beacon.test/");
</script>
<img src="/own.png" alt=""><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" alt="">
"""
OTHERS = {f"{what}.test" for what in ("style", "picture", "frame", "script", "fetched", "beacon")}


async def test_X27_a_request_to_another_host_is_noticed_whether_answered_or_not(people: People) -> None:
    """Without the policy that forbids it, which each page of ours has."""

    async def answer(route: Route) -> None:
        if route.request.is_navigation_request() and "tavle.test" in route.request.url:
            await route.fulfill(content_type="text/html", body=ASKS)
        elif "picture" in route.request.url or "fetched" in route.request.url:
            await route.abort()
        else:
            await route.fulfill(body="")

    context = await people.sits_down()
    await context.route("**", answer)
    page = await context.new_page()
    await page.goto("http://tavle.test/")

    async def noticed() -> set[str]:
        return {each.split("/")[2] for each in people.odd}

    assert await until(noticed, lambda hosts: hosts >= OTHERS) == OTHERS
    people.odd.clear()


@pytest.mark.parametrize(
    ("body", "found"),
    [
        ("<h1>Kort</h1><p style='white-space: nowrap; overflow: hidden; width: 6ch'>123456</p>", ["123456"]),
        ("<h1>Kort</h1><p style='width: 320px'>Bred</p>", ["8 pixels wider than the screen"]),
        (
            "<h1>Kort</h1><div class='box' style='overflow: auto; width: 50px'><p style='width: 90px'></div>",
            ["box: 40"],
        ),
        ("<h1>Kort</h1><p>Alt er der.</p>", []),
    ],
)
async def test_X30_what_is_cut_or_too_wide_with_more_spacing_is_found(
    people: People, body: str, found: list[str]
) -> None:
    """WCAG 1.4.10, 1.4.12; afterwards the page is as it was."""
    page = await (await people.sits_down(width=320)).new_page()
    await page.set_content(f"<!doctype html><style>p {{ font: 10px monospace }}</style>{body}")
    screen = Screen(page, Words())
    assert await spaced(screen) == found
    assert await sideways(screen) == [one for one in found if not one.isdigit()]


async def test_X30_skipped_headings_and_bare_controls_are_found(people: People) -> None:
    """WCAG 1.3.1, 1.4.11."""
    page = await (await people.sits_down()).new_page()
    await page.set_content("<h1>En</h1><h3>Tre</h3><button>Ud</button><button style='border: 0'>Bar</button>")
    assert await headings(page) == ["Tre"]
    assert await bare(Screen(page, Words())) == ["Bar"]
