"""The people of a process over HTTP (X20), and the invitations into it (X2)."""

from collections.abc import Callable
from dataclasses import asdict
from typing import Annotated, Literal, NoReturn, Protocol, get_args

from fastapi import APIRouter, Depends
from pydantic import BaseModel, StringConstraints

from app.access import GROUPS, Access, Asker
from app.engine.commands import Role
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute
from app.processes.invitations import Invitations, InviteAs, InvitedAs, NewInvitation, TooMany
from app.processes.memberships import LastFacilitator, Memberships, NoSignIn
from app.processes.routes import Id
from app.processes.service import Missing

Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^\s*[^\s@]+@[^\s@]+\s*$")]
#: The groups of X20 that a person of a process reads about; the page has a text for each.
What = Literal["read_summary", "drive", "lead", "export"]
MAY: tuple[What, ...] = get_args(What)


class Post(Protocol):
    """Who sends an invitation, where mail is set up."""

    async def invitation(self, to: str, url: str, token: str) -> None:
        """Queue it; `token` is the one for `Invitations.look`, which gives its contents."""


class InviteTo(Body):
    """The person invited, and the role; with a duty they join the working group too (F3)."""

    name: Line
    role: InviteAs
    duty: Line | None = None
    email: Email | None = None


class InviteToBegin(Body):
    """The person invited to start processes of their own."""

    name: Line
    email: Email | None = None


class ChangeRole(Body):
    """The new role of a person."""

    role: InviteAs


class HandOver(Body):
    """The person who will lead from now on."""

    to: Id


class BelongsSeen(BaseModel):
    """A person in the process."""

    id: str
    name: str
    email: str
    role: InviteAs
    duty: str | None
    by_link: bool


class OpenSeen(BaseModel):
    """An open invitation."""

    id: str
    name: str
    role: InvitedAs
    duty: str | None
    by: str
    expires_at: int


class MaySeen(BaseModel):
    """One permission, and the roles that have it."""

    what: What
    roles: list[Role]


class PeopleSeen(BaseModel):
    """The people and invitations of a process, and who may do what. `mails`: invitations can be sent."""

    people: list[BelongsSeen]
    invitations: list[OpenSeen]
    may: list[MaySeen]
    mails: bool


class InvitationsSeen(BaseModel):
    """Open invitations to start a process."""

    invitations: list[OpenSeen]
    mails: bool


class InvitationMade(BaseModel):
    """A new invitation; its address is shown only once."""

    id: str
    url: str
    expires_at: int
    sent: bool


def routes(
    *,
    memberships: Memberships,
    invitations: Invitations,
    access: Access,
    base_url: Callable[[], str],
    post: Post | None = None,
) -> APIRouter:
    """X4: changing permissions requires a password given within ten minutes."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["people"])
    see, lead = Depends(access.allow("drive")), Depends(access.allow("lead"))

    async def handed_out(made: NewInvitation, email: str | None) -> InvitationMade:
        url = f"{base_url()}/invitation#{made.token}"
        if post is not None and email is not None:
            await post.invitation(email.strip(), url, made.token)
        return InvitationMade(
            id=made.id, url=url, expires_at=made.expires_at, sent=bool(post is not None and email)
        )

    @router.get("/processes/{process}/people")
    async def people(process: str, asker: Annotated[Asker, see]) -> PeopleSeen:
        leads = asker.where.role is Role.FACILITATOR
        waiting = await invitations.open_in(process) if leads else []
        return PeopleSeen(
            people=[BelongsSeen(**asdict(each)) for each in await memberships.of(process)],
            invitations=[OpenSeen(**asdict(each)) for each in waiting],
            may=[MaySeen(what=what, roles=sorted(GROUPS[what] or ())) for what in MAY],
            mails=post is not None,
        )

    @router.put("/processes/{process}/people/{account}", status_code=204)
    async def change(process: str, account: Id, body: ChangeRole, asker: Annotated[Asker, lead]) -> None:
        access.proved(asker)
        try:
            await memberships.change(process, account, Role(body.role))
        except (Missing, NoSignIn, LastFacilitator) as fault:
            _say(fault)

    @router.delete("/processes/{process}/people/{account}", status_code=204)
    async def remove(process: str, account: Id, asker: Annotated[Asker, lead]) -> None:
        access.proved(asker)
        try:
            await memberships.remove(process, account)
        except (Missing, LastFacilitator) as fault:
            _say(fault)

    @router.post("/processes/{process}/lead", status_code=204)
    async def hand_over(process: str, body: HandOver, asker: Annotated[Asker, lead]) -> None:
        access.proved(asker)
        try:
            await memberships.hand_over(process, asker.who.account, body.to)
        except (Missing, NoSignIn) as fault:
            _say(fault)

    @router.delete("/processes/{process}/membership", status_code=204)
    async def leave(process: str, asker: Annotated[Asker, Depends(access.allow("belong"))]) -> None:
        if asker.who.by_link:
            # There would be no way back; a facilitator has to remove them.
            raise Problem(403, "role")
        try:
            await memberships.remove(process, asker.who.account)
        except (Missing, LastFacilitator) as fault:
            _say(fault)

    @router.post("/processes/{process}/invitations", status_code=201)
    async def invite(process: str, body: InviteTo, asker: Annotated[Asker, lead]) -> InvitationMade:
        access.proved(asker)
        try:
            made = await invitations.make(asker.who.account, body.name, body.role, process, body.duty)
        except TooMany:
            raise Problem(409, "too_many_invitations") from None
        return await handed_out(made, body.email)

    @router.get("/invitations", dependencies=[Depends(access.allow("admin"))])
    async def to_begin() -> InvitationsSeen:
        waiting = await invitations.open_in(None)
        return InvitationsSeen(
            invitations=[OpenSeen(**asdict(each)) for each in waiting], mails=post is not None
        )

    @router.post("/invitations", status_code=201)
    async def invite_to_begin(
        body: InviteToBegin, asker: Annotated[Asker, Depends(access.allow("admin"))]
    ) -> InvitationMade:
        access.proved(asker)
        try:
            made = await invitations.make(asker.who.account, body.name)
        except TooMany:
            raise Problem(409, "too_many_invitations") from None
        return await handed_out(made, body.email)

    @router.delete("/invitations/{invitation}", status_code=204)
    async def withdraw(invitation: Id, asker: Annotated[Asker, Depends(access.allow("account"))]) -> None:
        try:
            process = await invitations.process_of(invitation)
        except Missing as fault:
            _say(fault)
        if process is not None:
            await access.at(asker, "lead", process=process)
        elif not asker.who.admin:
            # To others it does not exist.
            raise Problem(404, "unknown")
        await invitations.withdraw(invitation)

    return router


def _say(fault: Exception) -> NoReturn:
    match fault:
        case LastFacilitator():
            raise Problem(409, "last_facilitator") from None
        case NoSignIn():
            raise Problem(409, "no_sign_in") from None
        case _:
            raise Problem(404, "unknown") from None
