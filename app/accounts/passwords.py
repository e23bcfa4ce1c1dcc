"""Passwords: argon2id, two at a time outside the event loop, and which ones are too easy to guess (X1)."""

import asyncio
import secrets
import unicodedata
from base64 import b64encode
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from itertools import pairwise
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.low_level import ARGON2_VERSION

from app.accounts.strength import ENOUGH_GUESSES, guesses

SHORTEST = 12
LONGEST = 128

_COMMON = Path(__file__).with_name("common_passwords.txt")
#: How people disguise a word; reverted before it is looked up in the list.
_DRESS = str.maketrans("0134578@$!", "oieastbasi")
_EDGES = "0123456789!?.,;:-_+*#@$%&/()= "


def plain(password: str) -> str:
    """The password in one Unicode form, so that é is the same letter from every keyboard."""
    return unicodedata.normalize("NFC", password)


def weakness(password: str, *known: str) -> str | None:
    """Why the password will not do, as a code, or None. `known` is what others know: name, e-mail."""
    typed = plain(password)
    if len(typed) < SHORTEST:
        return "password_short"
    if len(typed) > LONGEST:
        return "password_long"
    if _is_common(typed.casefold(), known):
        return "password_common"
    return "password_guessable" if guesses(typed, _words(), _names(known)) < ENOUGH_GUESSES else None


def _is_common(typed: str, known: tuple[str, ...]) -> bool:
    if typed in _common() or len(set(typed)) < 5 or _is_run(typed):
        return True
    words = {typed.strip(_EDGES), typed.translate(_DRESS), typed.strip(_EDGES).translate(_DRESS)}
    if words & _common() or any(_is_repeat(word) for word in words):
        return True
    if any(typed == name.casefold() for name in known):
        return True
    return any(word in _names(known) for word in words)


def _names(known: tuple[str, ...]) -> set[str]:
    return {part for name in known for part in name.casefold().replace("@", " ").replace(".", " ").split()}


def _is_run(typed: str) -> bool:
    """abcdefghijkl, 123456789012: each character, or nearly each, follows from the one before."""
    steps = sum(ord(b) - ord(a) in (1, -1) for a, b in pairwise(typed))
    return steps >= len(typed) - 3


def _is_repeat(word: str) -> bool:
    """A short word repeated over and over."""
    return any(len(word) > n and word == (word[:n] * len(word))[: len(word)] for n in range(1, 7))


@cache
def _common() -> frozenset[str]:
    lines = _COMMON.read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def _words() -> dict[str, int]:
    """The words that the listed passwords are made of, with their rank."""
    stems = (line.strip(_EDGES) for line in _COMMON.read_text("utf-8").splitlines() if line[:1] != "#")
    return {stem: n for n, stem in enumerate(dict.fromkeys(stem for stem in stems if len(stem) > 2), 1)}


#: The most that may wait for a turn; later ones are asked to try again.
MOST_WAITING = 40


class Busy(Exception):
    """Too many passwords are waiting to be checked."""


class Turns:
    """A limit on how many run at a time, with a bounded queue."""

    def __init__(self, many: int) -> None:
        self._free = asyncio.Semaphore(many)
        self._waiting = 0

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Wait for a turn; raises `Busy` when too many do."""
        if self._waiting >= MOST_WAITING:
            raise Busy
        self._waiting += 1
        try:
            await self._free.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._free.release()


def _of_nobody(hasher: PasswordHasher) -> str:
    """Checked in place of an account that is not there, so that both answers take as long.

    Random bytes in the form of a stored hash: hashing a real password would take longer at each start than
    setting up all routes.
    """
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, hashed = (
        b64encode(secrets.token_bytes(many)).decode().rstrip("=")
        for many in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v={ARGON2_VERSION}${costs}${salt}${hashed}"


class Passwords:
    """Hashes and checks. Each try takes 64 MiB for a moment, so only two run at a time.

    F7: a third may run for browsers that need not wait in the strangers' queue.
    """

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._turns = Turns(2)
        self._own_turns = Turns(1)
        self._nobody = _of_nobody(self._hasher)

    async def hash(self, password: str) -> str:
        """The hash that is stored for a password."""
        async with self._own_turns.one():
            return await asyncio.to_thread(self._hasher.hash, plain(password))

    async def check(self, kept: str | None, password: str) -> bool:
        """Whether it is the password; None is for a missing account. For unknown browsers."""
        async with self._turns.one():
            return await self._check(kept, password)

    async def check_known(self, kept: str | None, password: str) -> bool:
        """The same, for a browser that has signed in before."""
        async with self._own_turns.one():
            return await self._check(kept, password)

    async def _check(self, kept: str | None, password: str) -> bool:
        right = await asyncio.to_thread(self._verify, kept or self._nobody, plain(password))
        return right and kept is not None

    def is_dated(self, kept: str) -> bool:
        """Whether the hash was made with weaker settings than the current ones."""
        return self._hasher.check_needs_rehash(kept)

    def _verify(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False
