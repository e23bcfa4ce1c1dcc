"""The server's secret, made at first start and kept in a file that only its owner reads (X42)."""

import os
import secrets
from pathlib import Path


def server_key(data: Path, given: str) -> bytes:
    """The key as given in the settings, or the one in the data folder, made if it is not there."""
    if given:
        return given.encode()
    path = data / "key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_bytes()
    with os.fdopen(handle, "wb") as file:
        key = secrets.token_bytes(32)
        file.write(key)
    return key
