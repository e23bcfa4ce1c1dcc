"""Conversations over HTTP, for leaders: a list without contents, and both links, shown only once (D3)."""

from collections.abc import Callable, Mapping
from typing import Annotated, Protocol

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from app.access import Access, Asker
from app.clock import local_day
from app.conversations.retention import deleted_on
from app.conversations.rhythm import Minutes, Rhythm, is_near, last_and_next
from app.conversations.service import Conversations, Language, Plan
from app.engine.text import Line
from app.http.days import Day, Time
from app.http.errors import Body, Problem, StrictRoute
from app.limits import Clock
from app.live.routes import Qr
from app.qr import draw


class Companies(Protocol):
    """What the list asks of the companies."""

    async def of(self, account: str) -> Mapping[str, str]:
        """Id and name of those in which the account may begin something."""

    async def has_conversations(self, id: str) -> bool:
        """Whether it has conversations switched on."""

    async def keep_months(self) -> Mapping[str, int]:
        """For how many months each keeps what is finished."""

    async def switch_conversations(self, account: str, id: str, *, on: bool) -> None:
        """By the owner alone; a LookupError for a company that is not the account's."""


class BeginConversation(Body):
    """The other person, the leader's name, and how often."""

    company: str
    employee: Line
    language: Language
    day: Day
    time: Time | None
    rhythm: Rhythm
    minutes: Minutes


class SwitchConversations(Body):
    """Whether the company's people have conversations here."""

    on: bool


class PairSeen(BaseModel):
    """A pair in the list: nothing that was written, nor whether anything was."""

    id: str
    company: str
    employee: str
    rhythm: Rhythm
    minutes: Minutes
    time: str | None
    last: str | None
    next: str | None
    deleted_on: str


class CompanyOfPairs(BaseModel):
    """A company in which the account may start conversations, or could."""

    id: str
    name: str
    on: bool


class PairsSeen(BaseModel):
    """The leader's list of conversations."""

    companies: list[CompanyOfPairs]
    pairs: list[PairSeen]


class ConversationLink(BaseModel):
    """A link to one side."""

    url: str
    qr: Qr


class PairBegun(BaseModel):
    """A new pair; its links are shown only once."""

    id: str
    employee: ConversationLink
    leader: ConversationLink


def routes(
    *,
    conversations: Conversations,
    companies: Companies,
    access: Access,
    clock: Clock,
    base_url: Callable[[], str],
    deleted: Callable[[], None],
) -> APIRouter:
    """The routes of the leader's list. `base_url`: where links lead; `deleted`: told when names are gone."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["conversations"])
    account = access.allow("account")

    @router.get("/conversations")
    async def pairs(asker: Annotated[Asker, Depends(access.allow("own"))]) -> PairsSeen:
        today = local_day(clock())
        months = await companies.keep_months()
        found = []
        for row, days in await conversations.of(asker.who.account):
            last, following = last_and_next(days, row.rhythm, today)
            found.append(
                PairSeen(
                    id=row.id,
                    company=row.company_id,
                    employee=row.employee,
                    rhythm=row.rhythm,
                    minutes=row.minutes,
                    time=row.time,
                    last=last,
                    next=following,
                    deleted_on=deleted_on(row.last_day, days, months[row.company_id]),
                )
            )
        own = (await companies.of(asker.who.account)).items()
        return PairsSeen(
            companies=[
                CompanyOfPairs(id=id, name=name, on=await companies.has_conversations(id)) for id, name in own
            ],
            pairs=found,
        )

    @router.post("/conversations", status_code=201)
    async def begin(body: BeginConversation, asker: Annotated[Asker, Depends(account)]) -> PairBegun:
        if not is_near(body.day, local_day(clock())):
            raise Problem(422, "range")
        id, tokens = await conversations.begin(
            asker.who.account,
            body.company,
            employee=body.employee,
            leader=asker.who.name,
            language=body.language,
            plan=Plan(body.rhythm, body.minutes, body.time),
            day=body.day,
        )

        def told(token: str) -> ConversationLink:
            url = f"{base_url()}/conversation#{token}"
            drawn = draw(url)
            return ConversationLink(url=url, qr=Qr(size=drawn.size, path=drawn.path))

        return PairBegun(id=id, employee=told(tokens["employee"]), leader=told(tokens["leader"]))

    @router.delete("/conversations/{pair}", status_code=204)
    async def remove(pair: str, asker: Annotated[Asker, Depends(account)]) -> None:
        access.proved(asker)
        await conversations.remove(asker.who.account, pair)
        deleted()

    @router.put("/companies/{company}/conversations", status_code=204)
    async def switch(
        company: str, body: SwitchConversations, asker: Annotated[Asker, Depends(account)]
    ) -> None:
        try:
            await companies.switch_conversations(asker.who.account, company, on=body.on)
        except LookupError:
            raise Problem(404, "unknown") from None

    return router
