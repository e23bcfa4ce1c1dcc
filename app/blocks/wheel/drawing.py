"""The wheel of the six factors (P2.10); `parts/factors/factors.ts` draws the same live.

A petal for each factor, with a block for each of its themes, from the middle outwards.
"""

from collections.abc import Sequence
from math import cos, pi, sin

from app.blocks.drawing import Anchor, Drawing, Frame, Pen
from app.engine.report import Paper

#: The drawing is a square of this side; its middle is the middle of the wheel.
SIDE = 320
INNER, OUTER = 46.0, 150.0
#: How many blocks fit before all become thinner.
ROOMY = 4
#: How far out the names lie: outside the square, for paper alone.
NAMES = 172.0
#: Degrees left free at each side of a petal.
BETWEEN = 2.2


def segment(nth: int, many: int, inner: float, outer: float) -> str:
    """The path of a block between two radii, in the nth of many petals; the first petal is at the top."""
    step = 360 / many
    middle = nth * step - 90
    from_, to = middle - step / 2 + BETWEEN, middle + step / 2 - BETWEEN
    a, b, c, d = (
        "{:.1f} {:.1f}".format(*_at(*place))
        for place in ((from_, inner), (from_, outer), (to, outer), (to, inner))
    )
    return f"M{a} L{b} A{outer:.1f} {outer:.1f} 0 0 1 {c} L{d} A{inner:.1f} {inner:.1f} 0 0 0 {a} Z"


def drawn(rays: Sequence[tuple[str, Sequence[Paper]]]) -> Drawing:
    """The wheel, petal by petal from the top; of each its name and the papers of its themes."""
    pen = Pen(Frame(width=SIDE, height=SIDE, type=17.5))
    deepest = max(ROOMY, *(len(papers) for _, papers in rays))
    tall = (OUTER - INNER) / deepest
    for nth, (name, papers) in enumerate(rays):
        pen.mark("ground", segment(nth, len(rays), INNER, OUTER))
        for at, paper in enumerate(papers):
            block = segment(nth, len(rays), INNER + at * tall, INNER + (at + 1) * tall - 2)
            pen.mark(paper, block, 0.085)
        x, y = _at(nth * 360 / len(rays) - 90, NAMES)
        # To the left and right of the wheel a name runs away from it; above and below it is centred.
        way: Anchor = "start" if x > SIDE * 0.6 else "end" if x < SIDE * 0.4 else "middle"
        pen.say(name, x, y + 6, way, "strong")
    return pen.drawing()


def _at(degrees: float, radius: float) -> tuple[float, float]:
    angle = degrees * pi / 180
    return SIDE / 2 + radius * cos(angle), SIDE / 2 + radius * sin(angle)
