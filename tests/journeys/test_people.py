"""People: invited, in with an account of their own, handed the process, and out again (X2, X4, X20)."""

from playwright.async_api import expect

from tests.support.browsers import PHONE, People
from tests.support.desk import Desk
from tests.support.workshop import Workshop

NAME, EMAIL, PASSWORD = "Ida Bæk", "ida@montagen.example", "fire små både vinker"


async def at(room: Workshop, page: str) -> Desk:
    """The facilitator at a page of the desk."""
    context = await room.people.sits_down(state=room.state)
    desk = Desk(await context.new_page(), room.words)
    await desk.page.goto(f"{room.server.url}/desk#{page}")
    return desk


async def invites(desk: Desk, name: str, role: str) -> str:
    """The address of a new invitation."""
    await desk.button("desk.people.invite").click()
    await desk.dialog.get_by_label(desk.words("desk.people.name"), exact=True).fill(name)
    await desk.dialog.get_by_label(desk.words(f"desk.people.role.{role}")).check()
    await desk.button("desk.people.invite_go").click()
    address = desk.dialog.get_by_label(desk.words("desk.people.url"))
    await expect(address).to_be_visible()
    url = await address.input_value()
    await desk.button("desk.close").click()
    return url


async def test_X2_X20_invited_in_with_an_account_handed_the_process_and_out_again(
    room: Workshop, people: People
) -> None:
    desk = await at(room, f"/p/{room.meeting.process}/people")
    url = await invites(desk, NAME, "co_facilitator")
    await expect(desk.main.get_by_text(NAME, exact=True)).to_be_visible()
    assert await desk.no_barriers() == []

    phone = Desk(await (await people.sits_down(**PHONE)).new_page(), room.words)
    await phone.page.goto(url)
    await phone.sees("desk.people.role.co_facilitator.about")
    assert await phone.no_barriers() == []
    for key, text in (("email", EMAIL), ("password", PASSWORD)):
        await phone.page.get_by_label(room.words(f"desk.welcome.{key}"), exact=True).fill(text)
    await phone.button("desk.invitation.make").click()
    await phone.sees("desk.people.title")

    await desk.reload()
    await desk.page.get_by_role("button", name=desk.words("desk.group.menu", name=NAME)).click()
    await desk.page.get_by_role("menuitem", name=desk.words("desk.people.hand_over")).click()
    await desk.button("desk.people.hand_over_go").click()
    await expect(desk.button("desk.people.invite")).to_have_count(0)
    await desk.button("desk.people.leave").click()
    await desk.dialog.get_by_role("button", name=desk.words("desk.people.leave")).click()
    await expect(desk.page.get_by_role("heading", level=1)).to_be_visible()

    await phone.page.goto(f"{room.server.url}/desk#/p/{room.meeting.process}/people")
    await expect(phone.button("desk.people.invite")).to_be_visible()
    await expect(phone.main.get_by_role("listitem")).to_have_count(1)
    assert await phone.wide() == 0
