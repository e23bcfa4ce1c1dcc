"""A conversation over HTTP, for the two who have its links (D1-D3). Every body carries the link's secret.

Each request unwraps the key and forgets it after answering. No connection stays open, so nothing on the
network shows when somebody writes.
"""

import asyncio
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Annotated, Any, Literal, Protocol

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field, StringConstraints

from app.access import Access
from app.clock import local_day
from app.conversations.calendar import Appointment, calendar
from app.conversations.documents import TYPES, file_name, paper, timestamp, written
from app.conversations.form import Answer, Question
from app.conversations.rhythm import Minutes, Rhythm, is_near
from app.conversations.seen import ConversationSeen, seen
from app.conversations.service import Conversations, Opened, Plan
from app.http.days import Day, Time
from app.http.errors import Body, Problem, StrictRoute
from app.limits import Clock, address_hash
from app.locales import Words, words


class Worn(Protocol):
    """X26: what a company's documents carry. Its colour is as it was given, or ""; its logo a PNG."""

    @property
    def name(self) -> str: ...

    @property
    def colour(self) -> str: ...

    @property
    def logo(self) -> bytes | None: ...


class Answering(Protocol):
    """Answers with a file: one that is made already, or one that the worker makes."""

    async def __call__(
        self,
        request: Request,
        made: bytes | dict[str, Any],
        *,
        worn: Worn,
        name: str,
        media: str,
        steps: bool,
    ) -> Response:
        """The file in the look of the company's documents; with `steps` its progress is sent first."""


Id = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{1,64}$")]


class Companies(Protocol):
    """What these routes ask of the companies."""

    async def worn(self, id: str) -> Worn:
        """What the documents of a company carry."""

    async def keep_months(self) -> Mapping[str, int]:
        """For how many months each keeps what is finished."""


class WithLink(Body):
    """In every request: the fragment of the link."""

    token: Annotated[str, StringConstraints(max_length=200)]


class OpenConversation(WithLink):
    """One of the pair's conversations, the newest without an id; `known` is the tag of what is shown."""

    conversation: Id | None = None
    known: Annotated[str, StringConstraints(max_length=64)] | None = None


class WriteAnswer(WithLink):
    """An answer on one's own side; `rev` is the revision it replaces."""

    conversation: Id
    question: Question
    text: Answer
    rev: Annotated[int, Field(ge=0, lt=2**53)]


class ShareSide(WithLink):
    """Whether the other sees one's own side."""

    conversation: Id
    shared: bool


class PlanConversation(WithLink):
    """When the newest conversation is held, and how the two continue."""

    day: Day
    time: Time | None
    rhythm: Rhythm
    minutes: Minutes


class NextConversation(WithLink):
    """`last` is the newest known conversation."""

    last: Id
    day: Day


class TakeAlong(WithLink):
    """A file of a conversation; `zone` is the browser's time zone."""

    conversation: Id
    shape: Annotated[Literal["pdf", "docx", "ics"], Field(alias="as")]
    zone: Annotated[str, StringConstraints(max_length=64)] = ""
    #: Whether to report progress before the file.
    steps: bool = False


class AnswerWritten(BaseModel):
    """The revision under which the answer was stored."""

    rev: int


class ConversationMade(BaseModel):
    """The id of the next conversation."""

    id: str


class LinkRenewed(BaseModel):
    """The secret part of the new link; it is shown only once."""

    token: str


def routes(
    *, conversations: Conversations, companies: Companies, access: Access, clock: Clock, answering: Answering
) -> APIRouter:
    """The routes of the two parties."""
    router = APIRouter(
        prefix="/api/conversation",
        route_class=StrictRoute,
        tags=["conversation"],
        dependencies=[Depends(access.allow("join"))],
    )

    def near(day: str) -> None:
        if not is_near(day, local_day(clock())):
            raise Problem(422, "range")

    async def opened(body: WithLink, request: Request) -> Opened:
        address = address_hash(request.client.host if request.client else "")
        return await conversations.open(body.token, address)

    async def view(it: Opened, id: str | None) -> ConversationSeen:
        this = it.find(id)
        before = it.before(this)
        answers = await conversations.read(it, this.id)
        earlier = await conversations.read(it, before.id) if before is not None else None
        months = (await companies.keep_months())[it.pair.company_id]
        return seen(it, this, answers, earlier, months)

    @router.post(
        "/open", response_model=ConversationSeen, responses={204: {"description": "Nothing has changed."}}
    )
    async def look(body: OpenConversation, request: Request) -> ConversationSeen | Response:
        found = await view(await opened(body, request), body.conversation)
        return Response(status_code=204) if found.tag == body.known else found

    @router.post("/answer")
    async def write(body: WriteAnswer, request: Request) -> AnswerWritten:
        it = await opened(body, request)
        rev = await conversations.write(it, body.conversation, body.question, body.text, body.rev)
        return AnswerWritten(rev=rev)

    @router.post("/share", status_code=204)
    async def share(body: ShareSide, request: Request) -> None:
        await conversations.share(await opened(body, request), body.conversation, shared=body.shared)

    @router.post("/plan", status_code=204)
    async def plan(body: PlanConversation, request: Request) -> None:
        near(body.day)
        how = Plan(body.rhythm, body.minutes, body.time)
        await conversations.plan(await opened(body, request), how, body.day)

    @router.post("/next", status_code=201)
    async def go_on(body: NextConversation, request: Request) -> ConversationMade:
        near(body.day)
        id = await conversations.go_on(await opened(body, request), body.last, body.day)
        return ConversationMade(id=id)

    @router.post("/link", status_code=201)
    async def renew(body: WithLink, request: Request) -> LinkRenewed:
        return LinkRenewed(token=await conversations.renew(await opened(body, request)))

    @router.post("/file", response_class=Response)
    async def file(body: TakeAlong, request: Request) -> Response:
        it = await opened(body, request)
        found = await view(it, body.conversation)
        say = words(found.language)
        worn = await companies.worn(it.pair.company_id)
        made: bytes | dict[str, Any]
        if body.shape == "ics":
            made = await asyncio.to_thread(calendar, _appointment(it, found, say, clock()), body.zone)
        else:
            data, at = paper(found, say, worn.name), timestamp(found)
            made = (
                {"to": "pdf", "template": "conversation.typ", "data": data, "timestamp": at}
                if body.shape == "pdf"
                else {"to": "docx", "data": written(data), "timestamp": at}
            )
        name, media = file_name(found, say, body.shape), TYPES[body.shape]
        return await answering(request, made, worn=worn, name=name, media=media, steps=body.steps)

    return router


def _appointment(it: Opened, found: ConversationSeen, say: Words, now: int) -> Appointment:
    return Appointment(
        # A series is one appointment, whichever conversation of the pair it is downloaded from.
        uid=it.pair.id if found.rhythm != "none" else found.id,
        sequence=it.pair.plan_rev,
        title=say("conversation.calendar", employee=found.employee, leader=found.leader),
        day=date.fromisoformat(found.day),
        time=time.fromisoformat(found.time) if found.time else None,
        minutes=found.minutes,
        rhythm=found.rhythm,
        now=datetime.fromtimestamp(now // 1000, UTC),
    )
