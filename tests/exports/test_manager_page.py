"""The manager's page in a real browser and under the real content policy (X12)."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
import uvicorn
from playwright.async_api import Browser, Page, expect

from app.exports.maker import Maker, Step, Told
from tests.exports.web import PROCESS, Web
from tests.support.server import free_port


@pytest_asyncio.fixture
async def url(web: Web) -> AsyncIterator[str]:
    port = free_port()
    server = uvicorn.Server(uvicorn.Config(web.app, host="127.0.0.1", port=port, log_level="critical"))  # type: ignore[arg-type]
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    await serving


@pytest_asyncio.fixture
async def page(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(locale="da-DK", viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.add_init_script(
        "addEventListener('securitypolicyviolation', (e) => console.error('policy: ' + e.violatedDirective))"
    )
    # The browser itself logs a refusal; anything else is a fault of the page.
    faults: list[str] = []
    page.on("console", lambda it: faults.append(it.text) if it.type == "error" else None)
    page.on("pageerror", lambda it: faults.append(str(it)))
    yield page
    await context.close()
    assert [fault for fault in faults if "status of 4" not in fault] == []


async def test_X12_G60_a_link_with_a_full_stop_glued_on_opens_in_one_step(
    web: Web, url: str, page: Page
) -> None:
    _, token = await web.link()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.goto(f"{url}/summary#{token}.")
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trivsel: Montagen")
    assert await page.title() == "Trivsel: Montagen"
    assert all(token not in one.partition("#")[0] and one.startswith(url) for one in asked)
    # The contents lead to their sections, and the link survives a reload.
    await page.get_by_role("link", name="De valgte temaer").click()
    await expect(page.get_by_role("heading", name="De valgte temaer")).to_be_in_viewport()
    await page.reload()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trivsel: Montagen")


async def test_X12_the_pdf_is_offered(web: Web, url: str, page: Page) -> None:
    _, token = await web.link()
    await page.goto(f"{url}/summary#{token}")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Hent PDF").click()
    download = await coming.value
    assert download.suggested_filename == "opsamling-2026-12-03.pdf"
    path = await download.path()
    assert (await asyncio.to_thread(path.read_bytes)).startswith(b"%PDF")


async def test_X12_every_format_is_offered_and_one_that_is_made_can_be_cancelled(
    web: Web, url: str, page: Page, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = await web.link()
    await page.goto(f"{url}/summary#{token}")
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="CSV").click()
    assert (await coming.value).suggested_filename == "opsamling-2026-12-03-csv.zip"
    gone = asyncio.Event()

    async def endless(*_: object) -> bytes:
        try:
            return await asyncio.Future()
        finally:
            gone.set()

    monkeypatch.setattr(Maker, "ask", endless)
    state = page.locator("aside").get_by_role("status")
    await page.get_by_role("button", name="Word").click()
    await expect(state).to_have_text("Filen bliver lavet …")
    await expect(page.get_by_role("progressbar")).to_be_hidden()
    await page.get_by_role("button", name="Annullér").click()
    await expect(state).to_have_text("")
    await expect(page.get_by_role("button", name="Annullér")).to_be_hidden()
    await asyncio.wait_for(gone.wait(), 20)


@pytest.mark.parametrize("leads", [True, False])
async def test_X12_the_page_says_how_many_files_are_done_and_how_many_come_first(
    web: Web, url: str, page: Page, monkeypatch: pytest.MonkeyPatch, leads: bool
) -> None:
    go_on: asyncio.Queue[Step | None] = asyncio.Queue()

    async def by_hand(_maker: Maker, _job: object, told: Told) -> bytes:
        while step := await go_on.get():
            told(step)
        return b"PK"

    monkeypatch.setattr(Maker, "ask", by_hand)
    if leads:
        await page.goto(f"{url}/api/processes/{PROCESS}/summary.html")
        await expect(page.get_by_text("Filen kommer, når den er lavet.")).to_have_count(0)
        await page.get_by_role("link", name="Det hele i én fil").click()
    else:
        _, token = await web.link()
        await page.goto(f"{url}/summary#{token}")
        await page.get_by_role("button", name="Det hele i én fil").click()
    state, bar = page.locator("aside").get_by_role("status"), page.get_by_role("progressbar")
    go_on.put_nowait(Step("waiting", 1, 3))
    await expect(state).to_have_text("Venter på andre filer. Foran i køen: 2")
    await expect(bar).to_be_hidden()
    go_on.put_nowait(Step("making", 3, 9))
    await expect(state).to_have_text("3 af 9 filer er lavet")
    await expect(bar).to_have_attribute("value", "3")
    async with page.expect_download() as coming:
        go_on.put_nowait(None)
    assert (await coming.value).suggested_filename == "opsamling-2026-12-03.zip"
    await expect(state).to_have_text("")


async def test_X12_without_scripts_the_links_give_the_files(web: Web, url: str, browser: Browser) -> None:
    context = await browser.new_context(locale="da-DK", java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{url}/api/processes/{PROCESS}/summary.html")
    await expect(page.get_by_text("Filen kommer, når den er lavet.")).to_be_visible()
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="CSV").click()
    assert (await coming.value).suggested_filename == "opsamling-2026-12-03-csv.zip"
    await context.close()


async def test_B62_a_locked_summary_asks_for_its_password(web: Web, url: str, page: Page) -> None:
    _, token = await web.link(password="adgangskode")
    await page.goto(f"{url}/summary#{token}")
    field = page.get_by_label("Adgangskode")
    await expect(field).to_be_focused()
    for _ in range(5):
        await field.fill("forkert")
        await field.press("Enter")
        await expect(page.get_by_role("alert")).to_have_text("Den adgangskode passer ikke. Prøv igen.")
    await field.press("Enter")
    await expect(page.get_by_role("alert")).to_have_text("Vent 2 sekunder, og prøv så igen.")


async def test_a_locked_summary_opens_with_its_password(web: Web, url: str, page: Page) -> None:
    _, token = await web.link(password="adgangskode")
    await page.goto(f"{url}/summary#{token}")
    await page.get_by_label("Adgangskode").fill("adgangskode")
    await page.get_by_role("button", name="Åbn").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text("Trivsel: Montagen")


async def test_B61_an_expired_link_is_explained(web: Web, url: str, page: Page) -> None:
    _, token = await web.link()
    for ending in (f"#{token[:-1]}", f"#{token.upper()}", "#", ""):
        await page.goto("about:blank")
        await page.goto(f"{url}/summary{ending}")
        await expect(page.get_by_role("heading")).to_have_text("Linket virker ikke længere")
