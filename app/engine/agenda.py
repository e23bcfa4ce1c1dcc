"""The agenda of a workshop: its items, which one is live, and what happens when one is left."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field, JsonValue, SerializeAsAny, ValidationError

from app.engine.activity import Part, everybody, inverse, never
from app.engine.commands import Asked, Base, Command, DriverCommand, NewId, Refused
from app.engine.edits import NOTHING, Edits, put, remove
from app.engine.records import Board, Draft, Held, Id, Record
from app.engine.text import Line

agenda = Part("agenda")

MOST_MINUTES = 480
#: 2.5: fewer answers than this are never shown, nor fewer further ones after a release. May be raised only.
THRESHOLD, MOST_TO_WAIT_FOR = 5, 20
agenda.publish(MOST_MINUTES=MOST_MINUTES, THRESHOLD=THRESHOLD, MOST_TO_WAIT_FOR=MOST_TO_WAIT_FOR)
Threshold = Annotated[int, Field(ge=THRESHOLD, le=MOST_TO_WAIT_FOR)]
Minutes = Annotated[int, Field(ge=1, le=MOST_MINUTES)]


class Workshop(Record):
    """One meeting. Its id is that of its row in the workshops table."""

    stamped: ClassVar[frozenset[str]] = frozenset({"people", "threshold"})

    kind: Literal["workshop"] = "workshop"
    title: str
    group: str
    language: Literal["da", "en"]
    #: The day, ISO; anonymous records carry no finer time (A10).
    date: str
    state: Literal["draft", "live", "ended"] = "draft"
    live: Id | None = None
    board_on_phones: bool = False
    #: P5.5: the cycle of the process it belongs to.
    cycle: int = 1
    #: A rehearsal: its phones are simulated, and nothing of it is kept.
    rehearsal: bool = False
    #: The most phones connected at once while it is live; the summary says how many took part.
    people: int | None = None
    #: How many answers are needed before any are shown: the company's threshold, only ever raised (A12).
    threshold: Threshold = THRESHOLD

    @property
    def scope(self) -> str:
        # Its own phones only: an earlier meeting of the process does not concern them.
        return self.id


class Item(Record):
    """One activity in the agenda. Its id is used as the activity's id everywhere."""

    kind: Literal["item"] = "item"
    workshop: Id
    activity: str
    title: str
    minutes: Minutes
    position: float
    settings: dict[str, JsonValue]
    state: Literal["planned", "live", "done"] = "planned"
    #: Server time in ms, cut to the minute (A10).
    started_at: int | None = None
    ended_at: int | None = None

    @property
    def home(self) -> str:
        return self.workshop

    @property
    def scope(self) -> str:
        # Phones get the live activity only.
        return self.id


def settings_of(board: Board, item: str, model: type[Any]) -> Any:
    """The settings of an item, typed."""
    return model.model_validate(board.one(Item, item).settings)


agenda.record(Workshop, everybody)
agenda.record(Item, everybody)


class Go(DriverCommand):
    """Make an item the live one; the first opens the workshop."""

    type: Literal["agenda.go"]
    item: Id


class Add(DriverCommand):
    """Add an item to the agenda, before another or last."""

    type: Literal["agenda.add"]
    item: NewId
    workshop: Id
    activity: Annotated[str, Field(max_length=32)]
    title: Line
    minutes: Minutes
    settings: dict[str, JsonValue]
    before: Id | None

    @property
    def within(self) -> str | None:
        # `activity` is the kind of the new item.
        return None


class ChangeItem(DriverCommand):
    """Give an item another title, time or settings."""

    type: Literal["agenda.change"]
    item: Id
    base: Base
    title: Line
    minutes: Minutes
    settings: dict[str, JsonValue]


class Become(DriverCommand):
    """Change the kind of an item, or what it is about, while no note in it was shown."""

    type: Literal["agenda.become"]
    item: Id
    base: Base
    activity: Annotated[str, Field(max_length=32)]
    title: Line
    settings: dict[str, JsonValue]

    @property
    def within(self) -> str | None:
        # As for a new item, `activity` is a kind.
        return None


class Move(DriverCommand):
    """Move an item before another, or to the end."""

    type: Literal["agenda.move"]
    item: Id
    base: Base
    before: Id | None


class RemoveItem(DriverCommand):
    """Remove an item that was never live from the agenda."""

    type: Literal["agenda.remove"]
    item: Id
    base: Base


