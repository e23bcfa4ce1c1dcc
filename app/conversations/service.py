"""Conversations for two: started by a leader, opened by two links, each side written by its owner (D1-D3).

This reads and writes; `keys.py` does the sealing. Everything a party sees or changes goes through `open`,
which needs a link; nothing else in the server can unseal an answer.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Protocol

from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from app.clock import local_day
from app.conversations import keys
from app.conversations.form import CARRIED, QUESTIONS, SIDES, Question, Side
from app.conversations.rhythm import Minutes, Rhythm
from app.conversations.tables import answer, conversation, link, pair
from app.http.errors import Problem
from app.limits import Clock, Delays
from app.storage.database import Database

Language = Literal["da", "en"]
#: More pairs than anybody leads, and more conversations than a working life has weeks.
MOST_PAIRS, MOST_CONVERSATIONS = 200, 1000
#: Links that were right before, so that a stranger's guesses from the same address do not block them.
MOST_KNOWN = 10_000


class Companies(Protocol):
    """What conversations ask of the companies."""

    async def of(self, account: str) -> Mapping[str, str]:
        """Id and name of those in which the account may begin something."""

    async def has_conversations(self, id: str) -> bool:
        """Whether it has conversations switched on."""


@dataclass(frozen=True)
class Plan:
    """How often, how long, and at what time of the day."""

    rhythm: Rhythm
    minutes: Minutes
    time: str | None


@dataclass(frozen=True)
class Opened:
    """What a link opens. It lives as long as a request is answered, since it holds the key."""

    pair: Row[Any]
    side: Side
    key: bytes
    door: bytes
    #: False if the company has switched conversations off: they can be read and downloaded, not edited.
    on: bool
    conversations: Sequence[Row[Any]]

    @property
    def newest(self) -> Row[Any]:
        """The conversation that can be edited; there always is one."""
        return self.conversations[-1]

    def find(self, id: str | None) -> Row[Any]:
        """One of the pair's, the newest without an id. A `Problem` for what is not theirs."""
        found = next((each for each in self.conversations if each.id == id), None) if id else self.newest
        if found is None:
            raise Problem(404, "unknown")
        return found

    def before(self, this: Row[Any]) -> Row[Any] | None:
        """The one before it."""
        return next((each for each in reversed(self.conversations) if each.number < this.number), None)


