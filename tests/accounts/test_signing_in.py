"""The first account, signing in and out."""

import asyncio

import pytest

from app.accounts.passwords import weakness
from app.limits import Guesses
from tests.support.house import PASSWORD, House, house

RIGHT = {"email": "karen@bakkedal.dk", "password": PASSWORD}
WRONG = {"email": "karen@bakkedal.dk", "password": "not the password"}


async def first_token(home: House) -> str:
    link = await home.accounts.first_link()
    assert link is not None
    return link.partition("#")[2]


def first(token: str, **other: str) -> dict[str, str]:
    return {"token": token, "name": "Karen Holm", **RIGHT} | other


async def test_X2_opening_the_first_link_uses_nothing_up_and_pressing_does(home: House) -> None:
    token = await first_token(home)
    desk = home.client()
    assert (await desk.get("/welcome")).status_code == 200
    made = await desk.post("/api/accounts/first", json=first(token))
    assert made.status_code == 200
    assert made.json()["account"] | {"id": ""} == {
        "id": "", "name": "Karen Holm", "email": "karen@bakkedal.dk", "admin": True, "by_link": False,
        "may_begin": True,
    }  # fmt: skip
    assert (await desk.get("/api/session")).json() == made.json()


async def test_B57_the_first_link_pressed_again_is_used(home: House) -> None:
    token = await first_token(home)
    await home.client().post("/api/accounts/first", json=first(token))
    again = await home.client().post("/api/accounts/first", json=first(token, email="other@bakkedal.dk"))
    assert (again.status_code, again.json()["code"]) == (410, "used")
    assert await home.accounts.first_link() is None


async def test_X2_of_two_who_press_at_once_one_is_too_late(home: House) -> None:
    token = await first_token(home)
    both = await asyncio.gather(
        *(
            home.client().post("/api/accounts/first", json=first(token, email=f"{who}@bakkedal.dk"))
            for who in ("a", "b")
        )
    )
    assert sorted(answer.status_code for answer in both) == [200, 410]


async def test_X2_each_start_makes_the_link_before_worthless(home: House) -> None:
    before = await first_token(home)
    now = await first_token(home)
    assert (await home.client().post("/api/accounts/first", json=first(before))).status_code == 410
    assert (await home.client().post("/api/accounts/first", json=first(now))).status_code == 200


async def test_X2_only_a_hash_of_the_link_is_kept(home: House) -> None:
    token = await first_token(home)
    kept = await home.on_disk()
    assert b"one_time_link" in kept and token.encode() not in kept


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("kort", "password_short"),
        ("x" * 129, "password_long"),
        ("Adgangskode1234", "password_common"),
        ("P@ssw0rd2026!", "password_common"),
        ("123456789012", "password_common"),
        ("aaaaaaaaaaaa", "password_common"),
        ("hejhejhejhej", "password_common"),
        ("abcdefghijkl", "password_common"),
        ("karen@bakkedal.dk", "password_common"),
    ],
)
async def test_X1_a_password_that_is_guessed_first_is_refused(home: House, password: str, code: str) -> None:
    answer = await home.client().post(
        "/api/accounts/first", json=first(await first_token(home), password=password)
    )
    assert (answer.status_code, answer.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    "password", ["kø hat lampe 42", "correct staple æøå", "z" * 5 + "aQ9-kLm", "p" + "æ1ø2" * 31]
)
def test_X1_no_rules_of_composition(password: str) -> None:
    assert weakness(password, "Karen Holm", "karen@bakkedal.dk") is None


async def test_X3_unknown_and_wrong_are_one_answer(home: House) -> None:
    await home.signed_in()
    known = await home.client(address="10.0.0.1").post("/api/session", json=WRONG)
    unknown = await home.client(address="10.0.0.2").post("/api/session", json=WRONG | {"email": "x@y.dk"})
    assert known.status_code == unknown.status_code == 401
    assert known.json() | {"id": ""} == unknown.json() | {"id": ""}


async def test_X3_five_tries_are_free_then_each_waits_longer(home: House) -> None:
    await home.signed_in()
    browser = home.client()
    for _ in range(5):
        assert (await browser.post("/api/session", json=WRONG)).status_code == 401
    waits = []
    for _ in range(8):
        refused = await browser.post("/api/session", json=RIGHT)
        assert refused.status_code == 429
        waits.append(refused.json()["retry_after"])
        assert int(refused.headers["retry-after"]) >= waits[-1]
        home.forward(seconds=waits[-1])
        assert (await browser.post("/api/session", json=WRONG)).status_code == 401
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60]
    home.forward(seconds=60)
    assert (await browser.post("/api/session", json=RIGHT)).status_code == 200
    assert (await browser.post("/api/session", json=WRONG)).status_code == 401


async def test_X3_limits_hold_per_account_from_everywhere_and_per_address_for_all(home: House) -> None:
    await home.signed_in()
    for n in range(Guesses.AT_SECRET):
        await home.client(address=f"10.0.1.{n}").post("/api/session", json=WRONG)
    assert (await home.client(address="10.0.1.99").post("/api/session", json=RIGHT)).status_code == 429
    for n in range(Guesses.FROM_ADDRESS):
        await home.client(address="10.0.2.1").post("/api/session", json=WRONG | {"email": f"{n}@y.dk"})
    one_more = await home.client(address="10.0.2.1").post("/api/session", json=WRONG | {"email": "99@y.dk"})
    assert one_more.status_code == 429


