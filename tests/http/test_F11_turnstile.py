"""F11: a crowd's requests start a few at a time and address by address, and none is lost."""

import asyncio
from functools import partial

from app.turnstile import Turnstile
from tests.support.patience import PATIENCE


async def test_F11_a_crowd_of_requests_lets_others_in_between() -> None:
    turnstile = Turnstile(3)
    begun = 0
    seen: list[int] = []

    async def request() -> None:
        nonlocal begun
        await turnstile.enter("one")
        begun += 1

    crowd = [asyncio.ensure_future(request()) for _ in range(100)]
    while begun < 100:
        before = begun
        # Somebody else's turn of the loop.
        await asyncio.sleep(0)
        seen.append(begun - before)
    assert max(seen) <= 2 * 3 and sum(seen) == 100
    await asyncio.gather(*crowd)


async def test_F11_a_client_that_gave_up_waiting_holds_up_nobody() -> None:
    turnstile = Turnstile(1)
    crowd = [asyncio.ensure_future(turnstile.enter("one")) for _ in range(20)]
    await asyncio.sleep(0)
    for one in crowd[10:]:
        one.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)
    async with asyncio.timeout(PATIENCE):
        await turnstile.enter("one")


async def test_F11_a_crowd_from_one_address_comes_before_nobody_at_another() -> None:
    turnstile = Turnstile(1)
    order: list[str] = []
    for number in range(50):
        turnstile.wait("crowd", partial(order.append, f"crowd {number}"))
    turnstile.wait("honest", partial(order.append, "honest"))
    while len(order) < 51:
        await asyncio.sleep(0)
    assert order.index("honest") <= 1
    assert [each for each in order if each != "honest"] == [f"crowd {number}" for number in range(50)]


async def test_F11_what_fails_in_its_turn_holds_up_nobody() -> None:
    turnstile = Turnstile(1)
    failed: list[object] = []

    def failing() -> None:
        raise RuntimeError

    asyncio.get_running_loop().set_exception_handler(lambda _loop, context: failed.append(context))
    done = asyncio.Event()
    turnstile.wait("one", failing)
    turnstile.wait("one", done.set)
    async with asyncio.timeout(PATIENCE):
        await done.wait()
    assert len(failed) == 1
