"""B76: a link shows its own side, and the other side only once it is shared; half a link shows nothing."""

import pytest

from tests.conversations.conftest import EMPTY, Two

TEXT = "Jeg savner ro om formiddagen 🌿"


async def test_B76_a_link_sees_the_other_side_only_once_it_is_shared(two: Two) -> None:
    await two.employee.writes("challenges", TEXT)
    assert (await two.leader.sees())["theirs"] is None
    assert TEXT not in (await two.leader.asks("open")).text
    await two.employee.shares()
    assert await two.leader.reads("theirs") == EMPTY | {"challenges": TEXT}
    assert (await two.employee.sees())["theirs"] is None
    await two.employee.writes("challenges", "Det går bedre")
    assert await two.leader.reads("theirs") == EMPTY | {"challenges": "Det går bedre"}
    await two.employee.shares(shared=False)
    assert (await two.leader.sees())["theirs"] is None


async def test_B76_a_side_is_written_by_its_owner_alone(two: Two) -> None:
    """No field of a message names a side: only the link does."""
    await two.employee.writes("tasks", "Mine")
    await two.leader.writes("tasks", "Lederens")
    assert (await two.employee.reads("mine")) == EMPTY | {"tasks": "Mine"}
    assert (await two.leader.reads("mine")) == EMPTY | {"tasks": "Lederens"}
    it = await two.leader.sees()
    body = {"conversation": it["id"], "question": "tasks", "text": "x", "rev": 0, "side": "employee"}
    assert (await two.leader.asks("answer", **body)).status_code == 422


@pytest.mark.parametrize("half", [slice(0, 21), slice(1, None), slice(0, -1), slice(0, 0)])
async def test_B76_half_a_link_is_refused_in_one_sentence(two: Two, half: slice) -> None:
    token, two.employee.token = two.employee.token, two.employee.token[half]
    for what in ("open", "link"):
        answer = await two.employee.asks(what)
        assert (answer.status_code, answer.json()["code"]) == (403, "conversation_key")
        assert token not in answer.text and "Ida" not in answer.text


async def test_B76_the_links_halves_put_together_open_nothing(two: Two) -> None:
    half = len(two.employee.token) // 2
    two.employee.token = two.employee.token[:half] + two.leader.token[half:]
    assert (await two.employee.asks("open")).status_code == 403


async def test_B76_another_pairs_conversation_is_not_there(two: Two) -> None:
    body = {"company": two.company, "employee": "Per", "language": "da", "time": None, "minutes": 30}
    day = (await two.employee.sees())["day"]
    made = await two.desk.post("/api/conversations", json=body | {"day": day, "rhythm": "none"})
    mine, two.employee.token = two.employee.token, made.json()["employee"]["url"].partition("#")[2]
    theirs = (await two.employee.sees())["id"]
    two.employee.token = mine
    for what, more in (
        ("open", {}),
        ("share", {"shared": True}),
        ("answer", {"question": "tasks", "text": "x", "rev": 0}),
        ("file", {"as": "docx"}),
    ):
        assert (await two.employee.asks(what, conversation=theirs, **more)).status_code == 404


async def test_B76_guesses_are_slowed_down_and_known_links_are_not(two: Two) -> None:
    await two.employee.sees()
    right, two.employee.token = two.employee.token, two.leader.token[::-1]
    codes = [(await two.employee.asks("open")).status_code for _ in range(32)]
    assert codes[:30] == [403] * 30 and 429 in codes[30:]
    # From the same address: its last attempt was right.
    two.employee.token = right
    await two.employee.sees()
    await two.leader.sees()


async def test_B76_a_new_link_ends_the_old_one_and_opens_the_same(two: Two) -> None:
    """The leader handed out the link, and so has seen it."""
    await two.employee.writes("tasks", "Mine")
    handed = two.employee.token
    two.employee.token = (await two.employee.asks("link")).json()["token"]
    assert await two.employee.reads("mine") == EMPTY | {"tasks": "Mine"}
    two.leader.token = handed
    assert (await two.leader.asks("open")).status_code == 403
