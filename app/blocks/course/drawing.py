"""The layout of a progress picture (P5.4); `activities/reflection/way.ts` draws it live."""

from collections.abc import Sequence

from app.blocks.drawing import Drawing, Frame, Pen, area, circle, line

TOP_STEP = 10
#: With more places than this only the first and the last say when they were.
MOST_LABELS = 5
#: About how wide a letter is, as a share of its height.
LETTER = 0.55

Place = tuple[str, int]


def drawn(points: Sequence[Place], aim: Place | None, ends: tuple[str, str], frame: Frame) -> Drawing:
    """The path to where it is today, and a flag at the right edge for the aim.

    The places lie evenly from left to right, the highest at the top.
    """
    pen, type = Pen(frame), frame.type
    left, top, bottom = type * 1.6, type * 2.4, frame.height - type * 3.2
    labels = [label for label, _ in (*points, *([aim] if aim else []))]
    need = type * LETTER * max(map(len, labels), default=0)
    end = frame.width - max(type * 2.6, need / 2)
    first, last = left + max(type * 2, need / 2), end - max(type * 5.4, need) if aim else end
    step = (last - first) / max(1, len(points) - 1)

    def y(value: int) -> float:
        return bottom - (bottom - top) * value / TOP_STEP

    for value in (TOP_STEP, TOP_STEP // 2, 0):
        pen.mark("grid", line((left, y(value)), (frame.width, y(value))), 0.07)
        pen.say(str(value), left - type * 0.35, y(value) + type * 0.35, "end")
    low, high = (cut(text, frame.width - left - type, type) for text in ends)
    pen.say(high, left, type, "start")
    pen.say(low, left, frame.height - type * 0.4, "start")
    way = [(first + at * step, y(value)) for at, (_, value) in enumerate(points)]
    if way:
        pen.mark("soft", area((way[0][0], bottom), *way, (way[-1][0], bottom)))
        pen.mark("way", line(*way), 0.22)
    if aim:
        if way:
            pen.mark("way", line(way[-1], (end, y(aim[1]))), 0.16, 0.5)
        _flag(pen, type, aim, (end, y(aim[1])), bottom)
    all_said = len(points) <= MOST_LABELS and step >= need
    for at, (spot, (label, value)) in enumerate(zip(way, points, strict=True), 1):
        _place(pen, type, value, spot, today=at == len(way))
        if all_said or at in (1, len(way)):
            pen.say(label, spot[0], bottom + type * 1.25)
    return pen.drawing()


def _flag(pen: Pen, type: float, aim: Place, at: tuple[float, float], bottom: float) -> None:
    (label, value), (x, y) = aim, at
    pen.mark("way", line((x, y - type), (x, bottom)), 0.16)
    pen.mark("full", area((x, y - type * 1.15), (x + type * 2.4, y - type * 0.1), (x, y + type * 0.95)))
    pen.say(str(value), x + type * 0.75, y + type * 0.28, tone="on")
    pen.say(label, x, bottom + type * 1.25)


def _place(pen: Pen, type: float, value: int, at: tuple[float, float], *, today: bool) -> None:
    x, y = at
    if today:
        pen.mark("full", circle(x, y, type * 1.05))
        pen.say(str(value), x, y + type * 0.36, tone="on")
    else:
        pen.mark("hollow", circle(x, y, type * 0.75), 0.16)
        pen.say(str(value), x, y + type * 0.3, tone="strong", size=0.85)


def cut(text: str, width: float, type: float) -> str:
    """What fits in one line of letters of that size; the rest is left out."""
    most = max(3, int(width / (type * 0.52)))
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"
