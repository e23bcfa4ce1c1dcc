"""X2: password forgotten, a mail, a new password, signed in; an administrator can send such a mail too."""

import re
from collections.abc import Awaitable, Callable

from playwright.async_api import expect

from tests.support.browsers import PHONE, People, until
from tests.support.desk import Desk
from tests.support.meeting import EMAIL, PASSWORD, signed_in
from tests.support.post import Post, post_office
from tests.support.server import Server
from tests.support.words import Words

FRESH = "syv grønne cykler synger"


async def address_in(post: Post, n: int) -> str:
    """The contents of the nth mail, once it has arrived."""
    mails = await until(_mails(post), lambda mails: len(mails) >= n)
    found = re.search(r"http\S+/password#\S+", mails[n - 1])
    assert found, mails
    return found[0]


def _mails(post: Post) -> Callable[[], Awaitable[list[str]]]:
    async def ask() -> list[str]:
        return [mail.get_content() for mail in post.mails]

    return ask


async def test_X2_forgotten_a_mail_a_new_password_and_in(
    people: People, own_server: Callable[..., Server]
) -> None:
    with post_office() as post:
        mail = {"TRIVSEL_SMTP_URL": f"smtp://127.0.0.1:{post.port}", "TRIVSEL_MAIL_FROM": "tavle@firma.dk"}
        server = own_server(**mail)
        async with signed_in(server):
            pass
        words = Words("da")
        phone = Desk(await (await people.sits_down(**PHONE)).new_page(), words)
        page = phone.page
        await page.goto(f"{server.url}/desk")
        await page.get_by_label(words("desk.signin.email"), exact=True).fill(EMAIL)
        await phone.button("desk.signin.forgot_mail").click()
        # Entered text need not be entered again.
        await expect(page.get_by_label(words("desk.signin.email"), exact=True)).to_have_value(EMAIL)
        assert await phone.no_barriers() == []
        await phone.button("desk.forgot.go").click()
        await phone.sees("desk.forgot.sent_not")
        assert await phone.no_barriers() == []
        assert await phone.wide() == 0

        await page.goto(await address_in(post, 1))
        fresh = page.get_by_label(words("desk.account.new"), exact=True)
        await fresh.fill(FRESH)
        await phone.button("desk.account.password_go").click()
        await phone.sees("desk.reset.done")
        await page.get_by_role("link", name=words("desk.signin.go")).click()
        await phone.gives(EMAIL, PASSWORD)
        wrong = page.get_by_role("alert").filter(has_text=words("refused.wrong_password"))
        await expect(wrong).to_be_visible()
        await phone.gives(EMAIL, FRESH)
        await expect(page.get_by_label(words("desk.signin.password"))).to_have_count(0)
        await until(_mails(post), lambda mails: len(mails) == 2)

        # The same by an administrator, who is not shown the link.
        await page.goto(f"{server.url}/desk#/accounts")
        await page.get_by_role("button", name=words("desk.group.menu", name="Anna")).click()
        await page.get_by_role("menuitem", name=words("desk.accounts.send")).click()
        await expect(phone.dialog).to_have_count(0)
        await expect(page.get_by_text(words("desk.accounts.sent", name="Anna"))).to_be_visible()
        await page.goto(await address_in(post, 3))
        await expect(fresh).to_be_visible()
