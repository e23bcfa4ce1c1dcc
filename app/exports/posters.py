"""What hangs on walls: the results (P2.8), the why (P1.6), the plan, and a reminder for each theme (P5.4).

All are drawn from the summary, so that none can tell more than it does.
"""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time
from typing import Any, Literal

from app.engine.report import Block, Box, ReportModel, Words
from app.exports.summary import Heading, Summary

#: How it is drawn: to be printed, to be changed, or as a picture for the intranet.
Shape = Literal["pdf", "svg", "png"]
#: The resolution of a picture: at this, A3 is some 1,750 pixels wide.
DOTS = 150


class Sheet(ReportModel):
    """One poster of what may be several: a large title, boxes, and what comes next."""

    over: str
    title: str
    #: How high its title is, in points of an A3.
    head: int
    lead: str = ""
    #: The small text at its foot.
    note: str = ""
    next: str = ""
    #: F1: which part of the ring it belongs to.
    phase: int
    boxes: tuple[Box, ...] = ()
    #: P5.4: a drawing with its words, as a block shows it.
    picture: dict[str, Any] | None = None


class Poster(ReportModel):
    """A file to print; `name` is its name in a list."""

    id: str
    name: str
    paper: Literal["a3", "a4"] = "a3"
    sheets: tuple[Sheet, ...]


def posters_of(summary: Summary, heading: Heading, words: Words) -> list[Poster]:
    """All posters, in the order of the method."""
    over = _over(summary, heading, words)
    return [
        *_why(summary, over, words),
        *_results(summary, over, words),
        *_plan(summary, over, words),
        *_themes(summary, over, words),
    ]


def job(poster: Poster, shape: Shape, summary: Summary, words: Words) -> dict[str, Any]:
    """The worker's parameters; the kit reads a few things besides."""
    day = summary.day or date(2000, 1, 1)
    data = {
        "title": poster.name,
        "company": summary.company,
        "header": summary.header,
        "language": summary.language,
        "page": "",
        "foot": "",
        "picked": "",
        "chosen": "",
        "how": "",
        "boxes": words("summary.boxes"),
        "next": words("poster.next"),
        "paper": poster.paper,
        "sheets": [sheet.model_dump(mode="json") for sheet in poster.sheets],
    }
    return {
        "to": "poster",
        "template": "poster.typ",
        "shape": shape,
        "dots": DOTS,
        "data": data,
        "timestamp": int(datetime.combine(day, time(12), UTC).timestamp()),
    }


def _blocks(summary: Summary) -> Iterator[Block]:
    yield from summary.short
    for section in summary.sections:
        yield from section.blocks


def _over(summary: Summary, heading: Heading, words: Words) -> str:
    """*Bakkedal Inventar · Montagen · november 2026*"""
    month = ""
    if summary.day:
        month = f"{words('summary.months').split()[summary.day.month - 1]} {summary.day.year}"
    return " · ".join(part for part in (summary.company, heading.group, month) if part)


def _why(summary: Summary, over: str, words: Words) -> Iterator[Poster]:
    boxes = tuple(box for block in _blocks(summary) if block.leads for box in block.boxes)
    if summary.why or boxes:
        name = words("poster.why")
        sheet = Sheet(over=over, title=name, head=52, lead=summary.why, phase=1, boxes=boxes)
        yield Poster(id="why", name=name, paper="a4", sheets=(sheet,))


def _results(summary: Summary, over: str, words: Words) -> Iterator[Poster]:
    sheets = []
    for section in summary.sections:
        boxes = tuple(box for block in section.blocks for box in block.boxes if box.is_theme)
        if boxes:
            sheet = Sheet(over=over, title=section.title, head=60, next=summary.coming, phase=2, boxes=boxes)
            sheets.append(sheet)
    if sheets:
        yield Poster(id="results", name=words("poster.results"), sheets=tuple(sheets))


def _plan(summary: Summary, over: str, words: Words) -> Iterator[Poster]:
    for section in summary.sections:
        closing = [block for block in section.blocks if block.closes]
        boxes = tuple(box for block in closing for box in block.boxes)
        off = sum(block.off for block in closing)
        if boxes:
            sheet = Sheet(
                over=over,
                title=section.title,
                head=60,
                # Posters leave out what no longer applies, and say that it is in the summary.
                note=words("poster.plan.off", n=off) if off else "",
                next=summary.coming,
                phase=4,
                boxes=boxes,
            )
            yield Poster(id="plan", name=words("poster.plan"), sheets=(sheet,))


def _themes(summary: Summary, over: str, words: Words) -> Iterator[Poster]:
    """P5.4: a reminder of each theme that is worked with: what was agreed on, or else what was written."""
    blocks = list(_blocks(summary))
    boxes = [box for block in blocks for box in block.boxes]
    chosen = {(card.name, card.paper) for block in blocks for card in block.cards if card.chosen}
    known = dict.fromkeys((box.theme, box.paper) for box in boxes if box.is_theme and box.theme)
    for n, (name, paper) in enumerate(known, 1):
        agreed = tuple(box for box in boxes if not box.is_theme and (box.theme, box.paper) == (name, paper))
        if not agreed and (name, paper) not in chosen:
            continue
        written = (box for box in boxes if box.is_theme and (box.theme, box.paper) == (name, paper))
        sheet = Sheet(
            over=over,
            title=name,
            head=64,
            lead=words("poster.theme.agreed" if agreed else "poster.theme.chosen"),
            next=summary.coming,
            phase=5,
            picture=next((it.shown(words) for it in blocks if it.progress_of == (name, paper)), None),
            # The theme is the title above all of it.
            boxes=tuple(box.model_copy(update={"lines": box.lines[1:]}) for box in agreed)
            or tuple(box.model_copy(update={"title": ""}) for box in written),
        )
        yield Poster(id=f"theme-{n}", name=name, paper="a4", sheets=(sheet,))
