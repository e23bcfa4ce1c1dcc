"""Themes spread over some directions, as a picture (P2.10)."""

from collections.abc import Iterable
from typing import Any, Literal

from app.blocks.drawing import Drawing, Picture
from app.blocks.wheel.drawing import drawn
from app.engine.report import Card, ReportModel, Tabled, Words, tabled


class Ray(ReportModel):
    """One of the directions of a wheel, with the themes that lie in it."""

    label: str
    cards: tuple[Card, ...] = ()


class Wheel(Picture):
    """The directions, the first at the top, then clockwise."""

    kind: Literal["wheel"] = "wheel"
    rays: tuple[Ray, ...]
    caption: str = ""

    @property
    def says_something(self) -> bool:
        return any(ray.cards for ray in self.rays)

    def drawing(self) -> Drawing:
        return drawn([(ray.label, [card.paper for card in ray.cards]) for ray in self.rays])

    def shown(self, words: Words) -> dict[str, Any]:
        columns = [words("summary.column.factor"), words("summary.column.theme")]
        return super().shown(words) | {"none": words("factors.report.none"), "columns": columns}

    def tabled(self, words: Words) -> Iterable[Tabled]:
        rows = ((card.name, ray.label) for ray in self.rays for card in ray.cards)
        return tabled(words, "places", "theme place", rows)
