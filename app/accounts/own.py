"""One's own account: name, e-mail and password (X1, X4)."""

from typing import Any

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.access import SignedIn
from app.accounts.passwords import weakness
from app.accounts.proof import Proof
from app.accounts.service import Accounts, Refusal
from app.accounts.sessions import NewSession
from app.accounts.tables import account as accounts_table
from app.storage.database import Database


class OwnAccount:
    """What somebody changes in their own account."""

    def __init__(self, database: Database, accounts: Accounts, proof: Proof) -> None:
        self._database = database
        self._accounts = accounts
        self._proof = proof

    async def rename(self, who: SignedIn, name: str) -> None:
        """Change the name shown to others."""
        await self._change(who, name=name)

    async def change_email(self, who: SignedIn, email: str) -> None:
        """Change the e-mail one signs in with. `Refusal` if it is somebody else's."""
        try:
            await self._change(who, email=email.casefold())
        except IntegrityError:
            raise Refusal("email_taken") from None

    async def change_password(self, who: SignedIn, old: str, new: str) -> NewSession:
        """X4: ends every session of the account; this browser gets a new one."""
        await self._proof.check(who, old)
        if weak := weakness(new, who.name, who.email):
            raise Refusal(weak)
        return await self._accounts.set_password(who.account, new)

    async def _change(self, who: SignedIn, **values: Any) -> None:
        changed = update(accounts_table).where(accounts_table.c.id == who.account)
        async with self._database.begin() as connection:
            if values.get("email", who.email) != who.email:
                # Sent to the old address: a thief who has the session would not notify the owner.
                await self._accounts.tell(connection, who.account, "email")
            await connection.execute(changed.values(values))

    async def sign_out_elsewhere(self, who: SignedIn) -> None:
        """X4: end every other session of the account."""
        await self._accounts.sessions.end_all(who.account, but=who.session)
