"""WCAG 2.1.1, 2.4.3, 2.4.7, 2.4.11: a meeting led by keyboard alone, from a question to the end."""

from playwright.async_api import expect

from tests.support.desk import Desk
from tests.support.keyboard import Keyboard
from tests.support.workshop import Workshop

TEXTS = ("Besked kommer for sent", "Planen bliver lavet om", "Det trækker i hal 2")
THEME = "Besked om ændringer"
#: The arrow that leads from one note to another.
TOWARD = """([from, to]) => {
  const [a, b] = [from, to].map((one) => one.getBoundingClientRect());
  if (Math.abs(a.y - b.y) < 20) return b.x > a.x ? "ArrowRight" : "ArrowLeft";
  return b.y > a.y ? "ArrowDown" : "ArrowUp";
}"""


async def test_G45_a_meeting_is_led_without_a_pointer(room: Workshop) -> None:
    """Nothing is clicked or focused by script: only Tab, arrows, Enter, Space and single keys."""
    desk, phone = await room.desk(), await room.phone()
    await phone.is_in()
    hand = Keyboard(desk)
    await hand.goes_to("notes_hard")
    await hand.goes_on("notes.desk.start", minutes="fem")
    await phone.may_write()
    await phone.writes(*TEXTS)
    await phone.has_on_board(len(TEXTS))
    await hand.goes_on("notes.desk.stop")
    await phone.looks_up()
    await hand.goes_on("notes.desk.turn_all")
    await expect(desk.note(TEXTS[0])).to_be_visible()
    await hand.goes_on("desk.on", title=desk.words("method.item.clustering_hard"))
    await desk.is_at("clustering_hard")
    await gathers(hand, desk)
    await hand.goes_to("influence")
    await places(hand, desk)
    await ends(hand, desk)
    assert hand.stops > 60
    assert hand.astray == []


async def gathers(hand: Keyboard, desk: Desk) -> None:
    """Two notes are selected with Shift and an arrow, picked up, and dropped as a theme, which is named."""
    stop = desk.main.locator("[data-id][tabindex='0']")
    await expect(stop).to_have_count(1)
    await hand.reaches(stop)
    first = (await stop.inner_text()).strip()
    other = desk.note(next(text for text in TEXTS if text != first))
    arrow = await desk.page.evaluate(TOWARD, [await stop.element_handle(), await other.element_handle()])
    await hand.presses(f"Shift+{arrow}")
    await expect(desk.main.locator("[data-id][aria-pressed=true]")).to_have_count(2)
    await hand.carries(desk.words("clustering.desk.to_fresh"))
    field = desk.page.get_by_label(desk.words("clustering.desk.name_label"), exact=True)
    await expect(field).to_be_focused()
    await hand.keys.type(THEME)
    await hand.presses("Enter")
    await expect(desk.theme(THEME)).to_be_visible()
    await expect(desk.inside(THEME)).to_have_count(2)


async def places(hand: Keyboard, desk: Desk) -> None:
    """By its number, back into the tray by undo, and by arrows."""
    card = desk.card(THEME)
    await hand.reaches(card)
    await hand.presses("1")
    await desk.lies_in(THEME, "influence.desk.can")
    await hand.presses("Z")
    await desk.lies_in(THEME, "influence.desk.tray")
    await hand.reaches(card)
    await hand.carries(desk.words("influence.desk.cannot"))
    await desk.lies_in(THEME, "influence.desk.cannot")


async def ends(hand: Keyboard, desk: Desk) -> None:
    """From the list of all actions, confirmed with yes."""
    await hand.presses("k")
    end = desk.dialog.get_by_role("button", name=desk.words("desk.end")).first
    await hand.chooses(end, "Tab")
    await hand.reaches(desk.dialog.get_by_role("radio").first)
    await hand.presses("ArrowDown")
    await expect(desk.dialog.get_by_role("radio", name=desk.words("desk.end.late.leave"))).to_be_checked()
    await hand.chooses(desk.dialog.get_by_role("button", name=desk.words("desk.end.yes")), "Tab")
    await desk.sees("desk.ended.about")
