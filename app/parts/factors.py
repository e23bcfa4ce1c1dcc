"""P2.10: the six factors with most influence on the psychosocial work environment (*De seks guldkorn*)."""

from collections.abc import Iterable, Mapping
from typing import ClassVar, Literal, get_args

from app.blocks.wheel import Ray, Wheel
from app.engine.activity import Part, wall_and_desk
from app.engine.audience import BoardRecord
from app.engine.records import Board, Id
from app.engine.report import Card, Words
from app.parts.themes import Theme, name_of

factors = Part("factors")

Factor = Literal["demands", "influence", "meaning", "support", "predictability", "reward"]
#: In their order around the circle.
FACTORS: tuple[Factor, ...] = get_args(Factor)
factors.publish(FACTORS=FACTORS)


class Tagged(BoardRecord):
    """The factors a theme is tagged with; without any there is no such record."""

    kind: Literal["tagged"] = "tagged"
    refers: ClassVar[tuple[str, ...]] = ("theme",)

    theme: Id
    factors: tuple[Factor, ...]


factors.record(Tagged, wall_and_desk)


@factors.public_id
def tagged_id(theme: str) -> str:
    """The id of what a theme is tagged with."""
    return f"tagged:{theme}"


def factors_of(board: Board, theme: str) -> tuple[Factor, ...]:
    """The factors of a theme, in the order of the circle."""
    tagged = board.find(Tagged, tagged_id(theme))
    return tuple(factor for factor in FACTORS if tagged and factor in tagged.factors)


def over_the_six(board: Board, themes: Iterable[Theme]) -> Mapping[Factor, list[Theme]]:
    """P2.10: how themes spread over the six; one that is about two of them counts in both."""
    all_of_them = list(themes)
    return {
        factor: [theme for theme in all_of_them if factor in factors_of(board, theme.id)]
        for factor in FACTORS
    }


def wheel(board: Board, themes: Iterable[Theme], words: Words) -> Wheel | None:
    """The same as a picture for the summary; None while no theme is tagged."""
    spread = over_the_six(board, themes)
    if not any(spread.values()):
        return None
    rays = tuple(
        Ray(
            label=words(f"factors.report.name.{factor}"),
            cards=tuple(Card(name=name_of(theme, words), paper=theme.paper) for theme in spread[factor]),
        )
        for factor in FACTORS
    )
    return Wheel(rays=rays, caption=words("factors.report.caption"), alt=_said(rays, words))


def _said(rays: Iterable[Ray], words: Words) -> str:
    none = words("factors.report.none")
    parts = (f"{ray.label}: {', '.join(card.name for card in ray.cards) or none}" for ray in rays)
    return "; ".join(parts)
