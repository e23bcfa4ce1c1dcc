"""The wheel of the six factors as a drawing (P2.10): a petal for each, a block in it for each theme. Pure."""

from collections.abc import Sequence
from math import cos, pi, sin
from typing import NamedTuple

from app.board.report import Paper, Ray

#: The drawing is a square of this side; its middle is the middle of the wheel.
SIDE = 400
INNER, OUTER = 46.0, 150.0
#: So many blocks have room before all become thinner.
ROOMY = 4
LABELS = 172.0
#: Degrees left free at each side of a petal.
BETWEEN = 2.2

_COLOURS: dict[Paper, tuple[str, str]] = {
    "korn": ("#F4E0A4", "#8F6D12"),
    "hyben": ("#F3CBBF", "#A9503C"),
    "mos": ("#D0DFB9", "#587433"),
    "fjord": ("#C5DCE8", "#336F8D"),
    "lyng": ("#DED0E9", "#775A98"),
}


def segment(nth: int, many: int, inner: float, outer: float) -> str:
    """The path of a block between two radii, in the nth of many petals; the first petal is at the top."""
    step = 360 / many
    middle = nth * step - 90
    from_, to = middle - step / 2 + BETWEEN, middle + step / 2 - BETWEEN
    a, b, c, d = _at(from_, inner), _at(from_, outer), _at(to, outer), _at(to, inner)
    return f"M{a} L{b} A{outer:.1f} {outer:.1f} 0 0 1 {c} L{d} A{inner:.1f} {inner:.1f} 0 0 0 {a} Z"


def label_place(nth: int, many: int) -> tuple[float, float]:
    """Where the nth name stands: its middle, as shares of the side."""
    angle = (nth * 360 / many - 90) * pi / 180
    return 0.5 + LABELS * cos(angle) / SIDE, 0.5 + LABELS * sin(angle) / SIDE


class Shape(NamedTuple):
    """A path with its colours; a page may colour it anew by its class."""

    kind: str
    path: str
    fill: str
    stroke: str


def shapes(rays: Sequence[Ray]) -> list[Shape]:
    """The wheel, petal by petal from the top, the blocks of each from the middle."""
    deepest = max(ROOMY, *(len(ray.cards) for ray in rays))
    tall = (OUTER - INNER) / deepest
    drawn = []
    for nth, ray in enumerate(rays):
        drawn.append(Shape("petal", segment(nth, len(rays), INNER, OUTER), "#E9E5DB", "none"))
        for at, card in enumerate(ray.cards):
            block = segment(nth, len(rays), INNER + at * tall, INNER + (at + 1) * tall - 2)
            drawn.append(Shape(f"block {card.paper}", block, *_COLOURS[card.paper]))
    return drawn


def drawing(rays: Sequence[Ray]) -> str:
    """The wheel as SVG without any text."""
    paths = (f'<path d="{one.path}" fill="{one.fill}" stroke="{one.stroke}"/>' for one in shapes(rays))
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIDE} {SIDE}">{"".join(paths)}</svg>'


def _at(degrees: float, radius: float) -> str:
    angle = degrees * pi / 180
    return f"{SIDE / 2 + radius * cos(angle):.1f} {SIDE / 2 + radius * sin(angle):.1f}"
