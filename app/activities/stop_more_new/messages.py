"""P4.1: the three posters. What is written on them is in `parts/posters` and `parts/notes`."""

from typing import ClassVar

from app.engine.activity import Part
from app.parts.posters import PosterSettings


class StopMoreNewSettings(PosterSettings):
    """Three posters with the theme as heading."""

    posters: ClassVar[tuple[str, ...]] = ("stop", "more", "new")


stop_more_new = Part("stop_more_new")
