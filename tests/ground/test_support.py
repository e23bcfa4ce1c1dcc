"""The tests' own tools: a browser that shows a page, a database per test, a clock that waits."""

from playwright.async_api import Browser
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tests.support.clock import START, Clock
from tests.support.server import Server


async def test_the_browser_shows_a_page(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<h1>Hej</h1>")
    assert await page.inner_text("h1") == "Hej"
    await page.close()


async def test_each_postgres_test_has_an_empty_database(postgres_url: str) -> None:
    engine = create_async_engine(postgres_url)
    async with engine.begin() as connection:
        count = await connection.scalar(
            text("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'")
        )
    await engine.dispose()
    assert count == 0


def test_the_clock_moves_only_when_moved(clock: Clock) -> None:
    assert clock() == clock() == START
    assert (clock.forward(90) - START).total_seconds() == 90


def test_a_server_starts_answers_prints_its_first_link_and_comes_back_after_a_power_cut(
    server: Server,
) -> None:
    link = server.first_link()
    assert server.answers()
    server.kill()
    assert not server.answers()
    server.start()
    assert server.first_link() != link  # X2: each start makes a new one
    server.stop()
    assert not server.answers()
