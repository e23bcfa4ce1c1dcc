"""Bars for each theme (P3.4): never fewer people than the threshold, never which of them."""

from collections.abc import Iterable
from typing import Any, ClassVar, Literal

from app.engine.report import Block, Card, ReportModel, Tabled, Words, tabled


class SplitBar(ReportModel):
    """How many of `of` answered `label`; `said` says in words how far they agree."""

    label: str
    yes: int
    of: int
    said: str


class Split(ReportModel):
    """A theme, and how a group was split over some questions about it."""

    card: Card
    bars: tuple[SplitBar, ...]


class Splits(Block):
    """How a group was split, theme by theme."""

    tells: ClassVar[str] = "splits"
    kind: Literal["splits"] = "splits"
    splits: tuple[Split, ...]
    caption: str = ""

    def shown(self, words: Words) -> dict[str, Any]:
        shown = super().shown(words)
        for bar in (bar for split in shown["splits"] for bar in split["bars"]):
            bar["said"] = f"{words('summary.split', yes=bar['yes'], of=bar['of'])}, {bar['said']}"
        columns = [words(f"summary.column.{name}") for name in ("theme", "asked", "said")]
        return shown | {"columns": columns}

    def tabled(self, words: Words) -> Iterable[Tabled]:
        bars = ((split.card.name, bar) for split in self.splits for bar in split.bars)
        rows = ((name, bar.label, bar.yes, bar.of, bar.said) for name, bar in bars)
        return tabled(words, "spread", "theme asked yes of said", rows)
