"""Where the bars of a distribution lie (P5.2): worked out once, drawn by the page and by the PDF."""

from pydantic import BaseModel, ConfigDict

from app.board.report import Bars

#: The picture in its own units; page and PDF scale it.
WIDTH, HEIGHT = 680.0, 230.0
TOP, BOTTOM = 26.0, 180.0
#: Between two steps, and between the bars of one.
APART, BESIDE = 30.0, 4.0


class Bar(BaseModel):
    """A bar; `n` stands over it, and is left out over one that is not there."""

    model_config = ConfigDict(frozen=True)

    x: float
    y: float
    width: float
    height: float
    n: int

    @property
    def middle(self) -> float:
        """Where its number stands."""
        return self.x + self.width / 2


class BarsDrawing(BaseModel):
    """Everything that is drawn, in units of `WIDTH` by `HEIGHT` from the top left."""

    model_config = ConfigDict(frozen=True)

    width: float = WIDTH
    height: float = HEIGHT
    bottom: float = BOTTOM
    bars: tuple[Bar, ...]
    earlier: tuple[Bar, ...]
    #: The middle of each step, under which it is named.
    steps: tuple[float, ...]
    #: From left to right, the mean of `bars`.
    mean: float


def bars(it: Bars) -> BarsDrawing:
    """A bar for each step; with an earlier time its own, narrower and outlined, to the left of it."""
    step = (WIDTH + APART) / len(it.counts)
    wide = step - APART
    # Shares, so that two times with unlike many people can be compared; one scale for both.
    now, then = sum(it.counts) or 1, sum(it.earlier) or 1
    most = max(*(n / now for n in it.counts), *(n / then for n in it.earlier or (0,))) or 1
    unit = (BOTTOM - TOP) / most
    left = (wide - BESIDE) * 0.42 if it.earlier else 0.0

    def bar(at: int, n: int, of: int, x: float, width: float) -> Bar:
        tall = n / of * unit
        return Bar(x=at * step + x, y=BOTTOM - tall, width=width, height=tall, n=n)

    from_ = left + BESIDE if it.earlier else 0.0
    middles = tuple(at * step + wide / 2 for at in range(len(it.counts)))
    mean = sum(n * at for at, n in enumerate(it.counts)) / now
    return BarsDrawing(
        bars=tuple(bar(at, n, now, from_, wide - from_) for at, n in enumerate(it.counts)),
        earlier=tuple(bar(at, n, then, 0.0, left) for at, n in enumerate(it.earlier)),
        steps=middles,
        mean=wide / 2 + mean * step,
    )
