"""F11: requests that come in a crowd begin a few at a time, and none of them is lost."""

import asyncio

from app.turnstile import EACH_TURN, Turnstile


async def test_F11_a_crowd_of_requests_lets_others_in_between() -> None:
    turnstile = Turnstile()
    begun = 0
    seen: list[int] = []

    async def request() -> None:
        nonlocal begun
        await turnstile.enter()
        begun += 1

    crowd = [asyncio.ensure_future(request()) for _ in range(100)]
    while begun < 100:
        before = begun
        # Somebody else's turn of the loop.
        await asyncio.sleep(0)
        seen.append(begun - before)
    assert max(seen) <= 2 * EACH_TURN and sum(seen) == 100
    await asyncio.gather(*crowd)


async def test_F11_who_gave_up_waiting_holds_up_nobody() -> None:
    turnstile = Turnstile()
    crowd = [asyncio.ensure_future(turnstile.enter()) for _ in range(20)]
    await asyncio.sleep(0)
    for one in crowd[10:]:
        one.cancel()
    await asyncio.gather(*crowd, return_exceptions=True)
    async with asyncio.timeout(5):
        await turnstile.enter()