class End(DriverCommand):
    """The workshop is over."""

    type: Literal["agenda.end"]
    workshop: Id


class ChangeWorkshop(DriverCommand):
    """Give the workshop another title, or show its board on the phones."""

    type: Literal["workshop.change"]
    workshop: Id
    base: Base
    title: Line | None = None
    board_on_phones: bool | None = None


class Seed(Command):
    """The first records of a workshop, from its template; or, `settled`, what was on another board before."""

    type: Literal["agenda.seed"]
    records: tuple[SerializeAsAny[Record], ...]
    settled: bool = False


@agenda.rule("server")
def seed(board: Board, cmd: Seed, asked: Asked) -> Edits:
    """F4: a workshop begins with its agenda; existing items stay."""
    new = [record for record in cmd.records if board.held(record.id) is None]
    if cmd.settled:
        # What its items refer to comes along, and items that were accepted once are not validated again.
        return put(*new)
    return put(*(_settled(board, r, asked) if isinstance(r, Item) else r for r in new))


def to_the_minute(now: int) -> int:
    """A time in ms without its seconds (A10)."""
    return now - now % 60_000


def items_of(board: Board, workshop: str) -> list[Item]:
    """The agenda of a workshop in its order."""
    return sorted(board.of(Item, workshop).values(), key=lambda item: (item.position, item.id))


def all_items(board: Board) -> list[Item]:
    """The agendas of all meetings of the process, older meetings first."""
    places = {meeting.id: place for place, meeting in enumerate(meetings_of(board))}
    return sorted(
        board.every(Item).values(),
        key=lambda item: (places.get(item.workshop, -1), item.workshop, item.position, item.id),
    )


def meetings_of(board: Board) -> list[Workshop]:
    """All meetings of the process by day, those of one day by start, those not started last (W2)."""
    began: dict[str, int] = {}
    for item in board.every(Item).values():
        if item.started_at is not None:
            began[item.workshop] = min(item.started_at, began.get(item.workshop, item.started_at))
    last = max(began.values(), default=0) + 1
    return sorted(
        board.every(Workshop).values(),
        key=lambda meeting: (meeting.date, began.get(meeting.id, last), meeting.id),
    )


def next_meeting(board: Board, today: str) -> str | None:
    """The day (ISO) of the next meeting of the process that is planned, if there is one."""
    return min((one.date for one in board.every(Workshop).values() if one.date > today), default=None)


def cycle_of(board: Board, item: Item) -> int:
    """P5.5: the cycle that an item's workshop belongs to."""
    workshop = board.find(Workshop, item.workshop)
    return workshop.cycle if workshop else 1


def item_of(board: Board, id: str, activity: str) -> Item:
    """The item if it is of this kind of activity; to any other kind it is unknown."""
    item = board.one(Item, id)
    if item.activity != activity:
        raise Refused("unknown")
    return item


def workshop_of(board: Board, asked: Asked) -> Workshop:
    """The workshop the command comes from; refuses when it has ended (B46, B47)."""
    workshop = board.one(Workshop, asked.workshop)
    if workshop.state == "ended":
        raise Refused("closed")
    return workshop


def position_before(ordered: list[tuple[str, float]], before: str | None) -> float:
    """A position between a neighbour and the one ahead of it, or after the last."""
    if before is None:
        return (ordered[-1][1] + 1) if ordered else 1.0
    places = dict(ordered)
    if before not in places:
        raise Refused("unknown")
    index = [id for id, _ in ordered].index(before)
    ahead = ordered[index - 1][1] if index else places[before] - 1
    return (ahead + places[before]) / 2


@agenda.rule("drive", undo=never("the room has moved on; going back is one step in the agenda"))
def go(board: Board, cmd: Go, asked: Asked) -> Edits:
    """F4: one item is live at a time; going back never destroys (E7)."""
    workshop = workshop_of(board, asked)
    item = _own_item(board, cmd.item, workshop)
    if workshop.live == item.id:
        return NOTHING
    started_at = item.started_at or to_the_minute(asked.now)
    live = put(
        item.with_(state="live", started_at=started_at, ended_at=None),
        workshop.with_(state="live", live=item.id),
    )
    entered = asked.kinds.entered(board, item.activity, item.id, asked)
    return left_live(board, workshop, asked) | live | entered


