"""G22: an unsent note is offered when the meeting moves on, and before the last page."""

from playwright.async_api import expect

from tests.support.browsers import until
from tests.support.workshop import Workshop

HALF = "Jeg var næsten færd"
#: Whether a button is where a finger finds it without scrolling.
HIT = """(name) => {
  const button = [...document.querySelectorAll(".btn")].find((one) => one.textContent.trim() === name);
  const { left, top, width, height } = button.getBoundingClientRect();
  const at = document.elementFromPoint(left + width / 2, top + height / 2);
  return at && button.contains(at) ? "hit" : `${top} of ${innerHeight}: ${at?.outerHTML.slice(0, 60)}`;
}"""


async def test_G22_half_a_note_can_be_sent_late_or_let_go_on_the_next_face(room: Workshop) -> None:
    desk, phone = await room.begins_writing()
    other = await room.phone()
    await other.may_write()
    for each in (phone, other):
        await each.field.fill(HALF)
    await desk.goes_on("notes.desk.stop")
    await desk.goes_to("notes_hard")
    for each in (phone, other):
        await each.sees("phone.half.title.note")
        await expect(each.page.get_by_text(HALF)).to_be_visible()
    # A reload does not lose it.
    await phone.page.reload()
    await phone.page.get_by_role("button", name=room.words("phone.half.send")).click()
    await expect(phone.page.get_by_role("heading", name=room.words("phone.half.title.note"))).to_have_count(0)
    await phone.opens_mine()
    await phone.stands(HALF, "late")
    await other.page.get_by_role("button", name=room.words("phone.half.drop")).click()
    await expect(other.page.get_by_role("heading", name=room.words("phone.half.title.note"))).to_have_count(0)
    await until(other.drafts, lambda kept: HALF not in kept)


async def test_G22_G49_half_a_note_leaves_what_leads_on_in_reach_of_a_phone_on_its_side(
    room: Workshop,
) -> None:
    desk, phone = await room.begins_writing()
    await phone.field.fill(HALF)
    await desk.goes_on("notes.desk.stop")
    await desk.goes_to("notes_hard")
    await phone.sees("phone.half.title.note")
    for width, height in ((844, 390), (568, 320)):
        await phone.page.set_viewport_size({"width": width, "height": height})
        await expect(phone.page.locator("html")).to_have_class("low")
        assert await phone.page.evaluate(HIT, room.words("notes.phone.send")) == "hit"
        assert await phone.page.evaluate(HIT, room.words("phone.half.send")) == "hit"


async def test_G22_half_a_note_is_shown_once_more_when_the_meeting_is_over_and_kept_nowhere(
    room: Workshop,
) -> None:
    desk, phone = await room.begins_writing()
    await phone.field.fill(HALF)
    await desk.breaks_off()
    await phone.sees("phone.ended.title")
    await expect(phone.page.get_by_text(HALF)).to_be_visible()
    assert await phone.drafts() == []
    await phone.page.get_by_role("button", name=room.words("phone.half.gone")).click()
    await expect(phone.page.get_by_text(HALF)).to_have_count(0)
