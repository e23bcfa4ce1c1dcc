"""Where the lines of a progress picture lie (P5.4): worked out once, drawn by the page and by the PDF."""

from pydantic import BaseModel, ConfigDict

from app.board.report import Course

#: The picture in its own units; page and PDF scale it.
WIDTH, HEIGHT = 680.0, 250.0
#: The plot: 10 lies at the top, 0 at the bottom.
LEFT, RIGHT, TOP, BOTTOM = 30.0, 670.0, 44.0, 184.0
#: With more places than this only the first and the last say when they were.
MOST_LABELS = 5

Point = tuple[float, float]


class Dot(BaseModel):
    """A place on the way; an empty label is not drawn."""

    model_config = ConfigDict(frozen=True)

    x: float
    y: float
    value: int
    label: str


class Drawing(BaseModel):
    """Everything that is drawn, in units of `WIDTH` by `HEIGHT` from the top left."""

    model_config = ConfigDict(frozen=True)

    width: float = WIDTH
    height: float = HEIGHT
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bottom: float = BOTTOM
    middle: float = (TOP + BOTTOM) / 2
    dots: tuple[Dot, ...]
    #: The ground under the way, as corners.
    ground: tuple[Point, ...]
    aim: Dot | None


def drawn(course: Course) -> Drawing:
    """The places evenly from left to right, the aim at the right edge."""
    last = RIGHT - (190 if course.aim else 60)
    step = (last - LEFT - 60) / max(1, len(course.points) - 1)
    seldom = len(course.points) > MOST_LABELS
    dots = tuple(
        Dot(
            x=LEFT + 60 + n * step,
            y=_y(point.value),
            value=point.value,
            label="" if seldom and 0 < n < len(course.points) - 1 else point.label,
        )
        for n, point in enumerate(course.points)
    )
    ground = ((dots[0].x, BOTTOM), *((dot.x, dot.y) for dot in dots), (dots[-1].x, BOTTOM)) if dots else ()
    aim = course.aim
    return Drawing(
        dots=dots,
        ground=ground,
        aim=Dot(x=RIGHT - 60, y=_y(aim.value), value=aim.value, label=aim.label) if aim else None,
    )


def _y(value: int) -> float:
    return BOTTOM - (BOTTOM - TOP) * value / 10
