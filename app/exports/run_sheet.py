"""The run sheet (W13): a whole meeting on one page for the facilitator, with its times and script.

It is made from the agenda and the desk's scripts, so it contains nothing that people wrote.
"""

from collections.abc import Mapping, Sequence

from app.engine.activity import Stages
from app.engine.agenda import Item, Workshop, items_of, next_meeting
from app.engine.records import Board
from app.engine.report import ReportModel, Words, day_in_words

#: The most hints a stage has.
MOST_HINTS = 9
#: Numbers in a script are not known before the meeting.
UNKNOWN = "…"
#: How many characters fit on the page in each type size except the smallest.
FITS = {"whole": 1_100, "largest": 2_450, "large": 3_200, "middle": 4_900}


class Said(ReportModel):
    """What is read aloud in one stage, and its hints."""

    say: str
    hints: tuple[str, ...]


class Line(ReportModel):
    """One item of the agenda; `at` is when it begins, by the clock or in minutes from the start."""

    at: str
    minutes: str
    title: str
    #: What the wall asks or says.
    asks: str
    said: tuple[Said, ...]
    #: The transition to the next item.
    bridge: str


class RunSheet(ReportModel):
    """All that the page shows, in the words of the meeting's language."""

    language: str
    group: str
    title: str
    day: str
    #: "09:00", or nothing.
    begins: str
    total: str
    #: The largest type size at which everything fits on one page.
    size: str
    lines: tuple[Line, ...]


def run_sheet(
    board: Board, workshop: str, stages: Mapping[str, Stages], words: Words, begins: int | None = None
) -> RunSheet:
    """The sheet of a meeting; `begins` is the minute of the day at which it begins, if that is known."""
    meeting = board.one(Workshop, workshop)
    agenda = items_of(board, workshop)
    bridges = [_bridge(item, words) for item in agenda[1:]] + [_end(board, meeting, words)]
    lines, minute = [], begins or 0
    told: set[str] = set()
    # Of an agenda that was emptied only the end is left.
    for item, bridge in zip(agenda, bridges, strict=False):
        lines.append(
            Line(
                at=_clock(minute, known=begins is not None),
                minutes=words("desk.minutes", n=item.minutes),
                title=item.title,
                asks=str(item.settings.get("question") or item.settings.get("text") or ""),
                said=tuple(_said(key, item, words, told) for key in stages[item.activity](item)),
                bridge=bridge,
            )
        )
        minute += item.minutes
    return RunSheet(
        language=words.language,
        group=meeting.group,
        title=meeting.title,
        day=day_in_words(meeting.date, words),
        begins=_clock(begins, known=True) if begins is not None else "",
        total=words("desk.agenda.total", n=sum(item.minutes for item in agenda)),
        size=_size(lines),
        lines=tuple(lines),
    )


def _said(key: str, item: Item, words: Words, told: set[str]) -> Said:
    """A stage's hints appear the first time only: the second question is asked like the first."""
    # A free item states its own minutes; other scripts count what does not exist yet.
    n = item.minutes if "what" in item.settings else UNKNOWN
    params = {"n": n, "theme": str(item.settings.get("name") or UNKNOWN)}
    hints = (f"{key}.hint{at}" for at in range(1, MOST_HINTS + 1))
    shown = tuple(words(hint) for hint in hints if hint in words and words(hint) not in told)
    told.update(shown)
    return Said(say=words(key, **params), hints=shown)


def _bridge(following: Item, words: Words) -> str:
    return words(f"desk.bridge.{following.activity}", title=following.title)


def _end(board: Board, meeting: Workshop, words: Words) -> str:
    day = next_meeting(board, meeting.date)
    return words("desk.bridge.again", day=day_in_words(day, words)) if day else words("desk.bridge.end")


def _clock(minute: int, *, known: bool) -> str:
    """*09:05* by the clock, *0:05* from the start."""
    hours = minute // 60 % 24
    return f"{hours:02}:{minute % 60:02}" if known else f"{minute // 60}:{minute % 60:02}"


def _size(lines: Sequence[Line]) -> str:
    def length(line: Line) -> int:
        said = sum(len(each.say) + sum(map(len, each.hints)) for each in line.said)
        return said + len(line.title) + len(line.asks) + len(line.bridge)

    letters = sum(map(length, lines))
    return next((size for size, most in FITS.items() if letters <= most), "small")
