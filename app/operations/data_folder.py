"""What is in the data folder, and keeping others from reading it (X42)."""

import os
from contextlib import suppress
from pathlib import Path

_MADE = (
    *("key", "lock", "*.sqlite3", "*.sqlite3-*", "boards", "boards/*", "backups", "backups/*"),
    # What a restore has kept.
    *("before-*", "before-*/*", "before-*/*/*"),
)


def ours(data: Path) -> list[Path]:
    """The existing files of those that this server makes there."""
    return list(dict.fromkeys(path for each in _MADE for path in data.glob(each)))


def close_to_others(data: Path) -> None:
    """Folders 0700, files 0600. What is somebody else's is left as it is, and `doctor` says so (G06)."""
    if os.name == "nt":
        return
    for path in (data, *ours(data)):
        with suppress(OSError):
            there = path.lstat()
            if there.st_uid == os.geteuid() and there.st_mode & 0o077 and not path.is_symlink():
                path.chmod(0o700 if path.is_dir() else 0o600)
