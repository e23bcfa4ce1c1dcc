"""E9, X6: what a crowd requests at once is looked up once, and is never served after a change."""

import asyncio

import pytest

from app.live.moment import MOMENT, Moment


class Shelf:
    """A source: each lookup waits at the gate, and returns the value from when it began."""

    def __init__(self) -> None:
        self.now = 1000
        self.value = "old"
        self.looked = 0
        self.gate = asyncio.Event()
        self.moment: Moment[str, str] = Moment(lambda: self.now)

    async def look_up(self) -> str:
        self.looked += 1
        found = self.value
        await self.gate.wait()
        if found == "broken":
            raise LookupError
        return found

    def ask(self) -> "asyncio.Task[str]":
        return asyncio.create_task(self.moment.get("key", self.look_up))


async def settle() -> None:
    for _ in range(5):
        await asyncio.sleep(0)


async def test_E9_all_that_ask_at_once_wait_for_one_look_up() -> None:
    shelf = Shelf()
    asked = [shelf.ask() for _ in range(50)]
    await settle()
    shelf.gate.set()
    assert set(await asyncio.gather(*asked)) == {"old"} and shelf.looked == 1
    # And so do those that ask within the moment.
    shelf.now += MOMENT - 1
    assert await shelf.ask() == "old" and shelf.looked == 1


async def test_X6_after_a_moment_it_is_looked_up_again() -> None:
    shelf = Shelf()
    shelf.gate.set()
    await shelf.ask()
    shelf.value = "new"
    shelf.now += MOMENT
    assert await shelf.ask() == "new"


async def test_X6_the_moment_begins_with_the_look_up_not_with_its_answer() -> None:
    shelf = Shelf()
    slow = shelf.ask()
    await settle()
    shelf.now += MOMENT - 1
    shelf.gate.set()
    await slow
    shelf.value, shelf.now = "new", shelf.now + 1
    assert await shelf.ask() == "new"


async def test_X6_what_is_forgotten_is_not_told_again_within_the_moment() -> None:
    shelf = Shelf()
    shelf.gate.set()
    await shelf.ask()
    shelf.value = "new"
    shelf.moment.forget()
    assert await shelf.ask() == "new"


async def test_X6_a_caller_that_was_waiting_when_it_changed_gets_the_new_value() -> None:
    shelf = Shelf()
    early = shelf.ask()
    await settle()
    shelf.value = "new"
    shelf.moment.forget()
    late = shelf.ask()
    await settle()
    shelf.gate.set()
    assert (await early, await late) == ("new", "new") and shelf.looked == 2


async def test_E9_a_caller_that_stops_waiting_stops_no_other() -> None:
    shelf = Shelf()
    first, second = shelf.ask(), shelf.ask()
    await settle()
    first.cancel()
    await settle()
    shelf.gate.set()
    assert await second == "old" and shelf.looked == 1


async def test_E9_a_look_up_that_fails_is_not_kept() -> None:
    shelf = Shelf()
    shelf.gate.set()
    shelf.value = "broken"
    with pytest.raises(LookupError):
        await shelf.ask()
    shelf.value = "new"
    assert await shelf.ask() == "new"


async def test_X10_guesses_do_not_fill_the_memory() -> None:
    shelf = Shelf()
    shelf.gate.set()
    for number in range(2000):
        shelf.now += 5
        await shelf.moment.get(f"guess {number}", shelf.look_up)
    assert len(shelf.moment._kept) <= MOMENT // 5 + 1
