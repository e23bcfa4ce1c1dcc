"""Asking for the password again before acts that cannot be undone or that change permissions (X4)."""

from sqlalchemy import select, update

from app.access import SignedIn
from app.accounts.passwords import Busy, Passwords
from app.accounts.service import BUSY_FOR, Refusal
from app.accounts.tables import account as accounts_table, session as sessions_table
from app.limits import Clock, Delays
from app.storage.database import Database


class Proof:
    """Checks that this is still the person who signed in."""

    def __init__(self, database: Database, clock: Clock, passwords: Passwords) -> None:
        self._database = database
        self._clock = clock
        self._passwords = passwords
        # By account: the caller is signed in, so no stranger can make the owner wait.
        self._delays = Delays(clock)

    async def check(self, who: SignedIn, password: str) -> None:
        """`Refusal` unless it is the account's password."""
        # Counted before it is checked, so that guesses sent in parallel all count (F12).
        if wait := self._delays.take(who.account):
            raise Refusal("slow_down", wait)
        kept = select(accounts_table.c.password_hash).where(accounts_table.c.id == who.account)
        async with self._database.connect() as connection:
            hashed = await connection.scalar(kept)
        try:
            right = bool(hashed) and await self._passwords.check_known(hashed, password)
        except Busy:
            self._delays.refund(who.account)
            raise Refusal("slow_down", BUSY_FOR) from None
        if not right:
            raise Refusal("proof")
        self._delays.forget(who.account)

    async def prove(self, who: SignedIn, password: str) -> None:
        """X4: proved for the next ten minutes."""
        await self.check(who, password)
        proved = update(sessions_table).where(sessions_table.c.id == who.session)
        async with self._database.begin() as connection:
            await connection.execute(proved.values(proved_at=self._clock()))
