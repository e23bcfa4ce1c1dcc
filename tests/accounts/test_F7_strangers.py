"""F7: knowing an e-mail locks nobody out, and many addresses together get few guesses at one account."""

import asyncio

import httpx2
import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from app.accounts.marks import Marks
from app.accounts.passwords import MOST_WAITING, Passwords
from app.limits import Guesses, address_hash
from tests.support.house import PASSWORD, House

RIGHT = {"email": "karen@bakkedal.dk", "password": PASSWORD}
WRONG = {"email": "karen@bakkedal.dk", "password": "not the password"}
ATTACKER, OWNER = "203.0.113.66", "10.0.0.9"


async def tries(browser: httpx2.AsyncClient, body: dict[str, str] = WRONG) -> int:
    return (await browser.post("/api/session", json=body)).status_code


async def test_F7_a_stranger_who_keeps_guessing_never_locks_the_owner_out(home: House) -> None:
    await home.signed_in()
    attacker, refused = home.client(address=ATTACKER), 0
    for _ in range(40):
        for _ in range(7):
            await tries(attacker)
        # A browser that has never signed in here, at another address.
        refused += await tries(home.client(address=OWNER), RIGHT) != 200
        home.forward(seconds=5)
    assert refused == 0
    # One attempt may just be free again; the next is not.
    await tries(attacker)
    assert await tries(attacker) == 429


async def test_F7_a_browser_that_signed_in_before_has_a_lane_of_its_own(home: House) -> None:
    desk = await home.signed_in()
    assert (await desk.delete("/api/session")).status_code == 204
    # From the owner's address, and from enough others to use up the account's limit.
    for _ in range(60):
        await tries(home.client(address=OWNER))
    for n in range(60):
        await tries(home.client(address=f"198.51.100.{n}"))
    assert await tries(home.client(address=OWNER), RIGHT) == 429
    assert await tries(home.client(address="192.0.2.1"), RIGHT) == 429
    assert await tries(desk, RIGHT) == 200
    # The owner's guesses still wait, and block nothing (X3).
    await desk.delete("/api/session")
    codes = [await tries(desk) for _ in range(6)]
    assert codes == [401] * 5 + [429]
    home.forward(seconds=1)
    assert await tries(desk, RIGHT) == 200


async def test_F7_many_addresses_make_few_guesses_at_one_account(home: House) -> None:
    await home.signed_in()
    looked_at = 0
    for minute in range(3):
        answers = [await tries(home.client(address=f"198.51.{minute}.{n}")) for n in range(100)]
        looked_at += answers.count(401)
        home.forward(seconds=61)
    assert looked_at == 3 * Guesses.AT_SECRET
    # Other accounts are not in that queue.
    assert await tries(home.client(address="192.0.2.1"), WRONG | {"email": "x@y.dk"}) == 401


async def test_F7_an_attackers_own_password_buys_no_more_guesses_at_others(home: House) -> None:
    await home.signed_in()
    looked_at = 0
    for n in range(200):
        here = home.client(address=ATTACKER)
        looked_at += await tries(here, WRONG | {"email": f"{n}@y.dk"}) == 401
        if n % 4 == 3:
            await tries(here, RIGHT)
    assert looked_at <= Guesses.FROM_ADDRESS + 1


async def test_F7_five_colleagues_who_mistype_do_not_stop_the_sixth(home: House) -> None:
    await home.signed_in()
    for n in range(5):
        for _ in range(2):
            assert await tries(home.client(), WRONG | {"email": f"{n}@y.dk"}) == 401
    assert await tries(home.client(), RIGHT) == 200


async def test_F7_a_network_of_ipv6_is_one_address(home: House) -> None:
    await home.signed_in()
    codes = [await tries(home.client(address=f"2001:db8:1:2::{n:x}")) for n in range(1, 9)]
    assert codes == [401] * 5 + [429] * 3
    assert await tries(home.client(address="2001:db8:1:3::1")) == 401
    assert address_hash("::ffff:192.0.2.1") == address_hash("192.0.2.1") != address_hash("192.0.2.2")
    assert address_hash("fe80::1%eth0") == address_hash("fe80::2")
    assert address_hash("") == address_hash("")


async def test_F7_the_mark_names_nobody_and_goes_to_signing_in_alone(home: House) -> None:
    desk = home.client()
    await home.signed_in()
    answer = await desk.post("/api/session", json=RIGHT)
    [mark] = [line for line in answer.headers.get_list("set-cookie") if line.startswith("trivsel-known=")]
    assert {"HttpOnly", "SameSite=strict", "Path=/api/session"} <= set(mark.split("; "))
    assert "karen" not in mark and answer.json()["account"]["id"] not in mark
    kept = desk.cookies["trivsel-known"]
    # Signing in again keeps it, and so does signing out; it is nowhere in the file.
    await desk.post("/api/session", json=RIGHT)
    await desk.delete("/api/session")
    assert desk.cookies["trivsel-known"] == kept
    assert kept.encode() not in await home.on_disk()


def test_F7_a_mark_is_good_for_one_account_under_one_key() -> None:
    marks = Marks(b"one key" * 5)
    mark = marks.make("karen@bakkedal.dk")
    assert marks.read(mark, "Karen@Bakkedal.dk") and marks.make("karen@bakkedal.dk") != mark
    for wrong in (mark[:-1], mark + "0", "", "æ" * 64, mark[::-1], "0" * 64):
        assert marks.read(wrong, "karen@bakkedal.dk") == ""
    assert marks.read(mark, "other@bakkedal.dk") == ""
    assert Marks(b"another key" * 5).read(mark, "karen@bakkedal.dk") == ""


def test_F7_a_missing_account_costs_the_same_computation_as_an_existing_one() -> None:
    hasher = PasswordHasher(time_cost=2, memory_cost=64, parallelism=2)
    nobody = Passwords(hasher)._nobody
    assert extract_parameters(nobody) == extract_parameters(hasher.hash(PASSWORD))
    # Not refused for its form, which would take no time.
    with pytest.raises(VerifyMismatchError):
        hasher.verify(nobody, PASSWORD)
    assert Passwords(hasher)._nobody != nobody


async def test_F7_the_queue_of_strangers_is_bounded_and_known_browsers_skip_it(home: House) -> None:
    desk = await home.signed_in()
    slow = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    home.accounts.passwords = slow
    # Both slots are taken until the test releases them.
    async with slow._turns.one(), slow._turns.one():
        waiting = [
            asyncio.ensure_future(tries(home.client(address=f"198.51.100.{n}"), WRONG | {"email": email}))
            for n, email in enumerate(f"{n}@y.dk" for n in range(MOST_WAITING))
        ]
        while slow._turns._waiting < MOST_WAITING:
            await asyncio.sleep(0)
        late = await home.client(address="192.0.2.1").post("/api/session", json=RIGHT)
        assert (late.status_code, late.json()["code"], late.json()["retry_after"]) == (429, "slow_down", 2)
        assert await tries(desk, RIGHT) == 200
    assert set(await asyncio.gather(*waiting)) == {401}
    # It was not checked, so it counts for nothing.
    assert await tries(home.client(address="192.0.2.1"), RIGHT) == 200
