"""What a presentation keeps: nothing of its own. It shows what other activities made (P2.7)."""

from typing import Literal

from app.engine.activity import Part, Settings
from app.engine.records import Id


class PresentationSettings(Settings):
    """`of` lists the notes activities whose themes are shown, one at a time; empty means all.

    W5: `show`: the results with the four answers, or "stand", only the strengths, on one screen.
    """

    of: tuple[Id, ...] = ()
    show: Literal["results", "stand"] = "results"


presentation = Part("presentation")
