"""D2: what is encrypted, and what decrypts it."""

import pytest

from app.conversations.keys import (
    MOST_BYTES,
    SIZES,
    CannotOpen,
    door_of,
    new_key,
    new_token,
    seal,
    secret_of,
    unseal,
    unwrap,
    wrap,
)

PLACE = ("pair", "conversation", "employee", "tasks")


def secret() -> bytes:
    found = secret_of(new_token())
    assert found is not None
    return found


@pytest.mark.parametrize("text", ["", "Vagtplanen 🌿", "مرحبا", "x" * MOST_BYTES])
def test_D2_what_was_sealed_comes_back_whole(text: str) -> None:
    key = new_key()
    assert unseal(key, seal(key, text, 7, *PLACE), *PLACE) == (text, 7)


def test_D2_the_length_tells_no_more_than_one_of_three_sizes() -> None:
    key = new_key()
    lengths = {len(seal(key, "x" * n, 0, *PLACE)) for n in range(0, MOST_BYTES + 1, 500)}
    assert len(lengths) == len(SIZES)
    assert len(seal(key, "", 0, *PLACE)) == len(seal(key, "x" * 900, 9, *PLACE))


@pytest.mark.parametrize("at", range(len(PLACE)))
def test_D2_an_answer_opens_nowhere_but_in_its_place(at: int) -> None:
    key = new_key()
    sealed = seal(key, "Nej", 1, *PLACE)
    elsewhere = [*PLACE]
    elsewhere[at] += "2"
    with pytest.raises(CannotOpen):
        unseal(key, sealed, *elsewhere)


def test_D2_no_two_places_are_the_same_bytes() -> None:
    key = new_key()
    with pytest.raises(CannotOpen):
        unseal(key, seal(key, "Nej", 1, "ab", "c", "employee", "tasks"), "a", "bc", "employee", "tasks")


def test_D2_a_changed_byte_and_another_key_open_nothing() -> None:
    key = new_key()
    sealed = seal(key, "Nej", 1, *PLACE)
    for broken in (sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:20], b""):
        with pytest.raises(CannotOpen):
            unseal(key, broken, *PLACE)
    with pytest.raises(CannotOpen):
        unseal(new_key(), sealed, *PLACE)


def test_D2_each_link_unwraps_the_same_key_and_only_on_its_own_side() -> None:
    key, mine, theirs = new_key(), secret(), secret()
    wrapped = {"employee": wrap(key, mine, "p", "employee"), "leader": wrap(key, theirs, "p", "leader")}
    assert unwrap(wrapped["employee"], mine, "p", "employee") == key
    assert unwrap(wrapped["leader"], theirs, "p", "leader") == key
    for wrong in ((mine, "p", "leader"), (theirs, "p", "employee"), (mine, "q", "employee")):
        with pytest.raises(CannotOpen):
            unwrap(wrapped["employee"], *wrong)


def test_D2_what_finds_the_row_does_not_unwrap_the_key() -> None:
    key, link = new_key(), secret()
    wrapped = wrap(key, link, "p", "employee")
    assert key not in wrapped and link not in wrapped
    with pytest.raises(CannotOpen):
        unwrap(wrapped, door_of(link), "p", "employee")


def test_B76_half_a_link_is_no_link() -> None:
    token = new_token()
    assert secret_of(token) is not None
    spare = token[:-1] + ("B" if token[-1] != "B" else "C")
    for wrong in (
        token[:20],
        token[:-1],
        token + "A",
        token + "=",
        f" {token}",
        "",
        "æ" * 43,
        spare,
        token[:-1] + "\n",
    ):
        assert secret_of(wrong) is None or (wrong == spare and secret_of(wrong) != secret_of(token)), wrong
