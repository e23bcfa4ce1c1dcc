"""Who may call which HTTP route: a route names its group of X20, the group its roles. Deny by default."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from fastapi import FastAPI, Request
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute

from app.engine.commands import Role
from app.http.errors import Problem
from app.limits import MINUTE, Clock
from app.live.tokens import Gatekeeper

_DESKS = frozenset({Role.CO_FACILITATOR, Role.FACILITATOR})
_ALL = _DESKS | {Role.READER}

#: X20 for HTTP. None: anybody. An empty set: any account. Else: a role in the process that is named.
#: `own` is for accounts that sign in; one with a personal link belongs to that process alone. `begin`
#: excludes those that were invited to somebody else's process.
GROUPS: dict[str, frozenset[Role] | None] = {
    "join": None,
    "account": frozenset(),
    "own": frozenset(),
    "begin": frozenset(),
    "admin": frozenset(),
    "read_wall": frozenset({Role.SCREEN}),
    "drive": _DESKS,
    "lead": frozenset({Role.FACILITATOR}),
    "export": frozenset({Role.FACILITATOR}),
    "read_summary": _ALL,
    "belong": _ALL,
}

REPROVED_FOR = 10 * MINUTE


@dataclass(frozen=True)
class SignedIn:
    """A live session and its account."""

    account: str
    name: str
    email: str
    admin: bool
    session: str
    #: When the password was last given: some acts ask for it again (X4).
    proved_at: int
    expires_at: int
    #: Signed in by a personal link, without an e-mail or password (F3).
    by_link: bool = False
    #: May begin a company and processes of their own.
    may_begin: bool = True

    @property
    def groups(self) -> frozenset[str]:
        """The groups of X20 that an account is in regardless of the process."""
        own = {"own"} if not self.by_link else set()
        begins = {"begin"} if self.may_begin and not self.by_link else set()
        return frozenset({"account"} | own | begins | ({"admin"} if self.admin else set()))


@dataclass(frozen=True)
class Place:
    """A process, or a workshop in it, and one's role there."""

    role: Role
    process: str
    board: str
    workshop: str = ""


@dataclass(frozen=True)
class Asker:
    """Who calls the route, and what the route is about."""

    signed_in: SignedIn | None = None
    place: Place | None = None

    @property
    def who(self) -> SignedIn:
        """The account; only in routes of a group that has one."""
        assert self.signed_in is not None
        return self.signed_in

    @property
    def where(self) -> Place:
        """The process or workshop; only in routes whose path or token names one."""
        assert self.place is not None
        return self.place

    def must(self, group: str) -> None:
        """Require more than the route's own group does."""
        if self.where.role not in (GROUPS[group] or ()):
            raise Problem(403, "role")


class Sessions(Protocol):
    """What access asks of the accounts."""

    async def find(self, request: Request) -> SignedIn | None:
        """Whose session cookie the request carries."""

    async def alive(self, session: str, account: str) -> bool:
        """Whether the session still lives."""


class Places(Protocol):
    """What access asks of the processes. What does not exist and what is not yours get one answer (X20)."""

    async def workshop(self, account: str, workshop: str) -> Place | None:
        """The workshop, with the account's role in its process."""

    async def process(self, account: str, process: str) -> Place | None:
        """The process, with the account's role in it."""


class Allow:
    """The dependency of a route in one group; the start checks that every route has one."""

    def __init__(self, group: str, access: "Access") -> None:
        self.group = group
        self._access = access

    async def __call__(self, request: Request) -> Asker:
        """Let the asker in or refuse."""
        return await self._access.let_in(request, self.group)


class Access:
    """The gate of HTTP, and what the gatekeeper asks about desks."""

    def __init__(self, *, sessions: Sessions, places: Places, clock: Clock) -> None:
        self._sessions = sessions
        self._places = places
        self._clock = clock
        #: Set once the gatekeeper exists: the two depend on each other.
        self.gatekeeper: Gatekeeper | None = None

    def allow(self, group: str) -> Allow:
        """What a route depends on. An unknown group is a KeyError at start."""
        _ = GROUPS[group]
        return Allow(group, self)

    async def let_in(self, request: Request, group: str) -> Asker:
        """The asker, if the group lets them in; the path's `workshop` or `process` says where."""
        roles = GROUPS[group]
        if roles is None:
            return Asker()
        if Role.SCREEN in roles:
            return Asker(place=await self._screen(request))
        signed_in = await self._sessions.find(request)
        if signed_in is None:
            raise Problem(401, "signed_out")
        asker = Asker(signed_in)
        if not roles:
            if group not in signed_in.groups:
                raise Problem(403, "role")
            return asker
        names = request.path_params
        return await self.at(asker, group, workshop=names.get("workshop"), process=names.get("process"))

    async def at(
        self, asker: Asker, group: str, *, workshop: str | None = None, process: str | None = None
    ) -> Asker:
        """The asker at a process or workshop that the path does not name (a link, a body)."""
        account = asker.who.account
        place = None
        if workshop is not None:
            place = await self._places.workshop(account, workshop)
        elif process is not None:
            place = await self._places.process(account, process)
        if place is None:
            raise Problem(404, "unknown")
        there = replace(asker, place=place)
        there.must(group)
        return there

    def proved(self, asker: Asker) -> None:
        """X4: the password was given within ten minutes, else it is asked for again."""
        if self._clock() - asker.who.proved_at > REPROVED_FOR:
            raise Problem(403, "prove_again")

    async def role(self, session: str, account: str, workshop: str) -> Role | None:
        """For the gatekeeper: the role of a desk whose session still lives."""
        if not await self._sessions.alive(session, account):
            return None
        place = await self._places.workshop(account, workshop)
        return place.role if place else None

    async def _screen(self, request: Request) -> Place:
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer" or self.gatekeeper is None:
            raise Problem(401, "signed_out")
        admission = await self.gatekeeper.admit_bearer(token)
        if admission is None:
            raise Problem(401, "signed_out")
        if admission.role is not Role.SCREEN:
            raise Problem(403, "role")
        return Place(admission.role, "", admission.board, admission.workshop)


class RouteWithoutGroup(RuntimeError):
    """A route does not say who may call it, so the server refuses to start."""


#: They carry a token that the gatekeeper reads, and their commands pass the gate of the room (X7).
OWN_GATE = frozenset({"/live/do", "/live/events", "/live/named"})
_READS = frozenset({"GET", "HEAD"})


def check_routes(app: FastAPI) -> None:
    """X20: start only if every route that reads or changes something declares who may call it."""
    for route in routes_of(app):
        shows_a_page = (route.methods or set()) <= _READS and not route.path.startswith("/api/")
        if group_of(route) is None and not shows_a_page and route.path not in OWN_GATE:
            raise RouteWithoutGroup(route.path)


def routes_of(app: FastAPI) -> list[APIRoute]:
    """Every HTTP route of the app, those of included routers too."""
    return list(_walk(app.routes))


def _walk(routes: Sequence[BaseRoute]) -> Iterator[APIRoute]:
    for route in routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from _walk(inner.routes)
        elif isinstance(route, APIRoute):
            yield route
        else:
            # A mount or a bare route would bypass the gate.
            raise RouteWithoutGroup(str(getattr(route, "path", route)))


def group_of(route: APIRoute) -> str | None:
    """The group a route declared."""
    return next((call.group for call in _calls(route.dependant) if isinstance(call, Allow)), None)


def _calls(dependant: Dependant) -> Iterator[object]:
    for inner in dependant.dependencies:
        yield inner.call
        yield from _calls(inner)
