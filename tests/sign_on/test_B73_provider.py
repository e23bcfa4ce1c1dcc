"""X28, B73: people returning from a provider are admitted only with a complete and genuine answer."""

from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from joserfc.jwk import OctKey, RSAKey
from structlog.testing import capture_logs

from app.accounts.tables import account as account_table
from tests.support.house import PASSWORD, House
from tests.support.identity import KAREN, OLE, Provider

FAILED = (401, "sign_on_failed")


def said(answer: httpx2.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def go(browser: httpx2.AsyncClient) -> str:
    """Away: the address that this browser is sent to."""
    answer = await browser.post("/api/sign-on")
    assert answer.status_code == 200, answer.text
    return str(answer.json()["url"])


async def linked(home: House, there: Provider, sub: str = KAREN) -> httpx2.AsyncClient:
    """Karen's desk, after she has linked her account."""
    desk = await home.signed_in()
    url = (await desk.post("/api/account/sign-on", json={"purpose": "link"})).json()["url"]
    answer = await desk.post("/api/sign-on/back", json=await there.lets_in(url, sub))
    assert (answer.status_code, answer.json()) == (200, {"purpose": "link", "process": None})
    return desk


async def come_back(home: House, there: Provider, **changed: Any) -> httpx2.Response:
    """Somebody signs in there; the parameters are changed before they are posted."""
    browser = home.client()
    told = await there.lets_in(await go(browser))
    return await browser.post("/api/sign-on/back", json=told | changed)


# -- as it should be -----------------------------------------------------------------------------------------


async def test_X28_an_account_that_is_linked_is_signed_in_with_a_session_like_any_other(
    home: House, there: Provider
) -> None:
    await linked(home, there)
    browser = home.client()
    answer = await browser.post("/api/sign-on/back", json=await there.lets_in(await go(browser)))
    assert (answer.status_code, answer.json()) == (200, {"purpose": "enter", "process": None})
    assert (
        "HttpOnly" in answer.headers["set-cookie"] and "samesite=lax" in answer.headers["set-cookie"].lower()
    )
    account = (await browser.get("/api/session")).json()["account"]
    assert (account["email"], account["by_link"]) == ("karen@bakkedal.dk", False)


async def test_X28_a_code_is_asked_for_with_pkce_state_and_nonce(home: House, there: Provider) -> None:
    asked = [parse_qs(urlsplit(await go(home.client())).query) for _ in range(2)]
    assert asked[0]["response_type"] == ["code"] and asked[0]["code_challenge_method"] == ["S256"]
    assert asked[0]["redirect_uri"] == ["http://localhost:8000/sign-on"] and "openid" in asked[0]["scope"][0]
    for name in ("state", "nonce", "code_challenge"):
        assert asked[0][name] != asked[1][name] and len(asked[0][name][0]) >= 43


async def test_X28_nobody_gets_an_account_by_being_known_there(home: House, there: Provider) -> None:
    """No invitation, no account; and the same e-mail there, verified or not, is nobody here."""
    desk = await home.signed_in("karen@firma.dk")
    answer = await come_back(home, there)
    assert said(answer) == (403, "sign_on_unknown")
    there.token = lambda claims, _: claims.update(email="karen@firma.dk", email_verified=False)
    assert said(await come_back(home, there)) == (403, "sign_on_unknown")
    assert (await desk.get("/api/account/sign-on")).json()["linked"] is False


# -- B73 -----------------------------------------------------------------------------------------------------

BENT = {
    "another nonce": lambda claims, _: claims.update(nonce="x" * 43),
    "no nonce": lambda claims, _: claims.pop("nonce"),
    "for another client": lambda claims, _: claims.update(aud="another"),
    "for others too, and not said for whom": lambda claims, _: claims.update(aud=["trivsel", "another"]),
    "given to another client": lambda claims, _: claims.update(aud=["trivsel", "another"], azp="another"),
    "for nobody": lambda claims, _: claims.pop("aud"),
    "of another provider": lambda claims, _: claims.update(iss="https://accounts.example.com"),
    "of nobody": lambda claims, _: claims.pop("iss"),
    "expired": lambda claims, _: claims.update(exp=claims["iat"] - 3600),
    "without an end": lambda claims, _: claims.pop("exp"),
    "of tomorrow": lambda claims, _: claims.update(nbf=claims["iat"] + 86400),
    "about nobody": lambda claims, _: claims.pop("sub"),
    "about an empty name": lambda claims, _: claims.update(sub=""),
    "about a number": lambda claims, _: claims.update(sub=7),
    "about one of too many letters": lambda claims, _: claims.update(sub="x" * 256),
    "of another access token": lambda claims, _: claims.update(at_hash="x" * 22),
    "of a key that is not there": lambda _, header: header.update(kid="another"),
}


async def test_B73_a_token_that_is_not_what_was_asked_for_lets_nobody_in(
    home: House, there: Provider
) -> None:
    await linked(home, there)
    found = {}
    for bent, bend in BENT.items():
        there.token = bend
        answer = await come_back(home, there)
        found[bent] = said(answer)
        assert "trivsel=" not in answer.headers.get("set-cookie", "")
    assert found == dict.fromkeys(BENT, FAILED)


async def test_B73_nor_one_that_somebody_else_signed_or_nobody(home: House, there: Provider) -> None:
    await linked(home, there)
    there.signed_by = RSAKey.generate_key(2048, {"kid": "x"}, private=True)
    assert said(await come_back(home, there)) == FAILED
    there.signed_by, there.token = "", lambda _, header: header.update(alg="none")
    assert said(await come_back(home, there)) == FAILED
    there.signed_by = OctKey.import_key("hemmelig" * 4)
    there.token = lambda _, header: header.update(alg="HS256")
    assert said(await come_back(home, there)) == FAILED


async def test_B73_a_state_that_is_not_this_browsers_lets_nobody_in(home: House, there: Provider) -> None:
    await linked(home, there)
    assert said(await come_back(home, there, state="x" * 43)) == FAILED
    # Somebody else's redirect, in a browser that started no sign-on, or another one.
    told = await there.lets_in(await go(home.client()))
    assert said(await home.client().post("/api/sign-on/back", json=told)) == FAILED
    other = home.client()
    await go(other)
    assert said(await other.post("/api/sign-on/back", json=told)) == FAILED


async def test_B73_a_return_from_the_provider_works_once(home: House, there: Provider) -> None:
    await linked(home, there)
    browser = home.client()
    url = await go(browser)
    kept = browser.cookies.get("trivsel-errand")
    told = await there.lets_in(url)
    assert (await browser.post("/api/sign-on/back", json=told)).status_code == 200
    # The same again, and with a new code, although the browser has kept its cookie.
    for again in (told, await there.lets_in(url)):
        thief = home.client(cookie=f"trivsel-errand={kept}")
        assert said(await thief.post("/api/sign-on/back", json=again)) == FAILED


async def test_B73_returning_after_ten_minutes_is_too_late(home: House, there: Provider) -> None:
    await linked(home, there)
    browser = home.client()
    told = await there.lets_in(await go(browser))
    home.forward(minutes=10)
    assert said(await browser.post("/api/sign-on/back", json=told)) == FAILED


async def test_B73_a_code_of_another_client_or_another_browser_is_worth_nothing(
    home: House, there: Provider
) -> None:
    await linked(home, there)
    mine = home.client()
    own = await there.lets_in(await go(mine))
    # PKCE: the code was issued for somebody else's verifier.
    theirs = await there.lets_in(await go(home.client()))
    answer = await mine.post("/api/sign-on/back", json=own | {"code": theirs["code"]})
    assert said(answer) == FAILED
    browser = home.client()
    url = (await go(browser)).replace("client_id=trivsel", "client_id=another")
    assert said(await browser.post("/api/sign-on/back", json=await there.lets_in(url))) == FAILED


async def test_B73_an_answer_of_another_provider_is_not_taken_for_ours(home: House, there: Provider) -> None:
    """RFC 9207: a mix-up attack."""
    await linked(home, there)
    assert said(await come_back(home, there, iss="https://accounts.example.com")) == FAILED
    assert (await come_back(home, there, iss=there.url)).status_code == 200


async def test_B73_where_it_says_that_it_names_itself_it_must(home: House, there: Provider) -> None:
    there.about = lambda about: about.update(authorization_response_iss_parameter_supported=True)
    await home.signed_in()
    assert said(await come_back(home, there)) == FAILED
    assert said(await come_back(home, there, iss=there.url)) == (403, "sign_on_unknown")


async def test_B73_somebody_who_said_no_there_is_told_so_here(home: House, there: Provider) -> None:
    browser = home.client()
    told = await there.lets_in(await go(browser), "")
    assert told["error"] == "access_denied"
    body = {name: told[name] for name in ("state", "error") if name in told}
    assert said(await browser.post("/api/sign-on/back", json={"state": "x"} | body)) == FAILED


# -- X28: nobody else is asked -------------------------------------------------------------------------------

AWAY = (503, "sign_on_away")


@pytest.mark.parametrize(
    "about",
    [
        {"issuer": "https://accounts.example.com"},
        {"token_endpoint": "http://192.0.2.1/token"},
        {"authorization_endpoint": "javascript:alert(1)"},
        {"jwks_uri": "file:///etc/passwd"},
        {"jwks_uri": None},
    ],
)
async def test_X28_a_provider_that_is_not_itself_is_not_asked(
    home: House, there: Provider, about: dict[str, Any]
) -> None:
    there.about = lambda found: found.update(about)
    assert said(await home.client().post("/api/sign-on")) == AWAY
    assert there.asked == ["/.well-known/openid-configuration"]


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/oauth2/token", "/jwks"])
async def test_X28_no_redirect_is_followed_and_what_is_no_answer_is_said(
    home: House, there: Provider, path: str
) -> None:
    await home.signed_in()
    for bent in (there.redirects, there.broken):
        bent.add(path)
        there.asked.clear()
        browser = home.client()
        answer = await browser.post("/api/sign-on")
        if answer.status_code == 200:
            told = await there.lets_in(answer.json()["url"])
            answer = await browser.post("/api/sign-on/back", json=told)
        assert said(answer) == AWAY
        # A missing key is fetched once more.
        assert there.asked.count(path) <= 2 and not [each for each in there.asked if "?" in each]
        bent.clear()


async def test_X28_without_a_provider_there_is_nothing_to_go_to(home: House, there: Provider) -> None:
    assert (await home.client().get("/api/sign-on")).json() == {
        "offered": True,
        "name": "Firmaets konto",
        "mails": False,
    }
    assert there.asked == []


async def test_F12_one_address_cannot_make_us_ask_the_provider_forever(home: House, there: Provider) -> None:
    browser = home.client()
    answers = [await browser.post("/api/sign-on/back", json={"state": "x"}) for _ in range(61)]
    assert said(answers[-2]) == FAILED and said(answers[-1]) == (429, "slow_down")


# -- one's own account ---------------------------------------------------------------------------------------


async def test_X4_linking_needs_the_password_again_and_unlinking_too(home: House, there: Provider) -> None:
    desk = await linked(home, there)
    assert (await desk.get("/api/account/sign-on")).json() == {
        "offered": True, "name": "Firmaets konto", "linked": True, "password": True,
    }  # fmt: skip
    home.forward(minutes=11)
    assert said(await desk.post("/api/account/sign-on", json={"purpose": "link"})) == (403, "prove_again")
    assert said(await desk.delete("/api/account/sign-on")) == (403, "prove_again")
    assert (await desk.post("/api/session/proof", json={"password": PASSWORD})).status_code == 204
    assert (await desk.delete("/api/account/sign-on")).status_code == 204
    assert (await desk.get("/api/account/sign-on")).json()["linked"] is False
    assert said(await come_back(home, there)) == (403, "sign_on_unknown")


async def test_X4_signing_in_there_once_more_proves_it_as_the_password_does(
    home: House, there: Provider
) -> None:
    desk = await linked(home, there)
    home.forward(minutes=11)
    asked = (await desk.post("/api/account/sign-on", json={"purpose": "prove"})).json()["url"]
    query = parse_qs(urlsplit(asked).query)
    assert (query["prompt"], query["max_age"]) == (["login"], ["0"])
    now = home.clock.ms() // 1000

    async def come_back(url: str, sub: str, proved: int | None) -> tuple[int, str]:
        # Our server's clock is ahead of the provider's by now.
        there.token = lambda claims, _: claims.update(auth_time=proved, exp=now + 60)
        answer = await desk.post("/api/sign-on/back", json=await there.lets_in(url, sub))
        return answer.status_code, answer.json().get("code", "")

    # Another person there proves nothing here, nor does somebody who was not asked again.
    for sub, proved, ended in (
        (OLE, now, (403, "sign_on_other")),
        (KAREN, None, (401, "sign_on_stale")),
        (KAREN, now - 600, (401, "sign_on_stale")),
        (KAREN, now, (200, "")),
    ):
        url = (await desk.post("/api/account/sign-on", json={"purpose": "prove"})).json()["url"]
        assert await come_back(url, sub, proved) == ended
    assert (await desk.delete("/api/account/sign-on")).status_code == 204


async def test_X28_an_identity_is_not_linked_to_somebody_who_signed_in_here_meanwhile(
    home: House, there: Provider
) -> None:
    desk = await home.signed_in()
    url = (await desk.post("/api/account/sign-on", json={"purpose": "link"})).json()["url"]
    told = await there.lets_in(url)
    await desk.delete("/api/session")
    assert said(await desk.post("/api/sign-on/back", json=told)) == (401, "signed_out")


async def test_A9_the_log_says_why_and_names_nobody(home: House, there: Provider) -> None:
    await linked(home, there)
    there.token = BENT["another nonce"]
    with capture_logs() as lines:
        await come_back(home, there)
    text = repr(lines)
    assert "sign-on refused" in text
    assert not [word for word in (KAREN, "karen@", "Karen", "trivsel", "hemmelig", there.url) if word in text]


# -- by an invitation ----------------------------------------------------------------------------------------


async def invited(home: House) -> str:
    """The token of an invitation into Karen's process."""
    desk = await home.signed_in()
    process = (await home.workshop(desk))["process"]
    body = {"name": "Ole", "role": "co_facilitator"}
    made = await desk.post(f"/api/processes/{process}/invitations", json=body)
    return str(made.json()["url"]).partition("#")[2]


def bend(changed: dict[str, Any], claims: dict[str, Any], _header: dict[str, Any]) -> None:
    claims.update(changed)


async def accepts(home: House, there: Provider, token: str, sub: str = OLE) -> httpx2.Response:
    browser = home.client()
    sent = await browser.post("/api/sign-on", json={"invitation": token})
    answer = await browser.post("/api/sign-on/back", json=await there.lets_in(sent.json()["url"], sub))
    return answer if answer.status_code != 200 else await browser.get("/api/session")


async def test_X2_X28_an_invitation_makes_an_account_that_needs_no_password(
    home: House, there: Provider
) -> None:
    token = await invited(home)
    account = (await accepts(home, there, token)).json()["account"]
    assert (account["name"], account["email"], account["by_link"]) == ("Ole", "ole@firma.dk", False)
    # Once; and from now on the person is known.
    assert said(await accepts(home, there, token)) == (410, "used")
    browser = home.client()
    back = await browser.post("/api/sign-on/back", json=await there.lets_in(await go(browser), OLE))
    assert back.json()["purpose"] == "enter"
    companies = (await browser.get("/api/home")).json()["companies"]
    assert [row["role"] for each in companies for row in each["processes"]] == ["co_facilitator"]
    # There is no password to guess, and without the link nobody could sign in.
    wrong = await home.client().post("/api/session", json={"email": "ole@firma.dk", "password": ""})
    assert said(wrong) == (401, "wrong_password")
    assert said(await browser.delete("/api/account/sign-on")) == (409, "sign_on_only")


async def test_X28_an_account_that_is_linked_accepts_as_itself(home: House, there: Provider) -> None:
    await accepts(home, there, await invited(home))
    again = await accepts(home, there, await invited(home))
    async with home.database.connect() as connection:
        assert len((await connection.execute(account_table.select())).all()) == 2
    assert again.json()["account"]["email"] == "ole@firma.dk"


async def test_X28_an_email_that_is_somebodys_or_not_proved_makes_no_account(
    home: House, there: Provider
) -> None:
    token = await invited(home)
    there.token = lambda claims, _: claims.update(email="karen@bakkedal.dk")
    assert said(await accepts(home, there, token)) == (409, "email_taken")
    for changed in ({"email_verified": False}, {"email_verified": "true"}, {"email": "x"}, {"email": 7}):
        there.token = partial(bend, changed)
        assert said(await accepts(home, there, token)) == (409, "sign_on_no_email")
    # None of that used the invitation up.
    there.honest()
    assert (await accepts(home, there, token)).status_code == 200
