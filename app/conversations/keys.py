"""How a conversation is sealed: one data key for two people, wrapped once under each one's link (D2).

A link is 32 random bytes in the fragment of an address, never stored on the server. What finds the row and
what unwraps the key are both derived from it, and neither reveals the other. The key is in memory while a
request is answered, and never stored unwrapped. Pure: no database, no clock.
"""

import base64
import binascii
import secrets
import struct

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32
NONCE_BYTES = 12
#: Encrypted texts are padded to one of these sizes in bytes, so that their length reveals little.
SIZES = (1024, 4096, 10_240)
_HEAD = struct.Struct(">QI")
#: The most bytes of text that the largest of them holds.
MOST_BYTES = SIZES[-1] - _HEAD.size

_DOOR = b"trivselstavlen conversation door"
_WRAP = b"trivselstavlen conversation key"


class CannotOpen(Exception):
    """The key is wrong, or the sealed text was changed or moved from another place."""


def new_token() -> str:
    """The secret part of a new link, as in the fragment."""
    return secrets.token_urlsafe(KEY_BYTES)


def new_key() -> bytes:
    """A data key for one pair."""
    return AESGCM.generate_key(KEY_BYTES * 8)


def secret_of(token: str) -> bytes | None:
    """The 32 bytes of a link, or None for a truncated or invalid one."""
    try:
        secret = base64.b64decode(token.encode("ascii") + b"=", altchars=b"-_", validate=True)
    except (UnicodeEncodeError, binascii.Error):
        return None
    # Accepts one spelling only: the last character has bits to spare.
    spelt = base64.urlsafe_b64encode(secret).rstrip(b"=").decode()
    return secret if len(secret) == KEY_BYTES and spelt == token else None


def door_of(secret: bytes) -> bytes:
    """What the server knows a link by: it opens nothing and cannot be inverted."""
    return _derived(secret, None, _DOOR)


def wrap(key: bytes, secret: bytes, pair: str, side: str) -> bytes:
    """Wrap the data key so that only this link opens it."""
    return _seal(_derived(secret, pair.encode(), _WRAP), key, _bound("key", pair, side))


def unwrap(wrapped: bytes, secret: bytes, pair: str, side: str) -> bytes:
    """The data key again. Raises `CannotOpen`."""
    return _open(_derived(secret, pair.encode(), _WRAP), wrapped, _bound("key", pair, side))


def seal(key: bytes, text: str, rev: int, *place: str) -> bytes:
    """Seal a text and its revision, bound to its place: pair, conversation, side and question."""
    body = text.encode()
    size = next(size for size in SIZES if _HEAD.size + len(body) <= size)
    filled = (_HEAD.pack(rev, len(body)) + body).ljust(size, b"\0")
    return _seal(key, filled, _bound("answer", *place))


def unseal(key: bytes, sealed: bytes, *place: str) -> tuple[str, int]:
    """The text and its revision. Raises `CannotOpen`."""
    filled = _open(key, sealed, _bound("answer", *place))
    rev, length = _HEAD.unpack_from(filled)
    return filled[_HEAD.size : _HEAD.size + length].decode(), rev


def _derived(secret: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=salt, info=info).derive(secret)


def _bound(*parts: str) -> bytes:
    # Each part is prefixed with its length, so that no two lists give the same bytes.
    return b"".join(struct.pack(">I", len(part.encode())) + part.encode() for part in parts)


def _seal(key: bytes, plain: bytes, bound: bytes) -> bytes:
    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, plain, bound)


def _open(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound)
    except (InvalidTag, ValueError):
        raise CannotOpen from None
