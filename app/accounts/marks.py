"""The mark a browser keeps from signing in, so that its next tries are counted apart from strangers' (F7).

It is random, names nobody, opens nothing and is not stored on the server. It is signed for one e-mail, so the
mark of one account is worth nothing for another.
"""

import hashlib
import secrets

from itsdangerous import BadSignature, Signer

_RANDOM = 16


class Marks:
    """Makes marks, and reads those made under the same key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def make(self, email: str) -> str:
        """A new mark for a browser that has just signed in."""
        return self._signer(email).sign(secrets.token_hex(_RANDOM)).decode()

    def read(self, mark: str, email: str) -> str:
        """What the mark's tries are counted by; empty if it is not a mark of this e-mail."""
        try:
            return self._signer(email).unsign(mark).decode()
        except BadSignature:
            return ""

    def _signer(self, email: str) -> Signer:
        salt = f"known browser {email.casefold()}"
        return Signer(self._key, salt, key_derivation="hmac", digest_method=hashlib.sha256)
