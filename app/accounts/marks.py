"""The mark a browser keeps from signing in, by which its next tries are counted apart from strangers' (F7).

It is random, names nobody, opens nothing and is kept nowhere here; signed for one e-mail, so that a mark of
one account is worth nothing at another.
"""

import hashlib
import hmac
import secrets

_RANDOM = 16


class Marks:
    """Makes marks, and reads those made under the same key."""

    def __init__(self, key: bytes) -> None:
        self._key = hashlib.blake2b(key, digest_size=32, person=b"known browser").digest()

    def make(self, email: str) -> str:
        """A new mark for a browser that has just signed in."""
        return self._signed(secrets.token_hex(_RANDOM), email)

    def read(self, mark: str, email: str) -> str:
        """What the mark's tries are counted by; empty for what is no mark of this e-mail."""
        own = mark[: 2 * _RANDOM]
        good = mark.isascii() and hmac.compare_digest(mark, self._signed(own, email))
        return own if good else ""

    def _signed(self, own: str, email: str) -> str:
        mac = hashlib.blake2b(f"{own}{email.casefold()}".encode(), key=self._key, digest_size=16)
        return own + mac.hexdigest()
