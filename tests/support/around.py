"""The pages around a meeting, of the desk and of the server itself: the rest of the walk of `tour.py`."""

import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import Unpack

from itsdangerous import Signer
from playwright.async_api import expect

from tests.support.browsers import PHONE, Looks, Screen
from tests.support.desk import Desk
from tests.support.workshop import Workshop

#: A token that nobody was given.
NOBODY = "A" * 43


@asynccontextmanager
async def _page(room: Workshop, **looks: Unpack[Looks]) -> AsyncIterator[Desk]:
    context = await room.people.sits_down(**looks)
    yield Desk(await context.new_page(), room.words)
    await room.people.leave(context)


async def office(room: Workshop, looks: Looks) -> AsyncIterator[tuple[str, Screen]]:
    """For somebody signed in: processes and companies, people and accounts, the server, print."""
    words, meeting = room.words, room.meeting
    company = (await meeting.http.get("/api/conversations")).json()["companies"][-1]
    async with _page(room, **(looks | {"state": room.state})) as desk:
        for name, path, title in (
            ("account", "account", words("desk.account.title")),
            ("overview", "overview", words("desk.overview")),
            ("company", f"c/{company['id']}", company["name"]),
            ("people", f"p/{meeting.process}/people", words("desk.people.title")),
            ("accounts", "accounts", words("desk.accounts.title")),
            ("server", "server", words("desk.backups.title")),
            ("reach", "phones", words("desk.reach.try")),
            ("poster", f"w/{meeting.workshop}/poster", words("desk.poster.meeting.title")),
        ):
            await desk.page.goto(f"{room.server.url}/desk#/{path}")
            await expect(desk.page.get_by_role("heading", name=title).first).to_be_visible()
            if name in ("people", "accounts", "overview"):
                # Their headings are shown before their lists are fetched.
                await expect(desk.main.get_by_role("listitem").first).to_be_visible()
            yield f"desk-{name}", desk
        await desk.page.goto(f"{room.server.url}/api/workshops/{meeting.workshop}/run-sheet.html")
        await expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        yield "run-sheet", desk


async def gates(room: Workshop, looks: Looks) -> AsyncIterator[tuple[str, Screen]]:
    """For somebody not signed in: what the links in e-mails open, and what can be done without a password."""
    url, words, meeting = room.server.url, room.words, room.meeting
    accounts = (await meeting.http.get("/api/accounts")).json()
    reset = (await meeting.post(f"/api/accounts/{accounts[0]['id']}/reset"))["url"]
    asked = {"name": "Ida Bæk", "role": "co_facilitator"}
    invited = (await meeting.post(f"/api/processes/{meeting.process}/invitations", **asked))["url"]
    async with _page(room, **looks) as desk:
        for name, address, title in (
            ("signin", f"{url}/desk", "desk.signin.title"),
            ("welcome", f"{url}/welcome#{NOBODY}", "desk.welcome.title"),
            ("reset", reset, "desk.account.new"),
            ("invitation", invited, "desk.invitation.known"),
            ("sign-on", f"{url}/sign-on?error=access_denied", "desk.sign_on.failed"),
        ):
            await desk.page.goto(address)
            await desk.sees(title)
            yield f"desk-{name}", desk
        if "TRIVSEL_SMTP_URL" in room.server.env:
            await desk.page.goto(f"{url}/desk")
            await desk.button("desk.signin.forgot_mail").click()
            await desk.sees("desk.forgot.about")
            yield "desk-forgot", desk
        ending = Signer(
            (room.server.data / "key").read_bytes(),
            salt="end of reminders",
            key_derivation="hmac",
            digest_method=hashlib.sha256,
        )
        await desk.page.goto(f"{url}/unsubscribe/{ending.sign('nobody').decode()}")
        await desk.sees("page.unsubscribe.title")
        yield "unsubscribe", desk
        await desk.page.get_by_role("button", name=words("page.unsubscribe.go")).click()
        await desk.sees("page.unsubscribed.title")
        yield "unsubscribed", desk


async def pockets(room: Workshop, looks: Looks) -> AsyncIterator[tuple[str, Screen]]:
    """What is opened on a phone: a conversation for two, a summary by link, a code for trying."""
    url, meeting = room.server.url, room.meeting
    company = (await meeting.http.get("/api/conversations")).json()["companies"][-1]["id"]
    when = {"day": date.today().isoformat(), "time": "09:30", "rhythm": "week", "minutes": 30}  # noqa: DTZ011
    asked = {"company": company, "employee": "Ida", "language": room.words.language}
    pair = await meeting.post("/api/conversations", **asked, **when)
    async with _page(room, **(PHONE | looks)) as phone:
        await phone.page.goto(pair["employee"]["url"])
        await expect(phone.page.get_by_role("textbox").first).to_be_visible()
        yield "conversation", phone
        await phone.page.goto("about:blank")
        await phone.page.goto(pair["employee"]["url"][:-20])
        await phone.sees("conversation.wrong.title")
        yield "conversation-wrong", phone
        link, _ = await room.link()
        await phone.page.goto(link)
        await expect(phone.page.get_by_role("heading", level=1)).to_be_visible()
        yield "manager-summary", phone
        await phone.page.goto((await meeting.http.get("/api/reach")).json()["url"])
        await phone.sees("page.reached.title")
        yield "reached", phone
        await phone.page.goto(f"{url}/t/{NOBODY}")
        await phone.sees("page.no_longer.title")
        yield "no-longer", phone