class Conversations:
    """All conversations of this server."""

    def __init__(self, database: Database, clock: Clock, companies: Companies) -> None:
        self._database = database
        self._clock = clock
        self._companies = companies
        #: 256 bits cannot be guessed; those who try anyway wait longer and longer.
        self._guesses = Delays(clock, free=30)
        self._known: dict[bytes, None] = {}

    async def begin(
        self,
        account: str,
        company: str,
        *,
        employee: str,
        leader: str,
        language: Language,
        plan: Plan,
        day: str,
    ) -> tuple[str, dict[Side, str]]:
        """A pair with its first conversation: its id, and the two links' tokens, shown only once."""
        if company not in await self._companies.of(account):
            raise Problem(404, "unknown")
        if not await self._companies.has_conversations(company):
            raise Problem(409, "conversation_off")
        now = self._clock()
        id, key = secrets.token_urlsafe(16), keys.new_key()
        tokens: dict[Side, str] = {side: keys.new_token() for side in SIDES}
        async with self._database.begin() as connection:
            many = select(func.count()).select_from(pair).where(pair.c.account_id == account)
            if (await connection.scalar(many) or 0) >= MOST_PAIRS:
                raise Problem(409, "too_many")
            await connection.execute(
                insert(pair).values(
                    id=id,
                    company_id=company,
                    account_id=account,
                    employee=employee,
                    leader=leader,
                    language=language,
                    rhythm=plan.rhythm,
                    minutes=plan.minutes,
                    time=plan.time,
                    plan_rev=0,
                    last_day=local_day(now),
                    made_at=now,
                )
            )
            for side, token in tokens.items():
                secret = _secret(token)
                row = {"door": keys.door_of(secret), "wrapped": keys.wrap(key, secret, id, side)}
                await connection.execute(insert(link).values(pair_id=id, side=side, **row))
            await _lay(connection, key, id, 1, day, {})
        return id, tokens

    # -- with a link -----------------------------------------------------------------------------------------

    async def open(self, token: str, address: str) -> Opened:
        """What this link opens; a truncated, a wrong and a replaced link get one answer (B76).

        `address` is a hash, kept in memory alone.
        """
        secret = keys.secret_of(token)
        door = keys.door_of(secret) if secret else b""
        known = door in self._known
        # F12: counted before it is checked, and refunded if it was right.
        if not known and (wait := self._guesses.take(address)):
            raise Problem(429, "slow_down", retry_after=wait)
        if secret is None:
            raise Problem(403, "conversation_key")
        found = select(pair, link.c.side, link.c.wrapped).join(link, link.c.pair_id == pair.c.id)
        theirs = select(conversation).join(link, link.c.pair_id == conversation.c.pair_id)
        async with self._database.connect() as connection:
            row = (await connection.execute(found.where(link.c.door == door))).first()
            held = (await connection.execute(theirs.where(link.c.door == door).order_by("number"))).all()
        if row is None:
            self._known.pop(door, None)
            raise Problem(403, "conversation_key")
        if not known:
            self._guesses.refund(address)
        self._remember(door)
        key = keys.unwrap(row.wrapped, secret, row.id, row.side)
        on = await self._companies.has_conversations(row.company_id)
        return Opened(row, row.side, key, door, on, held)

    async def read(self, opened: Opened, id: str) -> dict[Side, dict[Question, tuple[str, int]]]:
        """All answers of one of the pair's conversations, with how often each was written."""
        query = select(answer).where(answer.c.conversation_id == id)
        async with self._database.connect() as connection:
            rows = (await connection.execute(query)).all()
        read: dict[Side, dict[Question, tuple[str, int]]] = {side: {} for side in SIDES}
        for row in rows:
            place = (opened.pair.id, id, row.side, row.question)
            read[row.side][row.question] = keys.unseal(opened.key, row.sealed, *place)
        return read

    async def write(self, opened: Opened, id: str, question: Question, text: str, rev: int) -> int:
        """Write an answer on one's own side; returns its new revision.

        `rev` is the revision it is based on. Refuses with `stale` if another device was quicker; the same
        words again change nothing.
        """
        row = self._to_write(opened, id)
        place = (opened.pair.id, row.id, opened.side, question)
        where = (
            (answer.c.conversation_id == row.id)
            & (answer.c.side == opened.side)
            & (answer.c.question == question)
        )
        async with self._database.begin() as connection:
            sealed = await connection.scalar(select(answer.c.sealed).where(where).with_for_update())
            if sealed is None:
                raise Problem(404, "unknown")
            there, newest = keys.unseal(opened.key, sealed, *place)
            if there == text:
                return newest
            if newest != rev:
                raise Problem(409, "stale")
            again = keys.seal(opened.key, text, newest + 1, *place)
            await connection.execute(update(answer).where(where).values(sealed=again))
            await self._happened(connection, opened)
        return newest + 1

    async def share(self, opened: Opened, id: str, *, shared: bool) -> None:
        """Show one's own side to the other, or stop showing it."""
        row = self._to_write(opened, id)
        values = {f"{opened.side}_shared": shared}
        async with self._database.begin() as connection:
            await connection.execute(update(conversation).where(conversation.c.id == row.id).values(values))
            await self._happened(connection, opened)

    async def plan(self, opened: Opened, plan: Plan, day: str) -> None:
        """When the newest conversation is, and how the two continue."""
        row = self._to_write(opened, opened.newest.id)
        values = {"rhythm": plan.rhythm, "minutes": plan.minutes, "time": plan.time}
        async with self._database.begin() as connection:
            await connection.execute(update(conversation).where(conversation.c.id == row.id).values(day=day))
            await connection.execute(
                update(pair).where(pair.c.id == opened.pair.id).values(plan_rev=pair.c.plan_rev + 1, **values)
            )
            await self._happened(connection, opened)

    async def go_on(self, opened: Opened, last: str, day: str) -> str:
        """The next conversation of the pair, with what is carried over; its id.

        `last` is the newest that the caller knows, so that only one is made when both press at once.
        """
        if opened.newest.id != last:
            opened.find(last)
            return str(opened.newest.id)
        row = self._to_write(opened, last)
        if row.number >= MOST_CONVERSATIONS:
            raise Problem(409, "too_many")
        read = await self.read(opened, row.id)
        carried: dict[Side, str] = {side: read[side][CARRIED][0] for side in SIDES}
        async with self._database.begin() as connection:
            # The second caller waits here, and then sees what the first has made.
            await connection.execute(select(pair.c.id).where(pair.c.id == opened.pair.id).with_for_update())
            newest = (
                select(conversation.c.id)
                .where(conversation.c.pair_id == opened.pair.id)
                .order_by(conversation.c.number.desc())
            )
            there = await connection.scalar(newest.limit(1))
            if there != last:
                return str(there)
            id = await _lay(connection, opened.key, opened.pair.id, row.number + 1, day, carried)
            await self._happened(connection, opened)
        return id

    async def renew(self, opened: Opened) -> str:
        """A new link for one's own side, shown only once; the old one stops working.

        The leader who began the pair has seen both links; after this, only the owner can open this side.
        """
        token = keys.new_token()
        secret = _secret(token)
        wrapped = keys.wrap(opened.key, secret, opened.pair.id, opened.side)
        async with self._database.begin() as connection:
            changed = await connection.execute(
                update(link)
                .where(link.c.door == opened.door)
                .values(door=keys.door_of(secret), wrapped=wrapped)
            )
            if not changed.rowcount:
                raise Problem(403, "conversation_key")
        self._known.pop(opened.door, None)
        return token

    def _to_write(self, opened: Opened, id: str) -> Row[Any]:
        if not opened.on:
            raise Problem(409, "conversation_off")
        row = opened.find(id)
        if row.id != opened.newest.id:
            raise Problem(409, "conversation_old")
        return row

    def _remember(self, door: bytes) -> None:
        self._known.pop(door, None)
        self._known[door] = None
        while len(self._known) > MOST_KNOWN:
            del self._known[next(iter(self._known))]

    async def _happened(self, connection: AsyncConnection, opened: Opened) -> None:
        today = local_day(self._clock())
        if opened.pair.last_day != today:
            await connection.execute(update(pair).where(pair.c.id == opened.pair.id).values(last_day=today))

    # -- the leader's list -----------------------------------------------------------------------------------

    async def of(self, account: str) -> list[tuple[Row[Any], list[str]]]:
        """The account's pairs with the days of their conversations, and nothing that was written."""
        mine = pair.c.account_id == account
        days = select(conversation.c.pair_id, conversation.c.day).join(pair).where(mine)
        async with self._database.connect() as connection:
            rows = (await connection.execute(select(pair).where(mine).order_by(pair.c.id))).all()
            held = (await connection.execute(days.order_by(conversation.c.number))).all()
        of: dict[str, list[str]] = {row.id: [] for row in rows}
        for each in held:
            of[each.pair_id].append(each.day)
        return [(row, of[row.id]) for row in rows]

    async def remove(self, account: str, id: str) -> None:
        """A pair of the account's with every conversation and both links, for good."""
        async with self._database.begin() as connection:
            gone = delete(pair).where(pair.c.id == id, pair.c.account_id == account)
            if not (await connection.execute(gone)).rowcount:
                raise Problem(404, "unknown")


async def _lay(
    connection: AsyncConnection, key: bytes, pair_id: str, number: int, day: str, texts: Mapping[Side, str]
) -> str:
    """Insert a conversation with all its rows, so that nobody can see which answers are empty."""
    id = secrets.token_urlsafe(16)
    row = {"id": id, "pair_id": pair_id, "number": number, "day": day}
    shared = {"employee_shared": False, "leader_shared": False}
    await connection.execute(insert(conversation).values(**row, **shared))
    for side in SIDES:
        for question in QUESTIONS:
            text = texts.get(side, "") if question == CARRIED else ""
            sealed = keys.seal(key, text, 0, pair_id, id, side, question)
            values = {"conversation_id": id, "side": side, "question": question, "sealed": sealed}
            await connection.execute(insert(answer).values(values))
    return id


def _secret(token: str) -> bytes:
    secret = keys.secret_of(token)
    assert secret is not None
    return secret
