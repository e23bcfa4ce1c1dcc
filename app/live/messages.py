"""The wire: every message that travels between a screen and the server, over WebSocket or over HTTP."""

import math
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, RootModel, TypeAdapter, ValidationError

from app.activities.registry import registry
from app.board.commands import Command, Role
from app.board.records import Id
from app.http_errors import parse_fault

#: Raised when an old page can no longer be understood; it then reloads (R17).
PROTOCOL = 1

if TYPE_CHECKING:
    # Which they are is known only when the registry is full.
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
    """The first message: who I am, and what I have."""

    type: Literal["hello"]
    token: Annotated[str, Field(max_length=1024)]
    since: Annotated[int, Field(ge=0, le=2**53)]
    epoch: Annotated[str, Field(max_length=64)]
    activity: Id | None
    protocol: int


class Do(ClientModel):
    """A command; `ref` comes back with the answer."""

    type: Literal["do"]
    ref: Annotated[int, Field(ge=0, le=2**53)]
    command: AnyCommand


class NamedDo(ClientModel):
    """A3: a command that carries a name. It comes by its own POST, and no line takes it."""

    type: Literal["named"]
    command: NamedCommand


class Time(ClientModel):
    """What is the time with you? Also the sign of life."""

    type: Literal["time"]
    sent: Annotated[float, Field(allow_inf_nan=False)]


class Hold(ClientModel):
    """A desk has something in its hand; a hint for the others, never stored."""

    type: Literal["hold"]
    record: Id | None


class ServerModel(BaseModel):
    """What the server sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, json_schema_serialization_defaults_required=True)


class SeenAt(ServerModel):
    """A record as this screen sees it, with the seq of its last change."""

    seq: int
    record: Seen


class Welcome(ServerModel):
    """You are in, as this; desks get a key for commands by POST."""

    type: Literal["welcome"] = "welcome"
    role: Role
    #: Which of the board's workshops this screen is in.
    workshop: Id
    key: str | None


class ChangesMessage(ServerModel):
    """What changed; `all` says to forget everything first (E3)."""

    type: Literal["changes"] = "changes"
    epoch: str
    seq: int
    all: bool
    activity: Id | None
    records: list[SeenAt]
    gone: list[Id]


class Stored(ServerModel):
    """It is durable."""

    type: Literal["stored"] = "stored"
    ref: int
    told: list[str]


class RefusedMessage(ServerModel):
    """It is not done, and why: `refused.<code>` in the language files."""

    type: Literal["refused"] = "refused"
    ref: int
    code: str
    fresh: SeenAt | None
    retry_after: float | None


class TimeMessage(ServerModel):
    """The server's time in ms, with what was sent."""

    type: Literal["time"] = "time"
    sent: float
    now: float


class Presence(ServerModel):
    """How many are here, and what is in somebody's hand."""

    type: Literal["presence"] = "presence"
    phones: int
    screens: int
    held: list[Id]


ClientMessage = Annotated[Hello | Do | Time | Hold, Field(discriminator="type")]
ServerMessage = Annotated[
    Welcome | ChangesMessage | Stored | RefusedMessage | TimeMessage | Presence, Field(discriminator="type")
]

client_messages: TypeAdapter[Any] = TypeAdapter(ClientMessage)


class ClientMessageModel(RootModel[ClientMessage]):
    """For the generated types."""


class ServerMessageModel(RootModel[ServerMessage]):
    """For the generated types."""


class CommandModel(RootModel[AnyCommand]):
    """For the generated types."""


class NamedDoModel(RootModel[NamedDo]):
    """For the generated types."""


class SeenModel(RootModel[Seen]):
    """For the generated types."""


class Misunderstood(Exception):
    """A message that cannot be read: `code` as in `refused.<code>`, `ref` if it could be found."""

    def __init__(self, code: str, ref: int) -> None:
        super().__init__(code)
        self.code = code
        self.ref = ref


_CODES = {
    "model_type": "not_object",
    "model_attributes_type": "not_object",
    "dict_type": "not_object",
    "extra_forbidden": "unknown_field",
    "union_tag_invalid": "unknown_type",
    "union_tag_not_found": "unknown_type",
    "string_unicode": "text",
    "string_too_long": "too_long",
    "string_pattern_mismatch": "type",
    "too_short": "empty",
    "too_long": "too_many",
    "text": "text",
    "empty": "empty",
    "missing": "missing",
}
_RANGES = {
    "greater_than",
    "greater_than_equal",
    "less_than",
    "less_than_equal",
    "finite_number",
    "int_parsing_size",
    "literal_error",
}


def parse(frame: str | bytes) -> Hello | Do | Time | Hold:
    """A message as sent, by pydantic's own strict parser (X21); raises `Misunderstood` without the input."""
    if not frame:
        raise Misunderstood("not_object", 0)
    try:
        message: Hello | Do | Time | Hold = client_messages.validate_json(frame)
    except ValidationError as error:
        raise Misunderstood(code_of(error), _ref(frame)) from None
    return message


def parse_named(body: bytes) -> NamedDo:
    """A command of the named plane; raises `Misunderstood` without the input."""
    try:
        return NamedDo.model_validate_json(body)
    except ValidationError as error:
        raise Misunderstood(code_of(error), 0) from None


def code_of(error: ValidationError) -> str:
    """The code of the first thing wrong with a message."""
    fault = error.errors(include_url=False)[0]
    kind, sent = fault["type"], fault["input"]
    if kind in _RANGES or (isinstance(sent, float) and not math.isfinite(sent)):
        return "range"
    if kind == "json_invalid":
        return parse_fault(str(fault["ctx"]["error"]))
    return _CODES.get(kind, "type")


class _Ref(BaseModel):
    ref: Annotated[int, Field(ge=0, le=2**53)] = 0


def _ref(frame: str | bytes) -> int:
    try:
        return _Ref.model_validate_json(frame).ref
    except ValidationError:
        return 0