async def test_X3_guesses_sent_in_parallel_all_count(home: House) -> None:
    await home.signed_in()
    answers = await asyncio.gather(*(home.client().post("/api/session", json=WRONG) for _ in range(20)))
    assert sum(answer.status_code == 401 for answer in answers) == 5


async def test_X4_the_cookie_holds_a_token_of_which_only_the_hash_is_stored(home: House) -> None:
    desk = await home.signed_in()
    cookie = desk.cookies["trivsel"]
    assert len(cookie) >= 43
    assert cookie.encode() not in await home.on_disk()


async def test_X3b_cookie_over_http(home: House) -> None:
    desk = home.client()
    answer = await desk.post("/api/accounts/first", json=first(await first_token(home)))
    name, *parts = answer.headers.get_list("set-cookie")[0].split("; ")
    assert name.startswith("trivsel=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(parts)
    assert "Secure" not in parts


async def test_X3b_cookie_over_https(tmp_path, clock) -> None:  # type: ignore[no-untyped-def]
    async with house(tmp_path, clock, base_url="https://tavle.bakkedal.dk") as home:
        desk = home.client(host="tavle.bakkedal.dk", Origin="https://tavle.bakkedal.dk")
        answer = await desk.post("/api/accounts/first", json=first(await first_token(home)))
        name, *parts = answer.headers.get_list("set-cookie")[0].split("; ")
        assert name.startswith("__Host-trivsel=")
        assert {"HttpOnly", "Secure", "SameSite=lax", "Path=/"} <= set(parts)
        assert not any(part.startswith("Domain") for part in parts)
        mark = answer.headers.get_list("set-cookie")[1].split("; ")
        assert mark[0].startswith("__Secure-trivsel-known=") and "Secure" in mark
        assert answer.headers["strict-transport-security"].startswith("max-age=")


async def test_X4_each_sign_in_makes_a_new_session_and_ends_the_old_one(home: House) -> None:
    desk = await home.signed_in()
    before = desk.cookies["trivsel"]
    await desk.post("/api/session", json=RIGHT)
    assert desk.cookies["trivsel"] != before
    assert await home.accounts.sessions.find(before) is None


async def test_B58_the_old_cookie_after_signing_out(home: House) -> None:
    desk = await home.signed_in()
    cookie = desk.cookies["trivsel"]
    told: list[str] = []
    home.gatekeeper.on_revoked(told.append)
    assert (await desk.delete("/api/session")).status_code == 204
    again = await home.client(Cookie=f"trivsel={cookie}").get("/api/session")
    assert (again.status_code, again.json()["code"]) == (401, "signed_out")
    assert told and told[0].startswith("session:")


async def test_X4_idle_for_twelve_hours_and_thirty_days_at_most(home: House) -> None:
    desk = await home.signed_in()
    home.forward(hours=11, minutes=59)
    assert (await desk.get("/api/session")).status_code == 200
    home.forward(hours=12, minutes=1)
    assert (await desk.get("/api/session")).status_code == 401
    await desk.post("/api/session", json=RIGHT)
    for _ in range(59):
        home.forward(hours=11)
        assert (await desk.get("/api/session")).status_code == 200
    for _ in range(7):
        home.forward(hours=11)
        await desk.get("/api/session")
    assert (await desk.get("/api/session")).status_code == 401


async def test_X4_sessions_are_listed_and_revoked_from_another_browser(home: House) -> None:
    desk = await home.signed_in()
    stolen = home.client()
    await stolen.post("/api/session", json=RIGHT)
    listed = (await desk.get("/api/sessions")).json()
    assert [one["this"] for one in listed].count(True) == 1
    other = next(one["id"] for one in listed if not one["this"])
    assert (await desk.delete(f"/api/sessions/{other}")).status_code == 204
    assert (await stolen.get("/api/session")).status_code == 401
    assert (await desk.get("/api/session")).status_code == 200


async def test_X1_a_hash_with_weaker_settings_is_replaced(home: House) -> None:
    from argon2 import PasswordHasher

    from app.accounts.passwords import Passwords

    await home.signed_in()
    home.accounts.passwords = Passwords(PasswordHasher(time_cost=2, memory_cost=16, parallelism=1))
    assert (await home.client().post("/api/session", json=RIGHT)).status_code == 200
    from app.accounts.tables import account

    async with home.database.connect() as connection:
        row = (await connection.execute(account.select())).one()
    assert "m=16,t=2" in row.password_hash
    assert (await home.client().post("/api/session", json=RIGHT)).status_code == 200


async def test_U21_a_used_first_link_says_so_before_anything_is_filled_in(home: House) -> None:
    token = await first_token(home)
    link = {"token": token}
    assert (await home.client().post("/api/accounts/first/link", json=link)).status_code == 204
    # Checking a link does not use it up.
    assert (await home.client().post("/api/accounts/first/link", json=link)).status_code == 204
    await home.client().post("/api/accounts/first", json=first(token))
    again = await home.client().post("/api/accounts/first/link", json=link)
    assert (again.status_code, again.json()["code"]) == (410, "used")
