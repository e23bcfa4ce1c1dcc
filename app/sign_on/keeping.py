"""The cookie a browser keeps while somebody is at the provider: signed, for ten minutes, used once."""

import hashlib
from typing import Literal, Protocol

from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

from app.limits import MINUTE, Clock

COOKIE_LIFE = 10 * MINUTE
#: The purpose of a sign-on.
Purpose = Literal["enter", "link", "prove", "accept"]


class Errand(BaseModel):
    """One round trip. `about`: the account it is for, or the invitation."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    state: str
    nonce: str
    verifier: str
    purpose: Purpose
    about: str
    until: int


class Spent(Protocol):
    """Keeps track of one-time tokens."""

    async def take(self, id: str, until: int) -> bool:
        """Whether nobody has used it before, in this process or another."""


class Errands:
    """Makes the cookie, and reads it once. Beginning stores nothing; completing it stores a row."""

    def __init__(self, key: bytes, clock: Clock, spent: Spent) -> None:
        how = {"key_derivation": "hmac", "digest_method": hashlib.sha256}
        self._signer = URLSafeSerializer(key, salt="sign-on errand", signer_kwargs=how)
        self._clock = clock
        self._spent = spent

    def keep(self, errand: Errand) -> str:
        """For the cookie."""
        return self._signer.dumps(errand.model_dump())

    def until(self) -> int:
        """When one that begins now ends."""
        return self._clock() + COOKIE_LIFE

    async def take(self, cookie: str, state: str) -> Errand | None:
        """The errand of this browser, if the answer belongs to it and it was not used before (B73)."""
        try:
            errand = Errand.model_validate(self._signer.loads(cookie))
        except (BadData, ValidationError, ValueError):
            return None
        # A hash, since the text may contain any characters.
        same = (
            hashlib.sha256(errand.state.encode()).digest()
            == hashlib.sha256(state.encode("utf-8", "surrogatepass")).digest()
        )
        if not same or errand.until <= self._clock():
            return None
        return errand if await self._spent.take(errand.state, errand.until) else None
