"""Mails to people about their own account, where mail is set up."""

from typing import Literal, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

#: Kinds of changes: the owner is notified of each, since somebody else may have made it.
Changed = Literal["password", "email", "second"]
#: Who requested a new password: its owner, who may have none to begin with, or an administrator.
Why = Literal["forgotten", "no_password", "helped"]


class Post(Protocol):
    """Sends it. Each mail is queued in the transaction it reports on, to the e-mail stored there."""

    async def reset(
        self, connection: AsyncConnection, account: str, why: Why, token: str, expires_at: int
    ) -> None:
        """Send a link to a new password; with `no_password` there is no link, and `token` is empty."""

    async def changed(self, connection: AsyncConnection, account: str, what: Changed) -> None:
        """Tell the owner that this was changed."""
