"""P4.1: the three posters. What is written on them is the engine's (`board/posters`, `board/writing`)."""

from typing import ClassVar

from app.board.activity import Activity
from app.board.posters import PosterSettings


class StopMoreNewSettings(PosterSettings):
    """Three posters headed by the theme."""

    posters: ClassVar[tuple[str, ...]] = ("stop", "more", "new")


stop_more_new = Activity("stop_more_new", StopMoreNewSettings)
