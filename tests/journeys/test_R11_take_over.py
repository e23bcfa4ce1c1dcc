"""R11: another desk takes over a running meeting; both show it within seconds, and no word is lost."""

from playwright.async_api import expect

from tests.support.workshop import Workshop

#: The promise, in ms.
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
    # Half a sentence is being typed on the first.
    await first.button("desk.agenda.add").click()
    field = first.dialog.get_by_role("textbox").first
    await field.fill("En halv sætn")

    await there.get_by_role("button", name=words("desk.lead.take")).click()
    await expect(there).to_have_count(0, timeout=WITHIN)
    await expect(led).to_contain_text(words("desk.lead.self"), timeout=WITHIN)
    await expect(field).to_have_value("En halv sætn")
    await second.goes_to("clustering_draws")
    # It can still read.
    await first.is_at("clustering_draws")
    await expect(field).to_have_value("En halv sætn")

    # After a reload it is still not the leader; then it takes over again.
    await first.page.reload()
    await expect(led).to_be_visible(timeout=WITHIN)
    await led.get_by_role("button", name=words("desk.lead.take")).click()
    await expect(there).to_be_visible(timeout=WITHIN)
    await expect(led).to_have_count(0)
