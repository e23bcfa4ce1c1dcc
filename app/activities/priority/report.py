"""What the priority board says in the summary: the group's spread, the quadrants, the choice (P3.2-P3.4)."""

from collections.abc import Iterable

from app.activities.priority.messages import Priority, Spread
from app.activities.priority.rules import themes_in_play
from app.activities.priority.spread import spread_id
from app.blocks.chosen import Chosen as ChosenBlock
from app.blocks.quadrants import Quadrants
from app.blocks.splits import Split, SplitBar, Splits
from app.engine.agenda import Item, cycle_of
from app.engine.records import Board
from app.engine.report import Block, Card, Words
from app.parts.ballots import least
from app.parts.themes import Theme, chosen_in, name_of


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """The first cell is important and urgent: what must be done."""
    cycle = cycle_of(board, item)
    themes = themes_in_play(board, cycle)
    chosen = chosen_in(board, cycle)

    def card(theme: Theme) -> Card:
        name = name_of(theme, words)
        return Card(name=name, paper=theme.paper, chosen=theme.id in chosen)

    def cell(important: bool, urgent: bool) -> tuple[Card, ...]:
        places = {p.theme: p for p in board.every(Priority).values() if p.cycle == cycle}
        return tuple(
            card(theme)
            for theme in themes
            if (place := places.get(theme.id)) and (place.important, place.urgent) == (important, urgent)
        )

    columns = (words("priority.report.important"), words("priority.report.unimportant"))
    rows = (words("priority.report.urgent"), words("priority.report.calm"))
    cells = ((cell(True, True), cell(False, True)), (cell(True, False), cell(False, False)))
    blocks: list[Block] = []
    groups = [(card(theme), board.find(Spread, spread_id(item.id, theme.id))) for theme in themes]
    if splits := tuple(_splits(groups, words)):
        caption = words("priority.report.spread", least=least(board, item.id))
        blocks.append(Splits(splits=splits, caption=caption))
    if any(cards for row in cells for cards in row):
        said = "; ".join(
            words(
                "priority.report.alt_cell",
                column=columns[c],
                row=rows[r],
                themes=", ".join(card.name for card in cells[r][c]) or words("priority.report.none"),
            )
            for r in range(2)
            for c in range(2)
        )
        caption = words("priority.report.caption")
        blocks.append(Quadrants(columns=columns, rows=rows, cells=cells, caption=caption, alt=said))
    if chosen_cards := tuple(card(theme) for theme in themes if theme.id in chosen):
        blocks.append(ChosenBlock(themes=chosen_cards))
    return blocks


def _splits(groups: Iterable[tuple[Card, Spread | None]], words: Words) -> Iterable[Split]:
    """P3.4: what enough phones placed; of the others not even how many there were (A12)."""
    for card, group in groups:
        if group is None:
            continue
        asked = (
            ("important", group.important, group.important_agreement),
            ("urgent", group.urgent, group.urgent_agreement),
        )
        bars = (
            SplitBar(
                label=words(f"priority.report.{side}"),
                yes=yes,
                of=group.n,
                said=words(f"priority.report.agree.{agreement}"),
            )
            for side, yes, agreement in asked
        )
        yield Split(card=card, bars=tuple(bars))


def titled(board: Board, item: Item, words: Words) -> str:
    """Its title: that it was chosen, or only how it was sorted."""
    chosen = chosen_in(board, cycle_of(board, item))
    return words("priority.report.title" if chosen else "priority.report.title.sorted")
