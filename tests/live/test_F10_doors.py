"""F10: with another key QR codes contain other tokens, and open doors must accept these."""

import pytest

from app.live.door import Doors, NoRoom
from tests.support.house import House, home

__all__ = ["home"]

OTHER_KEY = b"another key, made by rotate-key..."


async def test_F10_after_a_rotation_the_code_on_the_wall_opens_the_door(home: House) -> None:
    before = await home.doors.open("w", "b")
    doors = Doors(home.database, home.clock.ms, OTHER_KEY)
    shown = await doors.find("w")
    assert shown is not None and shown.token != before.token
    await doors.fit_to_key()
    assert (await doors.enter_by_token(shown.token)).workshop == "w"
    with pytest.raises(NoRoom):
        await doors.enter_by_token(before.token)
    # The typed code is not derived from the key.
    assert (await doors.enter_by_code(before.code, "")).workshop == "w"


async def test_F10_with_the_same_key_nothing_is_written(home: House) -> None:
    """A start on a full disk has nothing to write (F13)."""
    await home.doors.open("w", "b")
    home.database.begin = None  # type: ignore[method-assign, assignment]
    await home.doors.fit_to_key()
