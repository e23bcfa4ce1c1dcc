"""X1: a second factor at sign-in; X2: a password reset by an administrator's link."""

import asyncio
import base64
from typing import Any

import httpx2
import pytest

from app.accounts.second_factor import STEP, SecondFactor, code_at
from tests.support.house import KEY, PASSWORD, House

SIGNS_IN = {"email": "karen@bakkedal.dk", "password": PASSWORD}
NEW = "fire små både vinker"


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_X1_the_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """The last six of the eight digits in RFC 6238, appendix B."""
    assert code_at(b"12345678901234567890", seconds // 30) == code


class Phone:
    """An authenticator app."""

    def __init__(self, home: House, secret: str) -> None:
        self._clock = home.clock
        self._secret = base64.b32decode(secret)

    def shows(self, off: int = 0) -> str:
        """The current code, or that of some steps away."""
        return code_at(self._secret, self._clock.ms() // STEP + off)


async def switched_on(home: House, desk: httpx2.AsyncClient) -> tuple[Phone, list[str]]:
    made = await desk.post("/api/account/second", json={})
    assert made.status_code == 201 and made.json()["qr"]["path"].startswith("M")
    phone = Phone(home, made.json()["secret"])
    confirmed = await desk.post("/api/account/second/confirm", json={"code": phone.shows()})
    assert confirmed.status_code == 200, confirmed.text
    home.forward(seconds=60)
    return phone, confirmed.json()["codes"]


async def signs_in(home: House, code: str = "") -> tuple[int, str]:
    answer = await home.client().post("/api/session", json=SIGNS_IN | {"code": code})
    return answer.status_code, answer.json().get("code", "")


async def test_X1_with_a_second_factor_the_password_alone_signs_nobody_in(home: House) -> None:
    desk = await home.signed_in()
    assert (await desk.get("/api/account/second")).json() == {"on": False, "left": 0}
    phone, codes = await switched_on(home, desk)
    assert (await desk.get("/api/account/second")).json() == {"on": True, "left": len(codes)}
    assert await signs_in(home) == (403, "code_needed")
    assert await signs_in(home, "000000") == (403, "wrong_code")
    assert await signs_in(home, phone.shows()) == (200, "")


async def test_X1_a_code_is_accepted_once_and_no_earlier_one_after_it(home: House) -> None:
    phone, _ = await switched_on(home, await home.signed_in())
    code = phone.shows()
    both = await asyncio.gather(signs_in(home, code), signs_in(home, code))
    assert sorted(status for status, _ in both) == [200, 403]
    assert await signs_in(home, phone.shows(-1)) == (403, "wrong_code")
    # A clock that is half a minute fast is accepted; one that is a minute off is not.
    assert await signs_in(home, f" {phone.shows(1)[:3]} {phone.shows(1)[3:]}") == (200, "")
    home.forward(seconds=300)
    assert await signs_in(home, phone.shows(2)) == (403, "wrong_code")


async def test_X1_nothing_is_asked_for_until_the_phone_has_shown_a_right_code(home: House) -> None:
    desk = await home.signed_in()
    await desk.post("/api/account/second", json={})
    wrong = await desk.post("/api/account/second/confirm", json={"code": "123456"})
    assert (wrong.status_code, wrong.json()["code"]) == (403, "wrong_code")
    assert await signs_in(home) == (200, "")


async def test_X1_a_recovery_code_is_taken_once(home: House) -> None:
    desk = await home.signed_in()
    _, codes = await switched_on(home, desk)
    assert len(set(codes)) == 10
    assert await signs_in(home, codes[0].lower().replace("-", " ")) == (200, "")
    assert await signs_in(home, codes[0]) == (403, "wrong_code")
    assert (await desk.get("/api/account/second")).json()["left"] == 9
    kept = await home.on_disk()
    assert b"recovery_code" in kept and not [one for one in codes if one.encode() in kept]


async def test_X3_knowing_the_password_does_not_help_to_guess_codes(home: House) -> None:
    await switched_on(home, await home.signed_in())
    tries = [signs_in(home, f"{n:06}") for n in range(12)]
    statuses = [status for status, _ in await asyncio.gather(*tries)]
    assert (statuses.count(403), statuses.count(429)) == (5, 7)


async def test_X42_the_secret_is_sealed_under_the_servers_key(home: House) -> None:
    desk = await home.signed_in()
    made = (await desk.post("/api/account/second", json={})).json()
    account = (await desk.get("/api/session")).json()["account"]["id"]
    other = SecondFactor(home.database, home.clock.ms, KEY[::-1])
    code = Phone(home, made["secret"]).shows()
    assert await other.confirm(account, code) is None
    assert await home.accounts.second.confirm(account, code) is not None
    kept = await home.on_disk()
    assert base64.b32decode(made["secret"]) not in kept and made["secret"].encode() not in kept


async def test_X4_it_is_switched_with_the_password_again_and_not_twice(home: House) -> None:
    desk = await home.signed_in()
    await switched_on(home, desk)
    again = await desk.post("/api/account/second", json={})
    assert (again.status_code, again.json()["code"]) == (409, "second_on")
    home.forward(minutes=11)
    for method in ("POST", "DELETE"):
        answer = await desk.request(method, "/api/account/second", json={} if method == "POST" else None)
        assert (answer.status_code, answer.json()["code"]) == (403, "prove_again")
    await desk.post("/api/session/proof", json={"password": PASSWORD})
    assert (await desk.delete("/api/account/second")).status_code == 204
    assert await signs_in(home) == (200, "")


async def reset_link(home: House, admin: httpx2.AsyncClient) -> str:
    (one,) = (await admin.get("/api/accounts")).json()
    made = await admin.post(f"/api/accounts/{one['id']}/reset", json={})
    assert made.status_code == 201, made.text
    return str(made.json()["url"]).partition("/password#")[2]


async def resets(home: House, token: str, password: str = NEW) -> Any:
    return await home.client().post("/api/accounts/reset", json={"token": token, "password": password})


async def test_X2_a_link_to_a_new_password_holds_for_an_hour_and_once(home: House) -> None:
    admin = await home.signed_in()
    before = await reset_link(home, admin)
    token = await reset_link(home, admin)
    assert (await resets(home, before)).status_code == 410, "a new link ends the one before"
    assert (await home.client().get("/password")).status_code == 200
    look = await home.client().post("/api/accounts/reset/link", json={"token": token})
    assert look.status_code == 204, "looking uses nothing up"
    assert (await resets(home, token, "kort")).status_code == 422
    both = await asyncio.gather(resets(home, token), resets(home, token))
    assert sorted(answer.status_code for answer in both) == [204, 410]
    assert "trivsel" not in both[0].cookies
    # X4: sessions with the old password are over.
    assert (await admin.get("/api/session")).status_code == 401
    assert await signs_in(home) == (401, "wrong_password")
    anew = await home.client().post("/api/session", json=SIGNS_IN | {"password": NEW})
    assert anew.status_code == 200


async def test_X2_after_an_hour_it_opens_nothing(home: House) -> None:
    token = await reset_link(home, await home.signed_in())
    assert token.encode() not in await home.on_disk()
    home.forward(minutes=60)
    assert (await resets(home, token)).json()["code"] == "used"
    assert await signs_in(home) == (200, "")


async def test_X1_a_link_to_a_new_password_does_not_bypass_the_second_factor(home: House) -> None:
    admin = await home.signed_in()
    await switched_on(home, admin)
    assert (await resets(home, await reset_link(home, admin))).status_code == 204
    anew = await home.client().post("/api/session", json=SIGNS_IN | {"password": NEW})
    assert (anew.status_code, anew.json()["code"]) == (403, "code_needed")


async def test_X4_an_administrator_removes_a_lost_second_factor(home: House) -> None:
    admin = await home.signed_in()
    await switched_on(home, admin)
    (one,) = (await admin.get("/api/accounts")).json()
    assert one["second"]
    assert (await admin.delete(f"/api/accounts/{one['id']}/second")).status_code == 204
    assert await signs_in(home) == (200, "")
    home.forward(minutes=11)
    late = await admin.post(f"/api/accounts/{one['id']}/reset", json={})
    assert (late.status_code, late.json()["code"]) == (403, "prove_again")
    nobody = await admin.post("/api/accounts/nobody/reset", json={})
    assert nobody.status_code in (403, 404)


async def test_X2_without_mail_nobody_is_promised_one(home: House) -> None:
    admin = await home.signed_in()
    assert (await admin.get("/api/sign-on")).json()["mails"] is False
    (one,) = (await admin.get("/api/accounts")).json()
    for path, body in (("forgotten", {"email": one["email"]}), (f"{one['id']}/reset/mail", {})):
        answer = await admin.post(f"/api/accounts/{path}", json=body)
        assert (answer.status_code, answer.json()["code"]) == (409, "no_mail")
