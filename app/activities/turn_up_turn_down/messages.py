"""P4.2: the two posters. What is written on them is in `parts/posters` and `parts/notes`."""

from typing import ClassVar

from app.engine.activity import Part
from app.parts.posters import PosterSettings


class TurnUpTurnDownSettings(PosterSettings):
    """Two posters with the theme as heading."""

    posters: ClassVar[tuple[str, ...]] = ("up", "down")


turn_up_turn_down = Part("turn_up_turn_down")
