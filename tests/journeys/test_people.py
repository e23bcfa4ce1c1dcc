"""People: invited, signed in with an account of their own, handed the process, removed (X1, X2, X4, X20)."""

import base64
import time

from playwright.async_api import expect

from app.accounts.second_factor import code_at
from tests.support.browsers import PHONE, People
from tests.support.desk import Desk
from tests.support.workshop import Workshop

NAME, EMAIL, PASSWORD = "Ida Bæk", "ida@montagen.example", "fire små både vinker"
FRESH = "syv grønne cykler synger"


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
    # It is shown only once: closing asks whether it is saved.
    await desk.sees("desk.once.ask")
    await desk.button("desk.once.kept").click()
    return url


async def resets(desk: Desk, name: str) -> str:
    """The address of a link for a new password."""
    await desk.page.get_by_role("button", name=desk.words("desk.group.menu", name=name)).click()
    await desk.page.get_by_role("menuitem", name=desk.words("desk.accounts.reset")).click()
    address = desk.dialog.get_by_label(desk.words("desk.accounts.url"))
    await expect(address).to_be_visible()
    url = await address.input_value()
    await desk.button("desk.close").click()
    # It is shown only once: closing asks whether it is saved.
    await desk.sees("desk.once.ask")
    await desk.button("desk.once.kept").click()
    return url


async def switches_on(phone: Desk) -> tuple[bytes, int]:
    """The secret of the authenticator app, and the step of the code that was shown."""
    await phone.button("desk.second.on").click()
    typed = await phone.dialog.locator(".secret").inner_text()
    assert await phone.no_barriers() == []
    secret = base64.b32decode(typed)
    step = int(time.time()) // 30
    await phone.dialog.get_by_label(phone.words("desk.second.code")).fill(code_at(secret, step))
    await phone.dialog.get_by_role("button", name=phone.words("desk.second.confirm")).click()
    await expect(phone.dialog.get_by_role("listitem")).to_have_count(10)
    assert await phone.no_barriers() == []
    await phone.button("desk.once.kept").click()
    await phone.sees("desk.second.is_on")
    return secret, step


async def forgets_and_shows_a_code(desk: Desk, phone: Desk, people: People, front: str) -> None:
    """A new password by the administrator's link, then a second factor, then in with both."""
    await desk.page.goto(f"{front}/desk#/accounts")
    await expect(desk.main.get_by_role("listitem")).to_have_count(2)
    assert await desk.no_barriers() == []
    # X4: where they are signed in already, on another device of theirs.
    before = await people.sits_down(**(PHONE | {"state": await phone.page.context.storage_state()}))
    other = Desk(await before.new_page(), phone.words)
    await other.page.goto(f"{front}/desk#/account")
    await other.sees("desk.second.on")
    url = await resets(desk, NAME)
    await phone.page.goto(url)
    await phone.page.get_by_label(phone.words("desk.account.new"), exact=True).fill(FRESH)
    assert await phone.no_barriers() == []
    await phone.button("desk.account.password_go").click()
    await phone.sees("desk.reset.done")
    await other.reload()
    await other.sees("desk.signin.title")
    # X2: the link was good once.
    await other.page.goto(url)
    await other.sees("desk.reset.used")
    await expect(other.page.get_by_label(phone.words("desk.account.new"), exact=True)).to_have_count(0)
    await people.leave(before)
    await phone.page.get_by_role("link", name=phone.words("desk.signin.go")).click()
    await phone.gives(EMAIL, FRESH)
    await expect(phone.page.get_by_label(phone.words("desk.signin.password"))).to_have_count(0)

    await phone.page.goto(f"{front}/desk#/account")
    secret, step = await switches_on(phone)
    assert await phone.wide() == 0
    await phone.page.context.clear_cookies()
    await phone.signs_in(front, EMAIL, FRESH)
    code = phone.page.get_by_label(phone.words("desk.second.code"))
    await expect(code).to_be_focused()
    assert await phone.no_barriers() == []
    # A code is accepted once; the next one is valid already.
    await code.fill(code_at(secret, max(step + 1, int(time.time()) // 30)))
    await phone.button("desk.signin.go").click()
    await expect(code).to_have_count(0)


async def test_X1_X2_X20_invited_in_by_another_password_and_a_code_handed_the_process_and_out_again(
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

    await forgets_and_shows_a_code(desk, phone, people, room.server.url)

    await desk.page.goto(f"{room.server.url}/desk#/p/{room.meeting.process}/people")
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
