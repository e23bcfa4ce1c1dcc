"""The layout of the bars of a distribution (P5.2); `activities/pulse/bars.ts` draws the same live."""

from collections.abc import Sequence

from app.blocks.drawing import Drawing, Frame, Pen, area, bar, line

#: Between two steps, as a share of one; and between the bars of two times.
APART, BESIDE = 0.22, 0.04


def drawn(counts: Sequence[int], earlier: Sequence[int], ends: tuple[str, str], frame: Frame) -> Drawing:
    """A bar for each step and the mean as a mark; an earlier time has its own bars, narrower, to the left.

    Each time shows shares of its own answers on one scale, so that many and few can be compared.
    """
    pen, width, type = Pen(frame), frame.width, frame.type
    base = frame.height - type * 3.2
    now, then = _shares(counts), _shares(earlier)
    unit = (base - type * 1.5) / max(*now, *then, 0.01)
    step = width / (len(counts) - APART)
    wide = step * (1 - APART)
    left = wide * (1 - BESIDE) * 0.42 if earlier else 0.0
    from_ = left + wide * BESIDE if earlier else 0.0
    for at, share in enumerate(then):
        if share:
            pen.mark("outline", bar(at * step, base - share * unit, left, share * unit, type / 8), 0.1)
    for at, share in enumerate(now):
        if share:
            x, y, broad = at * step + from_, base - share * unit, wide - from_
            pen.mark("full", bar(x, y, broad, share * unit, type / 8))
            pen.say(str(counts[at]), x + broad / 2, y - type * 0.4, tone="strong")
        pen.say(str(at + 1), at * step + wide / 2, base + type * 1.7, tone="plain")
    pen.mark("axis", line((0, base), (width, base)), 0.1)
    mean = wide / 2 + step * sum(share * at for at, share in enumerate(now))
    tip, foot, half = base + 2, base + 2 + type * 0.62, type * 0.42
    pen.mark("ink", area((mean, tip), (mean - half, foot), (mean + half, foot)))
    low, high = ends
    pen.say(low, 0, base + type * 2.9, "start", size=0.86)
    pen.say(high, width, base + type * 2.9, "end", size=0.86)
    return pen.drawing()


def _shares(counts: Sequence[int]) -> list[float]:
    return [n / max(1, sum(counts)) for n in counts]
