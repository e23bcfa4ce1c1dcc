"""How smooth the room is: from a drop on the desk to the wall; frames while one of many notes is dragged."""

import asyncio
import statistics
from pathlib import Path

from playwright.async_api import Page, async_playwright, expect

from tests.load.measure import table
from tests.support.browsers import People, until
from tests.support.chromium import FLAGS, find, use_the_machines_node
from tests.support.desk import Desk
from tests.support.meeting import new_id
from tests.support.wall import Wall
from tests.support.workshop import Workshop, served, workshop

NOTES, DROPS, DRAGS = 120, 15, 4
THEME = "Afbrydelser"
TEXTS = [f"Vi hører det først, når det er lavet om, og så er det for sent {n}" for n in range(NOTES)]
#: Both pages have the machine's clock; a page's policy forbids waiting inside it.
LET_GO = """
addEventListener("pointerup", () => (window.letGo = performance.timeOrigin + performance.now()), true)
"""
WATCH = """() => {
  window.changed = undefined;
  const watch = new MutationObserver(() => {
    watch.disconnect();
    requestAnimationFrame(() => (window.changed = performance.timeOrigin + performance.now()));
  });
  watch.observe(document.querySelector("main"), { subtree: true, childList: true, characterData: true });
}"""
FRAMES = """() => {
  window.frames_ = [];
  const next = (at) => {
    window.frames_.push(at);
    window.counting = requestAnimationFrame(next);
  };
  window.counting = requestAnimationFrame(next);
}"""
STOP = """() => {
  cancelAnimationFrame(window.counting);
  return window.frames_.slice(1).map((at, nth) => at - window.frames_[nth]);
}"""


async def run(folder: Path) -> str:
    """A desk and a wall in one browser, with a mouse."""
    use_the_machines_node()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        people = People(browser)
        with served(folder / "room") as server:
            async with workshop(people, server) as room:
                desk, wall = await _gathering(room)
                still = await _frames(desk.page, asyncio.sleep(1.5))
                moved = [each for _ in range(DRAGS) for each in await _frames(desk.page, _drag(desk))]
                drops = [await _drop(desk, wall) for _ in range(DROPS)]
            await people.end(failed=False)
        await browser.close()
    bare, dragged = _p95(still), _p95(moved)
    rows = [
        (
            "drop on the desk to the wall's next frame",
            f"{statistics.median(drops):.0f}",
            f"{max(drops):.0f}",
            "",
        ),
        (
            f"a frame while nothing moves, {NOTES} notes",
            f"{statistics.median(still):.1f}",
            f"{bare:.1f}",
            "1.0",
        ),
        (
            f"a frame while one of {NOTES} notes is dragged",
            *(f"{statistics.median(moved):.1f}", f"{dragged:.1f}", f"{dragged / bare:.1f}"),
        ),
    ]
    heads = ("what", "median ms", "worst of 15 drops, else p95 ms", "p95 by that of nothing moving")
    return table("Desk and wall, with a mouse", heads, rows)


async def _gathering(room: Workshop) -> tuple[Desk, Wall]:
    hand = await room.meeting.desk()
    await hand.until(lambda: hand.items)
    question, gather = (item["id"] for item in hand.items[:2])
    await hand.do("agenda.go", item=question)
    for at in range(0, NOTES, 40):
        await hand.do("notes.add_paper", activity=question, texts=TEXTS[at : at + 40])
    await hand.do("notes.turn_all", activity=question)
    await hand.until(lambda: len(hand.all("note")) == NOTES)
    await hand.do("agenda.go", item=gather)
    note = hand.all("note")[0]["id"]
    made = {"theme": new_id(), "name": THEME, "paper": "mos", "notes": hand.at(note)}
    await hand.do("clustering.make_theme", activity=gather, **made)
    await hand.close()
    desk, wall = await room.desk(), await room.wall(width=1920, height=1080)
    await expect(desk.page.locator(".pane").first.locator("[data-id]")).to_have_count(NOTES - 1)
    await wall.sees_text(THEME)
    await desk.page.evaluate(LET_GO)
    for screen in (desk, wall):
        await screen.still()
    return desk, wall


async def _frames(page: Page, meanwhile: object) -> list[float]:
    await page.evaluate(FRAMES)
    await meanwhile  # type: ignore[misc]
    found: list[float] = await page.evaluate(STOP)
    return found


async def _drag(desk: Desk) -> None:
    """Over the whole board and back to where it was."""
    note = desk.page.locator(".pane").first.locator("[data-id]").first
    box, ground = await note.bounding_box(), await desk.main.bounding_box()
    assert box and ground
    x, y = box["x"] + 20, box["y"] + 12
    mouse = desk.page.mouse
    await mouse.move(x, y)
    await mouse.down()
    for part in (0.9, 0.2, 0.7, 0):
        await mouse.move(x + part * (ground["width"] - 80), y + part * (ground["height"] - 120), steps=40)
    await desk.page.keyboard.press("Escape")
    await mouse.up()


async def _drop(desk: Desk, wall: Wall) -> float:
    note = desk.page.locator(".pane").first.locator("[data-id]").first
    await wall.page.evaluate(WATCH)
    await desk.drags(note, desk.theme(THEME))
    changed = await until(lambda: wall.page.evaluate("window.changed"), bool)
    let_go = await desk.page.evaluate("window.letGo")
    for screen in (desk, wall):
        await screen.still()
    return float(changed - let_go)


def _p95(times: list[float]) -> float:
    return sorted(times)[int(0.95 * len(times))]
