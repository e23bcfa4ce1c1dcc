"""R11: a running meeting is taken over from another desk; both say so within seconds, and no word is lost."""

from playwright.async_api import expect

from tests.support.workshop import Workshop

#: What is promised, in ms.
WITHIN = 5_000


async def test_R11_two_desks_say_who_leads_and_one_press_takes_over(room: Workshop) -> None:
    first = await room.desk()
    await first.starts("notes_draws")
    words = room.words
    led = first.page.get_by_role("region", name=words("desk.lead.label"))
    await expect(led).to_have_count(0)

    second = await room.desk(width=834, height=1112)
    there = second.page.get_by_role("region", name=words("desk.lead.label"))
    await expect(there).to_contain_text(words("desk.lead.self"), timeout=WITHIN)
    assert await second.no_barriers() == []
    # Half a sentence is being written on the first.
    await first.button("desk.agenda.add").click()
    field = first.dialog.get_by_role("textbox").first
    await field.fill("En halv sætn")

    await there.get_by_role("button", name=words("desk.lead.take")).click()
    await expect(there).to_have_count(0, timeout=WITHIN)
    await expect(led).to_contain_text(words("desk.lead.self"), timeout=WITHIN)
    await expect(field).to_have_value("En halv sætn")
    await second.goes_to("clustering_draws")
    # It keeps reading.
    await first.is_at("clustering_draws")
    await expect(field).to_have_value("En halv sætn")

    # Its page is loaded anew, and it is still not the one that leads; then it takes over again.
    await first.page.reload()
    await expect(led).to_be_visible(timeout=WITHIN)
    await led.get_by_role("button", name=words("desk.lead.take")).click()
    await expect(there).to_be_visible(timeout=WITHIN)
    await expect(led).to_have_count(0)
