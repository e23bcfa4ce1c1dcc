"""F12: parallel guesses all count: typed codes, codes of walls, passwords, links."""

import asyncio
from collections.abc import Awaitable, Iterable

import httpx2
from sqlalchemy import Table, func, select

from app.engine.commands import Role
from app.limits import Delays, Guesses, Window
from app.live.door import ALPHABET, MISSES_ON_SERVER, MISSES_PER_ADDRESS
from app.live.pairing import MISSES, MOST_FROM_ADDRESS, MOST_PAIRINGS
from app.live.tables import pairing
from app.live.tokens import Admission
from app.storage.spent import spent
from tests.support.clock import Clock
from tests.support.house import House

AT_ONCE = 300


async def statuses(asked: Iterable[Awaitable[httpx2.Response]]) -> list[int]:
    return [answer.status_code for answer in await asyncio.gather(*asked)]


async def open_door(home: House) -> tuple[httpx2.AsyncClient, str, str]:
    """A desk, its workshop, and the code of its door."""
    desk = await home.signed_in()
    workshop = (await home.workshop(desk))["id"]
    door = (await desk.post(f"/api/workshops/{workshop}/door", json={"action": "open"})).json()
    return desk, workshop, door["code"]


def codes(many: int) -> list[str]:
    """This many codes that belong to no room."""
    digits = [ALPHABET[n // 27**place % 27] for n in range(many) for place in range(6)]
    return ["".join(digits[n * 6 : n * 6 + 6]) for n in range(many)]


# -- typed codes -----------------------------------------------------------------------------------------


async def test_F12_three_hundred_at_once_from_one_address_try_ten_codes(home: House) -> None:
    _, _, right = await open_door(home)
    guesser = home.client(address="203.0.113.66")
    asked = [guesser.post("/api/join", json={"code": code}) for code in [*codes(AT_ONCE), right]]
    answers = await statuses(asked)
    assert answers.count(404) == MISSES_PER_ADDRESS
    assert answers.count(429) == AT_ONCE - MISSES_PER_ADDRESS + 1, "the right one too"


async def test_F12_three_hundred_at_once_from_many_addresses_try_sixty(home: House) -> None:
    await open_door(home)
    asked = [
        home.client(address=f"198.51.100.{n % 100}").post("/api/join", json={"code": code})
        for n, code in enumerate(codes(AT_ONCE))
    ]
    answers = await statuses(asked)
    assert answers.count(404) == MISSES_ON_SERVER


async def test_F12_B52_a_whole_room_that_types_the_right_code_at_once_comes_in(home: House) -> None:
    _, _, right = await open_door(home)
    phones = home.client()
    assert set(await statuses(phones.post("/api/join", json={"code": right}) for _ in range(500))) == {200}


async def test_F7_strangers_who_mistype_do_not_pause_a_company_whose_people_are_inside(home: House) -> None:
    _, _, right = await open_door(home)
    from app.limits import address_hash

    home.doors.came_in(address_hash("10.0.0.9"))
    for n in range(MISSES_ON_SERVER):
        await home.client(address=f"198.51.100.{n}").post("/api/join", json={"code": "ABCDEF"})
    typed = {"code": right}
    assert (await home.client(address="192.0.2.1").post("/api/join", json=typed)).status_code == 429
    assert (await home.client(address="10.0.0.9").post("/api/join", json=typed)).status_code == 200
    # That lane does not bypass the cap: it has one of its own.
    for n in range(100):
        home.doors.came_in(address_hash(f"10.1.0.{n}"))
    guessers = [home.client(address=f"10.1.0.{n % 100}") for n in range(AT_ONCE)]
    answers = await statuses(one.post("/api/join", json={"code": "ABCDEF"}) for one in guessers)
    assert answers.count(404) == MISSES_ON_SERVER


# -- codes of walls --------------------------------------------------------------------------------------


async def test_F12_codes_of_walls_are_not_tried_by_the_hundred(home: House) -> None:
    desk, workshop, _ = await open_door(home)
    shown = (await home.client().post("/api/screens", json={})).json()["code"]
    path = f"/api/workshops/{workshop}/screens"
    wrong = [code[:4] for code in codes(AT_ONCE) if code[:4] != shown]
    answers = await statuses(desk.post(path, json={"code": code}) for code in wrong)
    assert (answers.count(404), answers.count(429)) == (MISSES, len(wrong) - MISSES)
    assert (await desk.post(path, json={"code": shown})).status_code == 429
    # A wall can still be opened from the desk itself, and a minute later the code works again.
    assert (await desk.post(path, json={})).status_code == 200
    home.forward(seconds=61)
    assert (await desk.post(path, json={"code": shown})).status_code == 200


async def test_F12_requests_with_unknown_secrets_are_slowed_and_those_of_walls_are_not(home: House) -> None:
    wall = home.client()
    secret = (await wall.post("/api/screens", json={})).json()["secret"]
    guessed = [wall.post("/api/screens/claim", json={"secret": f"guess {n}"}) for n in range(AT_ONCE)]
    answers = await statuses(guessed)
    assert (answers.count(410), answers.count(429)) == (60, AT_ONCE - 60)
    assert (await wall.post("/api/screens/claim", json={"secret": secret})).status_code == 202


async def test_F6_codes_that_a_stranger_asks_for_push_out_no_honest_wall(home: House) -> None:
    shown = (await home.client().post("/api/screens", json={})).json()
    for n in range(MOST_PAIRINGS * 2):
        await home.screens.show(f"stranger {n % 40}")
    claim = await home.client().post("/api/screens/claim", json={"secret": shown["secret"]})
    assert claim.status_code == 202
    assert await rows(home, pairing) == len(home.screens._given) == MOST_PAIRINGS
    assert home.screens._count("stranger 0") <= MOST_FROM_ADDRESS


async def rows(home: House, table: Table) -> int:
    async with home.database.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def test_F6_tickets_that_one_account_asks_for_push_out_nobody_elses(home: House) -> None:
    desk, workshop, _ = await open_door(home)
    ticket = (await desk.post(f"/api/workshops/{workshop}/ticket", json={})).json()["ticket"]
    admission = Admission(Role.FACILITATOR, "b", "w", "session:another", 2**60, account="another")
    for _ in range(3000):
        home.gatekeeper.ticket(admission)
        home.gatekeeper.key(admission)
    assert await home.gatekeeper.admit(ticket) is not None
    # Asking leaves nothing behind; what was shown is known for half a minute.
    assert await rows(home, spent) == 1
    for _ in range(20):
        again = (await desk.post(f"/api/workshops/{workshop}/ticket", json={})).json()["ticket"]
        assert await home.gatekeeper.admit(again) is not None
        home.forward(seconds=10)
    assert await rows(home, spent) == 3


# -- secrets ---------------------------------------------------------------------------------------------


async def test_F12_invalid_links_sent_in_parallel_all_count(home: House) -> None:
    await home.signed_in()
    stranger = home.client(address="203.0.113.66")
    asked = (stranger.post("/api/session/link", json={"token": f"guess {n}"}) for n in range(AT_ONCE))
    answers = await statuses(asked)
    assert (answers.count(410), answers.count(429)) == (30, AT_ONCE - 30)


async def test_F12_passwords_sent_in_parallel_are_checked_five_times(home: House) -> None:
    await home.signed_in()
    stranger = home.client(address="203.0.113.66")
    wrong = {"email": "karen@bakkedal.dk", "password": "not the password"}
    answers = await statuses(stranger.post("/api/session", json=wrong) for _ in range(AT_ONCE))
    assert (answers.count(401), answers.count(429)) == (5, AT_ONCE - 5)


def test_F12_nothing_counts_without_answering() -> None:
    """By construction: `take` counts, and says in the same step whether there was one."""
    for kind in (Window, Delays, Guesses):
        public = {name for name in vars(kind) if not name.startswith("_") and name.islower()}
        assert public <= {"wait", "take", "refund", "right", "forget"}


def test_F12_a_window_gives_back_what_was_no_wrong_guess(clock: Clock) -> None:
    window = Window(clock.ms, 2)
    assert [window.take("a"), window.take("a"), window.take("a"), window.take("b")] == [0, 0, 60, 0]
    window.refund("a")
    assert [window.take("a"), window.take("a")] == [0, 60]
    window.refund("never taken")
    clock.forward(60)
    assert window.wait("a") == 0
