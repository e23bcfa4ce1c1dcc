"""The poster with a QR code: for the door of a meeting, or for what is answered by link (W11).

It says where it leads, what to type without a camera, what is anonymous, and how long it works. A new code
for the meeting makes printed ones useless.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal, Protocol

from app.engine.report import Words, day_in_words
from app.exports.posters import DOTS, Shape
from app.qr import runs

Paper = Literal["a3", "a4"]
#: The size of the chunks in which a code is read.
HALF = 3


@dataclass(frozen=True)
class WayIn:
    """An open door. `activity` and `about`: what is answered by link, if anything is."""

    title: str
    company: str
    group: str
    language: str
    base_url: str
    join_url: str
    code: str
    #: The last day (ISO) on which it leads anywhere.
    until: str
    activity: str = ""
    about: str = ""
    #: How many answers are needed before anything is shown.
    least: int = 0


class WaysIn(Protocol):
    """Where the routes get it from."""

    async def of(self, workshop: str) -> WayIn | None:
        """The entrance to a workshop; None while its door is closed, or if it does not exist."""


def name(way: WayIn, words: Words) -> str:
    """What the poster is called in a list."""
    return words("poster.way.name", title=way.title)


def job(way: WayIn, shape: Shape, paper: Paper, words: Words) -> dict[str, Any]:
    """What the worker is asked for."""
    size, dark = runs(way.join_url)
    said = _said(way, words)
    day = date.fromisoformat(way.until)
    data = {
        "title": said["head"],
        "company": way.company,
        "header": name(way, words),
        "language": words.language,
        "boxes": words("summary.boxes"),
        "paper": paper,
        "qr": {"size": size, "runs": dark, "alt": words("desk.join.qr", url=way.join_url)},
        "address": way.base_url.partition("://")[2],
        "code": f"{way.code[:HALF]} {way.code[HALF:]}",
        **said,
    }
    # The kit reads a few things besides.
    data |= dict.fromkeys(("page", "foot", "picked", "chosen", "how"), "")
    at = int(datetime.combine(day, time(12), UTC).timestamp())
    return {
        "to": "poster",
        "template": "way_in.typ",
        "shape": shape,
        "dots": DOTS,
        "data": data,
        "timestamp": at,
    }


def _said(way: WayIn, words: Words) -> dict[str, str]:
    """As the sheet on the screen says it."""
    by_link = bool(way.about) and f"desk.poster.{way.activity}.title" in words
    over: tuple[str, ...] = (way.company, way.group)
    if by_link:
        # Not by the text's placeholders: a question may contain braces.
        head = words(f"desk.poster.{way.activity}.title", about="\0").replace("\0", way.about)
        lead = words(f"desk.poster.{way.activity}.lead")
        safe = words(f"desk.poster.{way.activity}.safe", least=way.least)
        over = (*over, way.title)
    else:
        head, lead = way.title, words("desk.poster.meeting.title")
        safe = words("desk.join.print_promise")
    return {
        "over": " · ".join(part for part in over if part),
        "head": head,
        "lead": lead,
        "scan": words("desk.poster.scan"),
        "or": words("desk.poster.or"),
        "type": words("desk.join.code"),
        "until": words(
            "poster.way.open" if by_link else "desk.poster.until", day=day_in_words(way.until, words)
        ),
        "ends": words("desk.poster.ends"),
        "safe": safe,
    }
