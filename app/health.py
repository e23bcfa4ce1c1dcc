"""What somebody who runs a meeting should know of this installation, before the QR code is shown (A14)."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from sqlalchemy import text

from app.storage.database import Database

Level = Literal["ok", "warn", "red"]
WAL_WARNS_AT = 16 * 1024 * 1024


@dataclass(frozen=True)
class Finding:
    """One thing looked at; its text is in the locales under `shared.health.<id>.<level>`."""

    id: str
    level: Level


async def findings(
    database: Database, *, encrypted: bool, reachable: bool, typing_paused: bool, traces: Callable[[], bool]
) -> list[Finding]:
    """All findings, the worst first. `traces` says whether the store owes a scrub that failed (A4, A6)."""
    found = [
        Finding("encrypted", "ok" if encrypted else "warn"),
        Finding("reachable", "ok" if reachable else "red"),
        Finding("log", "ok" if _log_is_silent() else "red"),
        Finding("traces", "red" if traces() else "ok"),
        *(await _sqlite(database) if database.is_sqlite else await _postgres(database)),
    ]
    if typing_paused:
        found.append(Finding("typing_paused", "warn"))
    worst = {"red": 0, "warn": 1, "ok": 2}
    return sorted(found, key=lambda finding: worst[finding.level])


async def _sqlite(database: Database) -> list[Finding]:
    async with database.connect() as connection:
        secure = await connection.scalar(text("PRAGMA secure_delete"))
    journal = f"{database.url.database}-wal"
    return [
        Finding("secure_delete", "ok" if secure else "red"),
        Finding("journal", "ok" if _size(journal) < WAL_WARNS_AT else "warn"),
    ]


async def _postgres(database: Database) -> list[Finding]:
    """A8, A9: settings with which the server would keep the order or the texts of what is written."""
    async with database.connect() as connection:
        asked = (
            "SELECT name, setting FROM pg_settings WHERE name IN ('track_commit_timestamp', 'archive_mode')"
        )
        settings = {row.name: row.setting for row in await connection.execute(text(asked))}
    return [
        Finding("secure_delete", "ok" if settings.get("track_commit_timestamp") == "off" else "red"),
        Finding("journal", "ok" if settings.get("archive_mode") == "off" else "warn"),
    ]


def _size(path: str) -> int:
    try:
        return Path(path).stat().st_size
    except OSError:
        return 0


def _log_is_silent() -> bool:
    """A9: the server's access log, which holds addresses, is off."""
    access = logging.getLogger("uvicorn.access")
    return not (access.isEnabledFor(logging.INFO) and access.hasHandlers())
