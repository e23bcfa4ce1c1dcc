"""What a browser keeps while its person is at the provider: signed, for ten minutes, used once."""

import hashlib
from typing import Literal, Protocol

from itsdangerous import BadData, URLSafeSerializer
from pydantic import BaseModel, ConfigDict, ValidationError

from app.limits import MINUTE, Clock

COOKIE_LIFE = 10 * MINUTE
#: What somebody went there for.
Purpose = Literal["enter", "link", "prove", "accept"]


class Errand(BaseModel):
    """One way there and back. `about`: the account it is for, or the invitation."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)

    state: str
    nonce: str
    verifier: str
    purpose: Purpose
    about: str
    until: int


class Spent(Protocol):
    """What is good once."""

    async def take(self, id: str, until: int) -> bool:
        """Whether nobody has shown it before, to this process or another."""


class Errands:
    """Makes the cookie, and reads it once. Who begins a thousand leaves nothing; who comes back, a row."""

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
        """The errand this browser is on, if the answer is to it, and not a second time (B73)."""
        try:
            errand = Errand.model_validate(self._signer.loads(cookie))
        except (BadData, ValidationError, ValueError):
            return None
        # A hash, since a text of any signs may have come.
        same = (
            hashlib.sha256(errand.state.encode()).digest()
            == hashlib.sha256(state.encode("utf-8", "surrogatepass")).digest()
        )
        if not same or errand.until <= self._clock():
            return None
        return errand if await self._spent.take(errand.state, errand.until) else None
