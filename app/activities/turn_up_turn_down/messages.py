"""P4.2: the two posters. What is written on them is the engine's (`board/posters`, `board/writing`)."""

from typing import ClassVar

from app.board.activity import Activity
from app.board.posters import PosterSettings


class TurnUpTurnDownSettings(PosterSettings):
    """Two posters headed by the theme."""

    posters: ClassVar[tuple[str, ...]] = ("up", "down")


turn_up_turn_down = Activity("turn_up_turn_down", TurnUpTurnDownSettings)
