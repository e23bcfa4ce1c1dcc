"""The layout of lines of means over time (P5.2)."""

from collections.abc import Callable, Iterator, Sequence

from app.blocks.drawing import Drawing, Frame, Look, Pen, area, circle, line

#: About how wide a letter is, as a share of its height.
LETTER = 0.52
#: How each line and its marks are drawn; not by colour alone, for people who cannot tell colours apart.
LOOKS: tuple[tuple[Look, Look, float], ...] = (
    ("way", "full", 0),
    ("axis", "ink", 0.55),
    ("outline", "ink", 0),
)

#: Which time, how high, and its label.
Place = tuple[int, float, str]


def drawn(
    lines: Sequence[tuple[str, Sequence[Place]]],
    times: Sequence[tuple[str, int]],
    ends: tuple[str, str],
    top: int,
    frame: Frame,
) -> Drawing:
    """The times lie as far apart as they were; the highest step of the scale is at the top."""
    pen, type = Pen(frame), frame.type
    left, high, base = type * 1.6, type * 3, frame.height - type * 3.2
    half = type * LETTER * max((len(label) for label, _ in times), default=0) / 2
    from_, to = left + max(type * 3, half), frame.width - max(type * 3, half)
    span = max((days for _, days in times), default=0)

    def x(time: int) -> float:
        return from_ + (to - from_) * (times[time][1] / span) if span else (from_ + to) / 2

    def y(mean: float) -> float:
        return base - (base - high) * (mean - 1) / (top - 1)

    for step in range(1, top + 1):
        pen.mark("grid", line((left, y(step)), (frame.width, y(step))), 0.07)
        pen.say(str(step), left - type * 0.35, y(step) + type * 0.35, "end")
    pen.say(ends[1], left, type * 2.2, "start", size=0.86)
    pen.say(ends[0], left, frame.height - type * 0.4, "start", size=0.86)
    _named(pen, [name for name, _ in lines], frame)
    for nth, (_, places) in enumerate(lines):
        way, dot, gap = LOOKS[nth % len(LOOKS)]
        if len(places) > 1:
            pen.mark(way, line(*((x(time), y(mean)) for time, mean, _ in places)), 0.2, gap)
        for time, mean, said in places:
            _dot(pen, dot, x(time), y(mean), type)
            others = [
                m for other, them in enumerate(lines) if other != nth for t, m, _ in them[1] if t == time
            ]
            under = any(m > mean or (m == mean and nth) for m in others)
            pen.say(said, x(time), y(mean) + (type * 1.5 if under else -type * 0.75), tone="strong")
    for time in _room(times, x, type):
        pen.say(times[time][0], x(time), base + type * 1.4)
    return pen.drawing()


def _dot(pen: Pen, look: Look, x: float, y: float, type: float) -> None:
    half = type * 0.36
    if look == "full":
        pen.mark(look, circle(x, y, half))
    else:
        pen.mark(
            look, area((x - half, y - half), (x + half, y - half), (x + half, y + half), (x - half, y + half))
        )


def _named(pen: Pen, names: Sequence[str], frame: Frame) -> None:
    """The names of the lines, above the chart, from the right."""
    at, type = frame.width, frame.type
    for nth, name in reversed(list(enumerate(names))):
        way, dot, gap = LOOKS[nth % len(LOOKS)]
        at -= len(name) * LETTER * type
        pen.say(name, at, type, "start", "plain")
        at -= type * 0.7
        pen.mark(way, line((at - type * 2, type * 0.65), (at, type * 0.65)), 0.2, gap)
        _dot(pen, dot, at - type, type * 0.65, type)
        at -= type * 3.4


def _room(times: Sequence[tuple[str, int]], x: Callable[[int], float], type: float) -> Iterator[int]:
    """The times whose label has room: the first, the last, and what fits between them."""
    last = len(times) - 1
    wide = [len(label) * LETTER * type + type for label, _ in times]
    end = float("-inf")
    for nth in range(len(times)):
        begins, ends = x(nth) - wide[nth] / 2, x(nth) + wide[nth] / 2
        if nth == last or (begins >= end and (nth == 0 or ends <= x(last) - wide[last] / 2)):
            end = ends
            yield nth
