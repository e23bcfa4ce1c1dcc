"""Backups of everything: daily, from the desk, and from the command line (A7, R18)."""

import asyncio
import re
import secrets
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import structlog
import typer
from fastapi import APIRouter, Depends
from fastapi.responses import FileResponse
from pydantic import BaseModel

from app.access import Access, Asker
from app.http.errors import Problem, StrictRoute
from app.limits import DAY, Clock
from app.locales import words
from app.operations.migrate import revisions
from app.settings import Settings
from app.storage.backup import CannotCopy, put_back, write_backup
from app.storage.board_files import FOLDER
from app.storage.database import Database

log = structlog.get_logger("backups")

#: When files kept by a restore or an upgrade are deleted, in ms (F5).
KEPT_FOR = 30 * DAY
_NAME = re.compile(r"^\d{4}-\d\d-\d\d(-[0-9a-f]{8})?\.sqlite3$")


class Copy(BaseModel):
    """One backup in the data folder. `made_at` is server time in ms, `size` in bytes."""

    name: str
    made_at: int
    size: int


class Copies(BaseModel):
    """The backups, newest first."""

    backups: list[Copy]
    daily: bool
    keep_days: int


@dataclass
class Backups:
    """The copies of an SQLite installation; PostgreSQL has programs of its own for this."""

    settings: Settings
    clock: Clock

    @property
    def possible(self) -> bool:
        """Whether the copies are ours to make."""
        return not self.settings.database_url or main_file(self.settings) is not None

    async def make(self) -> Copy:
        """Make a copy of the current state; raises `OSError` or `sqlite3.Error`."""
        return await self._made(f"{self._today()}-{secrets.token_hex(4)}.sqlite3")

    async def daily(self) -> None:
        """Make today's copy if there is none yet, and delete what is too old. For an hourly job."""
        await asyncio.to_thread(self._tidy)
        name = f"{self._today()}.sqlite3"
        if not self.settings.backup_days or not self.possible or (self.settings.backups / name).exists():
            return
        try:
            await self._made(name)
        except (OSError, sqlite3.Error):
            # The doctor and the desk show how old the newest is (A14).
            log.warning("the daily copy could not be made, will be tried again")

    def found(self) -> list[Copy]:
        """The copies there are."""
        paths = [path for path in self.settings.backups.glob("*.sqlite3") if _NAME.match(path.name)]
        copies = [_copy(path) for path in paths]
        return sorted(copies, key=lambda copy: (copy.made_at, copy.name), reverse=True)

    def age(self) -> float | None:
        """The age of the newest copy in seconds; None if there is none, or copies are not our task."""
        newest = self.found()[:1] if self.possible else []
        return max(0.0, (self.clock() - newest[0].made_at) / 1000) if newest else None

    def path(self, name: str) -> Path:
        """The file of a copy; raises `LookupError`."""
        if name not in {copy.name for copy in self.found()}:
            raise LookupError
        return self.settings.backups / name

    async def _made(self, name: str) -> Copy:
        main = main_file(self.settings)
        assert main is not None
        folder = self.settings.backups
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        await asyncio.to_thread(write_backup, main, main.parent / FOLDER, folder / name)
        return _copy(folder / name)

    def _tidy(self) -> None:
        now = self.clock()
        kept = (self.settings.backup_days * DAY) if self.settings.backup_days else KEPT_FOR
        old = [path for path in self.settings.backups.glob("*.sqlite3") if _age(path, now) > kept]
        old += [path for path in self.settings.data.glob("before-*") if _age(path, now) > KEPT_FOR]
        for path in old:
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
        if old:
            log.info("old copies removed", copies=len(old))

    def _today(self) -> str:
        return datetime.fromtimestamp(self.clock() / 1000, UTC).astimezone().date().isoformat()


def main_file(settings: Settings) -> Path | None:
    """The main file of an SQLite installation; None on PostgreSQL."""
    database = Database(settings.database)
    return Path(str(database.url.database)) if database.is_sqlite else None


def _copy(path: Path) -> Copy:
    found = path.stat()
    return Copy(name=path.name, made_at=int(found.st_mtime * 1000), size=found.st_size)


def _age(path: Path, now: int) -> float:
    return now - path.stat().st_mtime * 1000


# -- from the desk -------------------------------------------------------------------------------------------

#: Files can be requested in ranges, so that an interrupted download can continue.
PARTS: dict[int | str, dict[str, Any]] = {
    206: {"description": "The requested part."},
    416: {"description": "The file has no such part."},
}


def routes(*, backups: Backups, access: Access) -> APIRouter:
    """Copies are for the administrators of the installation; all of it is in them (X4)."""
    router = APIRouter(prefix="/api/backups", route_class=StrictRoute, tags=["backups"])
    who = Depends(access.allow("admin"))

    def there() -> Backups:
        if not backups.possible:
            raise Problem(404, "unknown")
        return backups

    @router.get("")
    async def listed(_asker: Annotated[Asker, who]) -> Copies:
        """The backups, and how long they are kept."""
        days = backups.settings.backup_days
        return Copies(backups=there().found(), daily=days > 0, keep_days=days or KEPT_FOR // DAY)

    @router.post("", status_code=201)
    async def made(asker: Annotated[Asker, who]) -> Copy:
        """Make one more backup now."""
        access.proved(asker)
        return await there().make()

    @router.get("/{name}", response_class=FileResponse, responses=PARTS)
    async def file(asker: Annotated[Asker, who], name: str) -> FileResponse:
        """A copy to download."""
        access.proved(asker)
        try:
            path = there().path(name)
        except LookupError:
            raise Problem(404, "unknown") from None
        headers = {"Cache-Control": "no-store"}
        return FileResponse(
            path, media_type="application/octet-stream", filename=f"trivselstavlen-{name}", headers=headers
        )

    return router


# -- from the command line -----------------------------------------------------------------------------------


def backup_to(settings: Settings, to: Path) -> int:
    """Returns the exit code; prints one sentence about what went wrong."""

    def act() -> None:
        main = main_file(settings)
        if main is None:
            raise CannotCopy("postgres")
        if not main.is_file():
            raise CannotCopy("nothing")
        write_backup(main, main.parent / FOLDER, to)

    return _said(act)


def restore_from(settings: Settings, source: Path) -> int:
    """Returns the exit code; prints what was done, or why nothing was."""

    def act() -> None:
        main = main_file(settings)
        if main is None:
            raise CannotCopy("postgres")
        main.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        done = put_back(main, main.parent / FOLDER, source, revisions())
        for language in ("da", "en"):
            say = words(language)
            typer.echo(say("shared.backup.done", boards=done.boards))
            if done.kept:
                typer.echo(say("shared.backup.kept", folder=done.kept.name))

    return _said(act)


def _said(act: Callable[[], None]) -> int:
    try:
        act()
    except CannotCopy as reason:
        code = reason.code
    except sqlite3.Error:
        code = "damaged"
    except OSError:
        code = "no_place"
    else:
        return 0
    for language in ("da", "en"):
        typer.echo(words(language)(f"shared.backup.{code}"), err=True)
    return 1
