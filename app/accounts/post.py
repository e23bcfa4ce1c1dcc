"""What is written to people about their own account, where mail is set up."""

from typing import Literal, Protocol

from sqlalchemy.ext.asyncio import AsyncConnection

#: What was changed: each is told to its owner, who may not have been the one who did it.
Changed = Literal["password", "email", "second"]
#: Who asked for a new password: its owner, who may have none to begin with, or whoever runs the server.
Why = Literal["forgotten", "no_password", "helped"]


class Post(Protocol):
    """Who sends it. Each is put in the transaction of what it tells of, to the e-mail that stands there."""

    async def reset(
        self, connection: AsyncConnection, account: str, why: Why, token: str, expires_at: int
    ) -> None:
        """A link to a new password; with `no_password` there is none, and `token` is empty."""

    async def changed(self, connection: AsyncConnection, account: str, what: Changed) -> None:
        """It was changed, by whoever it was."""
