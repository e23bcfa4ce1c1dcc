"""P4.1-P4.3: posters headed by a theme, onto which proposals are written in silence: what both tools share.

A tool names its posters in the settings of its kind and says `hangs_posters(kind)`.
"""

from typing import ClassVar, Self

from app.board.activity import Activity
from app.board.agenda import Item, settings_of
from app.board.aside import put_aside, told
from app.board.commands import Asked, Refused
from app.board.records import Board, Id
from app.board.report import Block, Card, HowLine, Paragraph, PosterBlock, Posters, Proposal, Words
from app.board.shared_records import Note, Picked, Theme, chain_under, named, picked_id, proposals_on
from app.board.text import Name
from app.board.writing import WritingSettings, opens_for_writing
from app.board.writing.waiting import is_told


class PosterSettings(WritingSettings):
    """What the posters are headed by: a theme, or None until it is chosen at the start.

    The server fills in the theme's name: phones are told of no theme, and read it here.
    """

    fixed: ClassVar[frozenset[str]] = frozenset({"theme"})

    theme: Id | None = None
    name: Name = ""

    @property
    def ready(self) -> bool:
        return self.theme is not None

    def anew(self) -> Self:
        return self.model_copy(update={"theme": None, "name": ""})


def hangs_posters(kind: Activity) -> None:
    """Proposals are written onto posters in items of this kind, whose settings are `PosterSettings`."""
    opens_for_writing(kind)
    kind.settle(settle)


def settle(board: Board, item: Item, asked: Asked) -> Item:
    """P4.3: for a theme one of the tools is chosen, not both."""
    headed = named(board, item)
    # A theme that was merged away since goes on heading what hangs there.
    known = board.find(Theme, str(item.settings["theme"])) is not None
    if known and any(_is_another_tool(board, other, item, asked) for other in board.every(Item).values()):
        raise Refused("other_tool")
    return headed


def _is_another_tool(board: Board, other: Item, item: Item, asked: Asked) -> bool:
    """Whether that item has taken up this one's theme with another tool."""
    if other.id == item.id or other.activity == item.activity:
        return False
    if not issubclass(asked.kinds.settings_of(other.activity), PosterSettings):
        return False
    # What was left without a single proposal was no choice.
    used = other.state != "done" or is_told(board, other.id)
    return used and other.settings["theme"] == item.settings["theme"]


def posters_report(board: Board, item: Item, words: Words, settings: type[PosterSettings]) -> list[Block]:
    """P4.1, P4.2, P4.4: the posters with their proposals, what was answered to "how?", and the marks."""
    set_to: PosterSettings = settings_of(board, item.id, settings)
    if set_to.theme is None:
        return []
    theme = board.find(Theme, set_to.theme)
    name = (theme.name if theme else set_to.name) or words("summary.theme.unnamed")
    posters = tuple(_poster(board, item, poster, words) for poster in set_to.posters)
    blocks: list[Block] = []
    if any(poster.proposals for poster in posters):
        blocks.append(Posters(theme=Card(name=name, paper=theme.paper if theme else "korn"), posters=posters))
    elif is_told(board, item.id):
        blocks.append(Paragraph(text=words("posters.report.unturned", theme=name), tone="quiet"))
    turned = (note for note in board.of(Note, item.id).values() if note.face == "up")
    return [*blocks, *put_aside("posters.report.aside", sum(note.hidden for note in turned), words)]


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
