"""Signing in with the company's provider: linked once on one's own page, and then one press (X28)."""

from collections.abc import Callable

from playwright.async_api import expect

from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.identity import KAREN, provider
from tests.support.meeting import signed_in
from tests.support.server import Server
from tests.support.words import Words

NAME = "Firmalogin"


async def test_X28_linked_once_one_signs_in_by_the_companys_provider(
    people: People, own_server: Callable[..., Server]
) -> None:
    with provider() as there:
        server = own_server(
            TRIVSEL_OIDC_ISSUER=there.url,
            TRIVSEL_OIDC_CLIENT_ID="trivsel",
            TRIVSEL_OIDC_CLIENT_SECRET="hemmelig",
            TRIVSEL_OIDC_NAME=NAME,
        )
        async with signed_in(server):
            pass
        context = await people.sits_down(locale="da-DK")
        for cookie in server.session:
            await context.add_cookies([{"name": cookie.name, "value": cookie.value or "", "url": server.url}])
        desk = Desk(await context.new_page(), Words("da"))
        page = desk.page
        await page.goto(f"{server.url}/desk#/account")
        await desk.button("desk.account.sign_on_go").click()
        # There: a page that is not ours, on which people identify themselves.
        await page.get_by_role("button", name=KAREN).click()
        linked = desk.words("desk.account.sign_on_linked", name=NAME)
        await expect(page.get_by_text(linked)).to_be_visible()
        assert page.url == f"{server.url}/desk#/account"

        other = Desk(await (await people.sits_down(locale="da-DK")).new_page(), Words("da"))
        await other.page.goto(f"{server.url}/desk#/account")
        await other.button("desk.signin.with", name=NAME).click()
        await other.page.get_by_role("button", name=KAREN).click()
        # Back on the previous page.
        await expect(other.page.get_by_text(linked)).to_be_visible()

        await other.page.context.clear_cookies()
        await other.page.reload()
        there.broken.add("/oauth2/token")
        await other.button("desk.signin.with", name=NAME).click()
        await other.page.get_by_role("button", name=KAREN).click()
        await expect(other.page.get_by_role("alert")).to_have_text(desk.words("refused.sign_on_away"))
        await other.button("desk.sign_on.back").click()
        email = other.page.get_by_label(desk.words("desk.signin.email"), exact=True)
        await expect(email).to_be_visible()
