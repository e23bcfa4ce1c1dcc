"""Posters headed by a theme, with the proposals on them (P4.1, P4.2)."""

from collections.abc import Iterable
from typing import Literal

from app.engine.report import Block, Card, FoundLine, ReportModel, Tabled, Words, cards_found, tabled


class HowLine(ReportModel):
    """An answer to "how?"; `depth` is 1 right under the proposal, 2 under its answer, and so on (P4.4)."""

    text: str
    depth: int


class Proposal(ReportModel):
    """What is on a poster. `picked` ones went into the action plan."""

    text: str
    picked: bool = False
    hows: tuple[HowLine, ...] = ()


class PosterBlock(ReportModel):
    """One poster, such as *Stop*. `empty` is shown when nothing is on it."""

    title: str
    proposals: tuple[Proposal, ...] = ()
    empty: str = ""


class Posters(Block):
    """The posters of one theme, which the section's title names."""

    kind: Literal["posters"] = "posters"
    theme: Card
    posters: tuple[PosterBlock, ...]

    def found(self, words: Words) -> Iterable[FoundLine]:
        yield FoundLine(cards=cards_found([self.theme]))
        for poster in self.posters:
            if n := len(poster.proposals):
                yield FoundLine(label=poster.title, text=words("summary.found.proposals", n=n))

    def tabled(self, words: Words) -> Iterable[Tabled]:
        hung = ((poster.title, one) for poster in self.posters for one in poster.proposals)
        rows = (
            (
                self.theme.name,
                poster,
                one.text,
                "\n".join(how.text for how in one.hows),
                words("summary.picked") if one.picked else "",
            )
            for poster, one in hung
        )
        return tabled(words, "proposals", "theme poster proposal how picked", rows)
