"""D: the last page of a document is missing or reasonably full (`last_page.py`)."""

import json
import math
import tempfile
from collections.abc import Iterator

import pytest

from app.blocks.notes import Notes
from app.blocks.table import Table, TableRow
from app.blocks.themes import ThemeBlock, Themes
from app.engine.report import Block
from app.exports import setter
from app.exports.last_page import MEANINGFUL, ROOM, Filled, Spacing, spaced
from app.exports.pdf import document_data
from app.locales import words
from tests.exports.every_block import every_block, summary_with

DA = words("da")


class Text:
    """A text of that height, as a compiler would measure it; a third of it is space between things.

    Some pages, or all, begin with a unit that has the number of the page.
    """

    def __init__(self, points: float, every: int) -> None:
        self.points = points
        self.every = every
        self.tried: dict[Spacing, Filled] = {}

    def __call__(self, spacing: Spacing) -> Filled:
        before = max(spacing.begin - 1, 0)
        high, room = self.points * (2 + spacing.air) / 3 - before * ROOM, ROOM - spacing.low
        pages = math.ceil(high / room)
        units = {page: page for page in range(self.every, before + pages + 1, self.every)}
        self.tried[spacing] = Filled(before + pages, (high - (pages - 1) * room) / ROOM, units)
        return self.tried[spacing]


@pytest.mark.parametrize("every", [1, 5, 1000])
@pytest.mark.parametrize("pages", [1, 2, 3, 6, 11, 12, 39, 100])
def test_whatever_its_height_the_last_page_is_gone_or_filled(pages: int, every: int) -> None:
    for part in range(1, 100):
        text = Text((pages - 1 + part / 100) * ROOM, every)
        chosen = spaced(text)
        assert text.tried[chosen].enough, part
        assert len(text.tried) <= (13 if pages < 12 else 2)
        # Of a long one only the end is laid out twice, from a unit that begins there.
        if pages > 12 and chosen.low and every < pages - 8:
            assert pages - 8 - every < chosen.begin <= pages - 8
        # No page is half empty, unless it is the last.
        assert chosen.low <= ROOM / 2
        # A good ending is left as it is.
        assert (chosen == Spacing()) is (len(text.tried) == 1)


def test_what_cannot_be_helped_is_left_as_full_as_it_gets() -> None:
    assert spaced(lambda spacing: Filled(2, 0.1)) == Spacing()
    assert spaced(lambda spacing: Filled(2, spacing.air / 10)) == Spacing(air=1.3)


NOTES = tuple(f"Seddel {n} om noget, der kan fylde en hel del mere end en linje" for n in range(60))
ROWS = tuple(
    TableRow(cells=("Ro", f"Handling {n} med lidt tekst", "Dorte", "Alle"), paper="mos") for n in range(40)
)


def sizes() -> Iterator[list[Block]]:
    for many in (20, 24, 28, 44, 52):
        yield [Notes(notes=NOTES[:many])]
    for many in (17, 22):
        yield [Table(columns=("Tema", "Handling", "Ansvarlig", "Med"), rows=ROWS[:many])]
    themes = (ThemeBlock(name=f"Tema {n}", notes=NOTES[n : n + 5]) for n in range(6))
    yield [*every_block(), Themes(themes=tuple(themes))]
    yield [Notes(notes=NOTES * 9)]


def test_the_pages_that_are_set_end_with_something() -> None:
    ends: list[Filled] = []
    for blocks in sizes():
        data = json.loads(json.dumps(document_data(summary_with(*blocks), DA))) | {"boxes": ""}
        with tempfile.TemporaryDirectory() as folder:
            root = setter._root(folder, "summary.typ")
            plain = setter._filled(setter.compiler(root, data))
            end = setter._filled(setter._spaced(root, data))
        ends.append(plain)
        assert end.enough, (len(ends), end)
    # This is not by chance: some would have ended with almost nothing.
    assert sum(one.last < MEANINGFUL and one.pages > 1 for one in ends) > 2


def test_what_stands_before_the_last_pages_is_not_laid_out_again() -> None:
    data = json.loads(json.dumps(document_data(summary_with(Notes(notes=NOTES * 9)), DA))) | {"boxes": ""}
    with tempfile.TemporaryDirectory() as folder:
        root = setter._root(folder, "summary.typ")
        it = setter.compiler(root, data)
        plain = setter._filled(it)
        page = plain.pages - 3
        setter._space(root, Spacing(low=60, begin=plain.begin[page]))
        lower = setter._filled(it)
    assert {n: unit for n, unit in lower.begin.items() if n <= page} == {
        n: unit for n, unit in plain.begin.items() if n <= page
    }
    assert lower.begin[page + 1] < plain.begin[page + 1]
