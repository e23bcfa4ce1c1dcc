"""P4.1-P4.3: posters headed by a theme, onto which proposals are written in silence: what both tools share.

A tool names its posters in the settings of its kind and uses `POSTERS`.
"""

from dataclasses import replace
from typing import ClassVar, Self

from app.blocks.paragraph import Paragraph
from app.blocks.posters import HowLine, PosterBlock, Posters, Proposal
from app.engine.agenda import Item, settings_of
from app.engine.commands import Asked, Refused
from app.engine.records import Board, Id
from app.engine.report import Block, Card, Words
from app.engine.text import Name
from app.parts.notes.aside import put_aside, told
from app.parts.notes.records import Note
from app.parts.notes.waiting import is_told
from app.parts.notes.writing import WRITTEN_IN, WritingSettings
from app.parts.proposals import Picked, chain_under, picked_id, proposals_on
from app.parts.themes import Theme, name_of, named


class PosterSettings(WritingSettings):
    """What the posters are headed by: a theme, or None until it is chosen at the start.

    The server fills in the theme's name: phones get no theme, and read it here.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"theme"})

    theme: Id | None = None
    name: Name = ""

    @property
    def ready(self) -> bool:
        return self.theme is not None

    def fresh(self) -> Self:
        return self.model_copy(update={"theme": None, "name": ""})


def settle(board: Board, item: Item, asked: Asked) -> Item:
    """P4.3: a theme uses one of the two tools, not both."""
    headed = named(board, item)
    # A theme that was merged away since still heads its posters.
    known = board.find(Theme, str(item.settings["theme"])) is not None
    if known and any(_is_another_tool(board, other, item, asked) for other in board.every(Item).values()):
        raise Refused("other_tool")
    return headed


#: Proposals are written onto posters in items of a kind that uses this; its settings are `PosterSettings`.
POSTERS = replace(WRITTEN_IN, settle=settle)


def _is_another_tool(board: Board, other: Item, item: Item, asked: Asked) -> bool:
    """Whether that item works on this one's theme with another tool."""
    if other.id == item.id or other.activity == item.activity:
        return False
    if not issubclass(asked.kinds.settings_of(other.activity), PosterSettings):
        return False
    # An item left without a single proposal does not count.
    used = other.state != "done" or is_told(board, other.id)
    return used and other.settings["theme"] == item.settings["theme"]


def poster_stages(tool: str) -> tuple[str, ...]:
    """P4.1, P4.2: the script once the theme is chosen."""
    return tuple(f"{tool}.desk.say.{stage}" for stage in ("before", "writing", "stopped", "turned"))


def posters_report(board: Board, item: Item, words: Words, settings: type[PosterSettings]) -> list[Block]:
    """P4.1, P4.2, P4.4: the posters with their proposals, what was answered to "how?", and the marks."""
    set_to: PosterSettings = settings_of(board, item.id, settings)
    if set_to.theme is None:
        return []
    theme = board.find(Theme, set_to.theme)
    name = name_of(theme or set_to, words)
    posters = tuple(_poster(board, item, poster, words) for poster in set_to.posters)
    blocks: list[Block] = []
    if any(poster.proposals for poster in posters):
        blocks.append(Posters(theme=Card(name=name, paper=theme.paper if theme else "korn"), posters=posters))
    elif is_told(board, item.id):
        blocks.append(Paragraph(text=words("posters.report.unturned", theme=name), tone="quiet"))
    turned = (note for note in board.of(Note, item.id).values() if note.face == "up")
    return [*blocks, *put_aside("posters.report.aside", sum(note.hidden for note in turned), words)]


def posters_titled(board: Board, item: Item, words: Words, settings: type[PosterSettings]) -> str:
    """Their title in a summary."""
    set_to: PosterSettings = settings_of(board, item.id, settings)
    theme = board.find(Theme, set_to.theme) if set_to.theme else None
    return words("posters.report.title", theme=name_of(theme or set_to, words))


def _poster(board: Board, item: Item, poster: str, words: Words) -> PosterBlock:
    def proposal(note: Note) -> Proposal:
        hows = tuple(HowLine(text=how.text, depth=depth) for depth, how in chain_under(board, note.id))
        picked = board.find(Picked, picked_id(note.id)) is not None
        return Proposal(text=told(note, words), picked=picked, hows=hows)

    return PosterBlock(
        title=words(f"{item.activity}.report.{poster}"),
        proposals=tuple(proposal(note) for note in proposals_on(board, item.id, poster)),
        empty=words("posters.report.empty"),
    )
