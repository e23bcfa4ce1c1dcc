"""Sessions that could not be stored: even on a full disk somebody can take over a running meeting (F13).

They live in this process alone, so a restart ends them, and no longer than a session may be idle.
"""

from dataclasses import dataclass

from app.limits import HOUR, MINUTE, Clock

MOST_IDLE = 12 * HOUR
#: The most that are kept: each is somebody who knows a password.
MOST_UNSAVED = 200
TRIED_AGAIN_AFTER = MINUTE


@dataclass
class Kept:
    """One session, as it would stand in the table."""

    id: str
    token_hash: bytes
    account: str
    proved_at: int
    expires_at: int
    tried_at: int


class Unsaved:
    """The sessions in memory."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kept: dict[str, Kept] = {}

    def keep(self, id: str, token_hash: bytes, account: str) -> Kept:
        """Remember one."""
        now = self._clock()
        while len(self._kept) >= MOST_UNSAVED:
            del self._kept[next(iter(self._kept))]
        self._kept[id] = Kept(id, token_hash, account, now, now + MOST_IDLE, now)
        return self._kept[id]

    def by_token(self, token_hash: bytes) -> Kept | None:
        """The session of a cookie. The hash is of 256 random bits, so comparing it leaks nothing."""
        return next((kept for kept in self._living() if kept.token_hash == token_hash), None)

    def find(self, id: str, account: str) -> Kept | None:
        """The one of that id, if it is the account's."""
        return next((kept for kept in self._living() if (kept.id, kept.account) == (id, account)), None)

    def of(self, account: str) -> list[Kept]:
        """All of one account."""
        return [kept for kept in self._living() if kept.account == account]

    def drop(self, id: str) -> None:
        """Forget it: it is over, or stored."""
        self._kept.pop(id, None)

    def is_due(self, kept: Kept) -> bool:
        """Whether storing it may be tried again; counts as a try."""
        due = self._clock() - kept.tried_at >= TRIED_AGAIN_AFTER
        if due:
            kept.tried_at = self._clock()
        return due

    def _living(self) -> list[Kept]:
        now = self._clock()
        self._kept = {id: kept for id, kept in self._kept.items() if kept.expires_at > now}
        return list(self._kept.values())
