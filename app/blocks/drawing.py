"""A picture as lines and words, before anything is coloured: what page, paper, wall and desk all show.

The drawing uses its frame's unit, from the top left. The style of a mark or a text is one of the names below;
each surface has its own colours for those and knows no picture. `frontend/src/ui/drawing.ts` does the same
for live drawings; golden drawings keep the two in step.
"""

from typing import Any, Literal

from pydantic import Field

from app.engine.report import Block, Paper, ReportModel, Words

#: full, soft: filled with the accent; ground, ink: filled; hollow: an edge of the accent; outline: a strong
#: edge; way, axis, grid: lines. A paper: filled and edged with it.
Look = Literal["full", "soft", "ground", "ink", "hollow", "outline", "way", "axis", "grid"] | Paper
#: on: inside something filled.
Tone = Literal["plain", "quiet", "strong", "on"]
Anchor = Literal["start", "middle", "end"]


class Frame(ReportModel):
    """The size of the drawing; `type` is the font size, in the same unit."""

    width: float
    height: float
    type: float


class DrawnPath(ReportModel):
    """`stroke` is the width of the line, `gap` the distance of the dots in a dotted line."""

    look: Look
    path: str
    stroke: float = 0
    gap: float = 0


class DrawnText(ReportModel):
    """A text on its baseline; `anchor` says which end of it is at `x`."""

    text: str
    x: float
    y: float
    size: float
    anchor: Anchor = "middle"
    tone: Tone = "quiet"


class Drawing(ReportModel):
    """Everything in the drawing, from bottom to top."""

    frame: Frame
    paths: tuple[DrawnPath, ...]
    texts: tuple[DrawnText, ...] = ()


class Pen:
    """Draws into a frame; widths and sizes are in heights of its letters."""

    def __init__(self, frame: Frame) -> None:
        self._frame = frame
        self._paths: list[DrawnPath] = []
        self._texts: list[DrawnText] = []

    def mark(self, look: Look, path: str, stroke: float = 0, gap: float = 0) -> None:
        """Draw a path on top."""
        type = self._frame.type
        self._paths.append(DrawnPath(look=look, path=path, stroke=type * stroke, gap=type * gap))

    def say(
        self, text: str, x: float, y: float, anchor: Anchor = "middle", tone: Tone = "quiet", size: float = 1
    ) -> None:
        """A text, if there is any."""
        if text:
            size *= self._frame.type
            self._texts.append(DrawnText(text=text, x=x, y=y, size=size, anchor=anchor, tone=tone))

    def drawing(self) -> Drawing:
        """What was drawn so far."""
        return Drawing(frame=self._frame, paths=tuple(self._paths), texts=tuple(self._texts))


class Picture(Block):
    """A block that is drawn. `alt` is for people who cannot see it, and is never left out (PDF/UA)."""

    alt: str = Field(min_length=1)

    def drawing(self) -> Drawing:
        """The picture, as large as a document shows it."""
        raise NotImplementedError

    def shown(self, words: Words) -> dict[str, Any]:
        drawing = self.drawing()
        return super().shown(words) | {"drawing": drawing.model_dump(mode="json") | {"svg": svg(drawing)}}


def svg(drawing: Drawing) -> str:
    """The paths as the inside of an SVG, with a class each; surfaces set the texts themselves."""
    return "".join(
        f'<path class="{one.look}" d="{one.path}" stroke-width="{one.stroke:.2f}"'
        + (f' stroke-dasharray="0 {one.gap:.2f}"' if one.gap else "")
        + "/>"
        for one in drawing.paths
    )


def line(*points: tuple[float, float]) -> str:
    """A path from point to point."""
    return "M" + " L".join(f"{x:.1f} {y:.1f}" for x, y in points)


def area(*points: tuple[float, float]) -> str:
    """A closed path."""
    return f"{line(*points)} Z"


def circle(x: float, y: float, radius: float) -> str:
    """A round path."""
    half = f"A{radius:.1f} {radius:.1f} 0 0 1"
    return f"M{x - radius:.1f} {y:.1f} {half} {x + radius:.1f} {y:.1f} {half} {x - radius:.1f} {y:.1f} Z"


def bar(x: float, y: float, width: float, height: float, corner: float) -> str:
    """A box on its base, with rounded upper corners."""
    r = min(corner, height, width / 2)
    turn = f"A{r:.1f} {r:.1f} 0 0 1"
    return (
        f"M{x:.1f} {y + height:.1f} L{x:.1f} {y + r:.1f} {turn} {x + r:.1f} {y:.1f} "
        f"L{x + width - r:.1f} {y:.1f} {turn} {x + width:.1f} {y + r:.1f} "
        f"L{x + width:.1f} {y + height:.1f} Z"
    )
