"""The phone's page on a slow network and a slow CPU: from the scan to a usable note field."""

import asyncio
import statistics
from pathlib import Path
from urllib.parse import urlsplit

from playwright.async_api import async_playwright

from tests.load.measure import table
from tests.support.chromium import FLAGS, find, use_the_machines_node
from tests.support.meeting import Meeting, signed_in
from tests.support.server import Server

RUNS = 7
#: Chromium's own "Slow 3G": 400 ms and 400 kbit/s each way.
SLOW_3G = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
SLOWER = 4


async def run(folder: Path) -> str:
    """Median of several cold loads."""
    use_the_machines_node()
    with Server(folder / "page") as server:
        async with signed_in(server) as http:
            meeting = await Meeting(server.url, http).make()
            desk = await meeting.desk()
            await desk.until(lambda: desk.items)
            await desk.do("agenda.go", item=desk.items[0]["id"])
            scanned = server.url + urlsplit(meeting.join_url).path
            slow = [await _ready(scanned, slow=True) for _ in range(RUNS)]
            fast = [await _ready(scanned, slow=False) for _ in range(RUNS)]
            await desk.close()
    rows = [
        ("slow 3G, processor 4 times slower", f"{statistics.median(slow):.0f}", f"{max(slow):.0f}"),
        ("no limit", f"{statistics.median(fast):.0f}", f"{max(fast):.0f}"),
    ]
    return table(
        f"From scan to a working note field, cold, {RUNS} runs", ("line", "median ms", "worst ms"), rows
    )


async def _ready(url: str, *, slow: bool) -> float:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        page = await browser.new_page(viewport={"width": 390, "height": 844}, locale="da-DK")
        if slow:
            devtools = await page.context.new_cdp_session(page)
            await devtools.send("Network.enable")
            await devtools.send("Network.emulateNetworkConditions", SLOW_3G)
            await devtools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
        await page.goto(url, wait_until="commit")
        # Polled from outside, every 10 ms: waiting inside the page needs `eval`, which its policy forbids.
        while not await page.evaluate("document.activeElement?.tagName === 'TEXTAREA'"):
            await asyncio.sleep(0.01)
        ready = float(await page.evaluate("performance.now()"))
        await browser.close()
    return ready
