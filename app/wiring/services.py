"""The services of the application, each built once and passed to the others that need it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from app.access import Access
from app.accounts.leaving import Leaving
from app.accounts.passwords import Passwords
from app.accounts.routes import Cookie, CookieSessions
from app.accounts.service import Accounts
from app.activities.registry import registry
from app.exports.links import Links
from app.exports.maker import Maker
from app.http.addresses import Addresses
from app.live.door import Doors
from app.live.flood import FloodLimits
from app.live.pairing import Screens
from app.live.rooms import Rooms
from app.live.talk import talk
from app.live.tokens import Gatekeeper, Signer
from app.monitoring import health
from app.monitoring.metrics import Metrics
from app.monitoring.version import VERSION
from app.operations.backups import Backups
from app.operations.leftovers import Leftovers
from app.processes.deletion import Deletion
from app.processes.retention import Retention
from app.processes.service import Processes
from app.rehearsal.service import PlacesToo, Rehearsals
from app.settings import Settings
from app.storage.base import StoredBoards
from app.storage.board_store import board_store
from app.storage.database import Database
from app.storage.hints import Hints
from app.storage.memory_boards import MemoryBoards
from app.storage.spent import Spent
from app.upkeep import Work, until_done
from app.wiring.conversing import Conversing
from app.wiring.exporting import maker
from app.wiring.mailing import Mailing

#: Seconds after which failed writes are retried.
RETRY = 10


@dataclass
class Services:
    """All of them, for the routes, the command line, and tests that look inside."""

    settings: Settings
    clock: Callable[[], int]
    database: Database
    store: StoredBoards
    limits: FloodLimits
    rooms: Rooms
    accounts: Accounts
    processes: Processes
    doors: Doors
    screens: Screens
    signer: Signer
    gatekeeper: Gatekeeper
    access: Access
    cookie: Cookie
    addresses: Addresses
    links: Links
    maker: Maker
    backups: Backups
    deletion: Deletion
    retention: Retention
    rehearsals: Rehearsals
    conversing: Conversing
    mailing: Mailing
    leftovers: Leftovers
    hints: Hints
    erasing: health.Tried
    metrics: Metrics

    def leaving(self) -> Leaving:
        """Deleting one's own account."""
        return Leaving(self.database, self.deletion, self.gatekeeper.revoke, self.store.deleted)

    async def base_url(self, workshop: str) -> str:
        """The address under which phones reach a workshop."""
        return self.addresses.base_url(await self.processes.base_url(workshop))

    async def findings(self) -> list[health.Finding]:
        """The state of this installation (A14)."""
        return await health.findings(
            health.Look(
                data=self.settings.data,
                database=self.database,
                clock=self.clock,
                owed=self.store.owed,
                paid_at=lambda: self.store.paid_at,
                failing=lambda: self.store.scrub_failing,
                encrypted=self.addresses.https,
                url=self.addresses.base_url(),
                doubt=self.addresses.doubt(),
                typing_paused=self.doors.typing_paused,
                erasing=self.erasing,
                unsent=self.mailing.queue.in_vain if self.mailing.queue else None,
            )
        )


@dataclass
class _Later:
    """Work that follows a change in a room: the room does not wait for it, and it is retried until done."""

    #: The loop holds tasks only weakly.
    _tasks: set["asyncio.Task[None]"] = field(default_factory=set)

    def do(self, work: Work) -> None:
        task = asyncio.create_task(until_done(RETRY, work))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def wire(settings: Settings, clock: Callable[[], int], key: bytes) -> Services:
    """Build every service; nothing is opened, read or started yet."""
    later = _Later()

    def ended(workshop: str) -> None:
        # X10: nobody new joins; people inside see the end.
        later.do(partial(doors.close, workshop))
        # F4: this is the process's last activity so far.
        later.do(partial(retention.happened, workshop))

    def needed(workshop: str, until: int) -> None:
        # P5.1: what is answered by link needs its door for some days.
        later.do(partial(doors.keep, workshop, until))

    async def opening(workshop: str, board: str) -> int:
        # F4: opening the door counts as leading; P5.1: until when the workshop needs it.
        await rooms.led(workshop, board)
        return await rooms.needed(workshop, board)

    database = Database(settings.database)
    store = board_store(database, registry, settings.scrub_wait, clock)
    limits = FloodLimits(settings.notes_per_second, settings.messages_per_10s)
    doors, screens = Doors(database, clock, key), Screens(database, clock)
    boards = MemoryBoards(store)
    metrics = Metrics(VERSION)
    hints = Hints(None if database.is_sqlite else database.url)
    rooms = Rooms(boards, registry, clock, limits, hints, ended, needed, metrics.commands.one)
    doors.on_opening(opening)
    accounts = Accounts(database, clock, Passwords(), key)
    processes = Processes(database, clock, rooms)
    deletion = Deletion(database, rooms, (doors, screens), accounts, store.deleted)
    retention = Retention(database, clock, rooms, deletion.process)
    addresses = Addresses(settings.base_url or None, settings.port, clock, listens=settings.host)
    cookie = Cookie(https=addresses.https, folder=addresses.folder)
    rehearsals = Rehearsals(
        clock=clock, rooms=rooms, boards=boards, doors=doors, ways_in=(doors, screens), registry=registry
    )
    access = Access(
        sessions=CookieSessions(accounts, cookie), places=PlacesToo(processes, rehearsals), clock=clock
    )
    signer, spent = Signer(key), Spent(database, clock)
    gatekeeper = Gatekeeper(
        clock=clock, signer=signer, doors=doors, screens=screens, desks=access, spent=spent
    )
    access.gatekeeper = gatekeeper
    talk(hints, doors, rooms, gatekeeper)
    for source in (accounts.sessions, doors, screens):
        source.on_revoked(gatekeeper.revoke)
    return Services(
        settings=settings,
        clock=clock,
        database=database,
        store=store,
        limits=limits,
        rooms=rooms,
        accounts=accounts,
        processes=processes,
        doors=doors,
        screens=screens,
        signer=signer,
        gatekeeper=gatekeeper,
        access=access,
        cookie=cookie,
        addresses=addresses,
        links=Links(database, clock),
        maker=maker(lambda: bool(rooms.here())),
        backups=Backups(settings, clock),
        deletion=deletion,
        retention=retention,
        rehearsals=rehearsals,
        conversing=Conversing(database, clock, store.deleted),
        mailing=Mailing(database, clock, settings, key, accounts, rooms, addresses.base_url),
        leftovers=Leftovers(database, store, rooms),
        hints=hints,
        erasing=health.Tried(settings.data, clock),
        metrics=metrics,
    )
