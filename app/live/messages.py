"""The protocol: every message between a screen and the server, over WebSocket or over HTTP."""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, TypeAdapter, ValidationError

from app.activities.registry import registry
from app.engine.commands import Command, Role
from app.engine.records import Id
from app.faults import Unreadable, fault_code, object_in

#: Raised when an old page can no longer be understood; it then reloads (R17).
PROTOCOL = 1
#: Close codes for a page that is older than the server, and for clients not, or no longer, let in.
TOO_OLD, SHOWN_OUT = 4410, 4401

if TYPE_CHECKING:
    # These are known only once the registry is complete.
    Seen = Any
    AnyCommand = Command
    NamedCommand = Command
else:
    Seen = registry.seen_union
    AnyCommand = registry.command_union
    NamedCommand = registry.named_union


class ClientModel(BaseModel):
    """What a screen sends; the tag has no default, so that TypeScript narrows."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Hello(ClientModel):
    """The first message: who the client is, and what it has."""

    type: Literal["hello"]
    token: Annotated[str, Field(max_length=1024)]
    since: Annotated[int, Field(ge=0, le=2**53)]
    epoch: Annotated[str, Field(max_length=64)]
    activity: Id | None
    protocol: int


class Do(ClientModel):
    """A command; the answer repeats `ref`."""

    type: Literal["do"]
    ref: Annotated[int, Field(ge=0, le=2**53)]
    command: AnyCommand


class NamedDo(ClientModel):
    """A3: a command with a name. It has its own route, and no live connection accepts it."""

    type: Literal["named"]
    command: NamedCommand


class Time(ClientModel):
    """Ask for the server's time; also the keepalive."""

    type: Literal["time"]
    sent: Annotated[float, Field(allow_inf_nan=False)]


class Broken(ClientModel):
    """A screen cannot show its picture, or can again (G23)."""

    type: Literal["broken"]
    broken: bool


class Hold(ClientModel):
    """A desk is dragging a record; a hint for the others, never stored."""

    type: Literal["hold"]
    record: Id | None


class Leaf(BaseModel):
    """U8: which page of its picture a wall shows; the pages follow from board and screen.

    `page` of `pages`, from 0. `to` and `until` are the numbers of things on the pages up to this one and up
    to the next, of `of` in total; 0 if a page is not a sequence of similar things.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    item: Id
    page: Annotated[int, Field(ge=0, le=999)]
    pages: Annotated[int, Field(ge=1, le=1000)]
    to: Annotated[int, Field(ge=0, le=99_999)]
    until: Annotated[int, Field(ge=0, le=99_999)]
    of: Annotated[int, Field(ge=0, le=99_999)]


class Shows(ClientModel):
    """A wall says which page it shows, a hint for the desks, never stored; null: its picture has no pages."""

    type: Literal["shows"]
    leaf: Leaf | None


class ServerModel(BaseModel):
    """What the server sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class SeenAt(ServerModel):
    """A record as this screen sees it, with the seq of its last change."""

    seq: int
    record: Seen


class Welcome(ServerModel):
    """The client is admitted, with this role; desks get a key for commands by POST."""

    type: Literal["welcome"] = "welcome"
    role: Role
    #: Which of the board's workshops this screen is in.
    workshop: Id
    key: str | None
    #: Server time in ms, only on a stream, which gets no other (R9); sockets ask, and all read 0 here (A2).
    now: float


class ChangesMessage(ServerModel):
    """The changes; with `all` the client forgets everything first (E3)."""

    type: Literal["changes"] = "changes"
    epoch: str
    seq: int
    all: bool
    activity: Id | None
    records: list[SeenAt]
    gone: list[Id]


class Stored(ServerModel):
    """The command is stored durably."""

    type: Literal["stored"] = "stored"
    ref: int
    told: list[str]


class RefusedMessage(ServerModel):
    """The command is refused; the reason is `refused.<code>` in the language files."""

    type: Literal["refused"] = "refused"
    ref: int
    code: str
    fresh: SeenAt | None
    retry_after: float | None


class TimeMessage(ServerModel):
    """The server's time in ms, and the time that the client sent."""

    type: Literal["time"] = "time"
    sent: float
    now: float


class DoorMoved(ServerModel):
    """To walls: the door changed or closed; they request it again."""

    type: Literal["door"] = "door"


class Presence(ServerModel):
    """How many are here, how many are done, which records are being dragged, and the pages of the walls."""

    type: Literal["presence"] = "presence"
    phones: int
    screens: int
    #: How many of the screens cannot show their picture.
    broken: int = 0
    #: U24: how many say that they are done, as told at the last tick of the live item (A11); 0: nothing was.
    done: int = 0
    held: list[Id]
    leaves: list[Leaf]


class Leading(ServerModel):
    """R11, to desks only: which of them leads, and its owner's name; `desk` is "" if none does."""

    type: Literal["leading"] = "leading"
    desk: str
    name: str


class Stepped(ServerModel):
    """G40, to desks alone: who is about to take back this step or do it again, and whose it was, if known."""

    type: Literal["stepped"] = "stepped"
    step: Id
    by: str
    of: str


ClientMessage = Annotated[Hello | Do | Time | Broken | Hold | Shows, Field(discriminator="type")]
ServerMessage = Annotated[
    Welcome
    | ChangesMessage
    | Stored
    | RefusedMessage
    | TimeMessage
    | DoorMoved
    | Presence
    | Leading
    | Stepped,
    Field(discriminator="type"),
]

client_messages: TypeAdapter[Any] = TypeAdapter(ClientMessage)


class ClientMessageModel(RootModel[ClientMessage]):
    """Only for the generated types."""


class ServerMessageModel(RootModel[ServerMessage]):
    """Only for the generated types."""


class CommandModel(RootModel[AnyCommand]):
    """Only for the generated types."""


class NamedDoModel(RootModel[NamedDo]):
    """Only for the generated types."""


class SeenModel(RootModel[Seen]):
    """Only for the generated types."""


class Misunderstood(Exception):
    """A message that cannot be read: `code` as in `refused.<code>`, `ref` if it could be found."""

    def __init__(self, code: str, ref: int) -> None:
        super().__init__(code)
        self.code = code
        self.ref = ref


def parse(frame: str | bytes) -> Hello | Do | Time | Broken | Hold:
    """A message as sent, by pydantic's own strict parser (X21); raises `Misunderstood` without the input."""
    try:
        message: Hello | Do | Time | Broken | Hold = client_messages.validate_json(frame)
    except ValidationError as error:
        raise Misunderstood(_code(frame, error), _ref(frame)) from None
    return message


def parse_named(body: bytes) -> NamedDo:
    """A command of the named plane; raises `Misunderstood` without the input."""
    try:
        return NamedDo.model_validate_json(body)
    except ValidationError as error:
        raise Misunderstood(_code(body, error), 0) from None


def _code(sent: str | bytes, error: ValidationError) -> str:
    """The code of what is wrong with a message, found as for a body over HTTP."""
    try:
        object_in(sent)
    except Unreadable as fault:
        return fault.code
    return fault_code(error.errors(include_url=False, include_input=False))


class _Ref(BaseModel):
    ref: Annotated[int, Field(ge=0, le=2**53)] = 0


def _ref(frame: str | bytes) -> int:
    try:
        return _Ref.model_validate_json(frame).ref
    except ValidationError:
        return 0
