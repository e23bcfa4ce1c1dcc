"""The server's secret: made at first start in a file that only its owner can read (X42), or rotated (F10)."""

import errno
import os
import secrets
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

#: The least bytes of a key: a shorter one can be guessed, or was not written completely.
SHORTEST = 32


class BadKey(Exception):
    """There is no key that may be used: `code` says why (a text under `shared.start.`), `path` which file."""

    def __init__(self, code: str, path: Path | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.path = path


def server_key(data: Path, given: str) -> bytes:
    """The key from the settings, or from the data folder, made if missing; raises `BadKey`."""
    return found_key(data, given) or _made(data)


def found_key(data: Path, given: str) -> bytes | None:
    """The existing key, under the same rules; None if one would be made."""
    if given:
        key = given.encode()
        if len(key) < SHORTEST:
            raise BadKey("secret_short")
        return key
    path = data / "key"
    try:
        key = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        raise BadKey("key_closed", path) from None
    if len(key) < SHORTEST:
        # A first start on a full disk once left an empty key, with which tokens could be forged.
        raise BadKey("key_short", path)
    return key


def rotate(data: Path) -> None:
    """Replace the key without keeping the old one. Raises `BadKey`; then the old one stays."""
    _write(data, secrets.token_bytes(SHORTEST), os.replace)


def _made(data: Path) -> bytes:
    # If two first starts run at once, the second uses the key of the first.
    with suppress(FileExistsError):
        _write(data, secrets.token_bytes(SHORTEST), _link)
    key = found_key(data, "")
    assert key is not None
    return key


def _link(written: str, path: Path) -> None:
    """Move the file into place, unless there is one already."""
    try:
        os.link(written, path)
    except FileExistsError:
        raise
    except OSError:
        # Some file systems have no hard links.
        os.replace(written, path)  # noqa: PTH105


def _write(data: Path, key: bytes, put: Callable[[str, Path], None]) -> None:
    """Write it completely under another name first, so that there is never half a key."""
    try:
        handle, written = tempfile.mkstemp(prefix=".key-", dir=data)  # 0600
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(key)
                file.flush()
                os.fsync(file.fileno())
            put(written, data / "key")
        finally:
            Path(written).unlink(missing_ok=True)
    except FileExistsError:
        raise
    except OSError as fault:
        full = fault.errno in (errno.ENOSPC, errno.EDQUOT)
        raise BadKey("disk_full" if full else "data_closed", data) from None
    _sync(data)


def _sync(folder: Path) -> None:
    """The name must survive a power cut too. Not possible on Windows."""
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
