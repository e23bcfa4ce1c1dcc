"""The two pictures of what groups have in common: themes by factor, and pulses by quarter."""

from collections.abc import Mapping, Sequence

from app.blocks.drawing import Drawing, Frame, Pen, circle, line
from app.engine.report import ReportModel
from app.locales import Words
from app.parts.factors import Factor
from app.processes.across import Point

#: A pulse is answered from 1 to 5.
LOW, HIGH = 1, 5
ROW = 34


class PictureSeen(ReportModel):
    """A picture, and a text alternative."""

    drawing: Drawing
    alt: str


def factors_picture(themes: Mapping[Factor, int], words: Words) -> PictureSeen:
    """A bar for each of the six, as long as its number of themes."""
    frame = Frame(width=420, height=ROW * len(themes), type=16)
    pen, type = Pen(frame), frame.type
    left, right = 8.4 * type, frame.width - 2.4 * type
    most = max(themes.values()) or 1
    said = []
    for nth, (factor, many) in enumerate(themes.items()):
        name = words(f"factors.report.name.{factor}")
        y = nth * ROW + ROW / 2
        end = left + (right - left) * many / most
        pen.say(name, 0, y + type * 0.35, "start", "plain")
        pen.mark("ground", _box(left, y, right))
        if many:
            pen.mark("full", _box(left, y, end))
        pen.say(str(many), right + type * 0.6, y + type * 0.36, "start", "strong")
        said.append(f"{name}: {many}")
    return PictureSeen(drawing=pen.drawing(), alt=f"{words('overview.themes')}. {', '.join(said)}")


def pulses_picture(courses: Mapping[str, Sequence[Point]], words: Words) -> PictureSeen | None:
    """A line for each of the two questions, from quarter to quarter; None where no quarter has enough."""
    quarters = sorted({point.quarter for points in courses.values() for point in points})
    if not quarters:
        return None
    frame = Frame(width=420, height=250, type=15)
    pen, type = Pen(frame), frame.type
    left, top, bottom = type * 1.6, type * 3.4, frame.height - type * 2.2
    first, last = left + type * 3.2, frame.width - type * 3.2
    step = (last - first) / max(1, len(quarters) - 1)
    at = {quarter: first + step * nth for nth, quarter in enumerate(quarters)}

    def y(value: float) -> float:
        return bottom - (bottom - top) * (value - LOW) / (HIGH - LOW)

    for value in range(LOW, HIGH + 1):
        pen.mark("grid", line((left, y(value)), (frame.width, y(value))), 0.07)
        pen.say(str(value), left - type * 0.4, y(value) + type * 0.35, "end")
    said, x = [], left
    for nth, (of, points) in enumerate(courses.items()):
        name = words(f"overview.pulses.{of}")
        pen.mark("full" if nth == 0 else "hollow", circle(x + type * 0.5, type * 0.75, type * 0.45), 0.16)
        pen.say(name, x + type * 1.4, type * 1.1, "start", "plain", 0.9)
        x += type * (2.8 + 0.5 * len(name))
        way = [(at[point.quarter], y(point.mean)) for point in points]
        if way:
            pen.mark("way", line(*way), 0.2, 0.5 if nth else 0)
        for point, (there, up) in zip(points, way, strict=True):
            pen.mark("full" if nth == 0 else "hollow", circle(there, up, type * 0.42), 0.16)
            beside = type * 1.3 if _is_lower(point, courses) else -type * 0.75
            pen.say(_decimal(point.mean, words), there, up + beside, tone="strong", size=0.85)
            groups = words("overview.groups", n=point.groups)
            said.append(f"{name}, {_named(point.quarter, words)}: {_decimal(point.mean, words)} ({groups})")
    for quarter, there in at.items():
        pen.say(_named(quarter, words), there, frame.height - type * 0.5)
    return PictureSeen(drawing=pen.drawing(), alt=f"{words('overview.pulses')}. {'; '.join(said)}")


def _is_lower(point: Point, courses: Mapping[str, Sequence[Point]]) -> bool:
    """Whether the other line runs above, so that its figure goes below."""
    then = (one.mean for points in courses.values() for one in points if one.quarter == point.quarter)
    return point.mean < max(then)


def _named(quarter: str, words: Words) -> str:
    year, _, nth = quarter.partition("-")
    return words("overview.quarter", nth=nth, year=year)


def _decimal(value: float, words: Words) -> str:
    return f"{value:.1f}".replace(".", words("pulse.report.point"))


def _box(left: float, y: float, right: float) -> str:
    half = ROW * 0.29
    return (
        f"M{left:.1f} {y - half:.1f} L{right:.1f} {y - half:.1f} "
        f"L{right:.1f} {y + half:.1f} L{left:.1f} {y + half:.1f} Z"
    )