@agenda.rule("drive", undo=inverse)
def add(board: Board, cmd: Add, asked: Asked) -> Edits:
    """F4, P2.9: an agenda can be extended before and during the meeting."""
    workshop = workshop_of(board, asked)
    if board.held(cmd.item):
        raise Refused("taken")
    item = Item(
        id=cmd.item,
        workshop=workshop.id,
        activity=cmd.activity,
        title=cmd.title,
        minutes=cmd.minutes,
        position=position_before(_places(board, workshop.id), cmd.before),
        settings=cmd.settings,
    )
    return put(_settled(board, item, asked))


@agenda.rule("drive", undo=inverse)
def change_item(board: Board, cmd: ChangeItem, asked: Asked) -> Edits:
    """F4: minutes, title and settings may change at any time."""
    _own_item(board, cmd.item, workshop_of(board, asked))
    item = board.at(Item, cmd.item, cmd.base)
    given = item.with_(title=cmd.title, minutes=cmd.minutes, settings=cmd.settings)
    changed = _settled(board, given, asked)
    fixed = asked.kinds.settings_of(item.activity).fixed
    if item.state != "planned" and any(changed.settings[f] != item.settings.get(f) for f in fixed):
        raise Refused("begun")
    return put(changed)


@agenda.rule("drive", undo=never("the phones follow at once; becoming something else is the way back"))
def become(board: Board, cmd: Become, asked: Asked) -> Edits:
    """P4.3: swap an item's tool or theme for another, until the room was shown a note.

    F8: notes that the room was not told of must not decide this; they are carried over.
    """
    workshop = workshop_of(board, asked)
    _own_item(board, cmd.item, workshop)
    item = board.at(Item, cmd.item, cmd.base)
    given = item.with_(activity=cmd.activity, title=cmd.title, settings=cmd.settings)
    now = _settled(board, given, asked)
    edits: Edits = put(now) | asked.kinds.became(board, item, now, asked)
    if workshop.live != item.id:
        return edits
    # The kind's `enter` reads the item as it will be.
    laid = Draft(board)
    laid.apply(Held(board.seq, record) for record in edits.puts.values() if record is not None)
    entered = asked.kinds.entered(laid, now.activity, now.id, asked)
    return edits | entered


@agenda.rule("drive", undo=inverse)
def move_item(board: Board, cmd: Move, asked: Asked) -> Edits:
    """F4: the agenda can be rearranged."""
    workshop = workshop_of(board, asked)
    _own_item(board, cmd.item, workshop)
    item = board.at(Item, cmd.item, cmd.base)
    others = [place for place in _places(board, workshop.id) if place[0] != item.id]
    return put(item.with_(position=position_before(others, cmd.before)))


@agenda.rule("drive", undo=inverse)
def remove_item(board: Board, cmd: RemoveItem, asked: Asked) -> Edits:
    """F4: only an item that was never live can be taken out; what was made in the others stays."""
    _own_item(board, cmd.item, workshop_of(board, asked))
    item = board.at(Item, cmd.item, cmd.base)
    if item.state != "planned":
        raise Refused("not_open")
    return remove(item.id)


@agenda.rule("drive", undo=inverse)
def change_workshop(board: Board, cmd: ChangeWorkshop, asked: Asked) -> Edits:
    """A meeting without a projector shows its board on the phones; every record carries that itself (E10)."""
    workshop = workshop_of(board, asked)
    board.at(Workshop, workshop.id, cmd.base)
    return put(workshop.with_(**cmd.model_dump(include={"title", "board_on_phones"}, exclude_none=True)))


def _own_item(board: Board, id: str, workshop: Workshop) -> Item:
    item = board.one(Item, id)
    if item.workshop != workshop.id:
        raise Refused("unknown")
    return item


def left_live(board: Board, workshop: Workshop, asked: Asked) -> Edits:
    """Leave the live item, with what its kind does then."""
    live = board.find(Item, workshop.live) if workshop.live else None
    if live is None:
        return NOTHING
    done = put(live.with_(state="done", ended_at=to_the_minute(asked.now)))
    edits = asked.kinds.left(board, live.activity, live.id, asked)
    return edits | done


def _places(board: Board, workshop: str) -> list[tuple[str, float]]:
    return [(item.id, item.position) for item in items_of(board, workshop)]


def _settled(board: Board, item: Item, asked: Asked) -> Item:
    """The item with its settings completed by its kind, or a refusal."""
    try:
        whole = asked.kinds.settings_of(item.activity).model_validate(item.settings)
    except ValidationError:
        raise Refused("range") from None
    settled: Item = asked.kinds.settled(board, item.with_(settings=whole.model_dump(mode="json")), asked)
    return settled
