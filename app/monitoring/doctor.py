"""`trivsel doctor` and `trivsel rotate-key`: the state of an installation, seen from outside the server."""

import asyncio
from collections.abc import Callable

import typer

from app.locales import languages, words
from app.main import create_app
from app.monitoring.health import Finding, in_order
from app.operations.backups import main_file
from app.operations.migrate import State
from app.operations.secret import rotate
from app.operations.serving import server_config
from app.operations.start_checks import (
    CannotStart,
    Fault,
    Hold,
    check_database,
    check_folder,
    check_key,
    check_port,
    check_whole,
    unknown_settings,
)
from app.settings import Settings


async def examine(settings: Settings) -> int:
    """Print what is wrong with the start, then the health lines; 1 if something is red. Changes nothing."""
    stops = await _stops(settings)
    for fault in stops:
        _line("red", fault.said(words("da")), fault.said(words("en")))
    for fault in unknown_settings():
        _line("warn", fault.said(words("da")), fault.said(words("en")))
    found = [] if stops else await _found(settings)
    for finding in found:
        _line(finding.level, *(finding.said(words(language)) for language in languages()))
    return int(bool(stops) or any(finding.level == "red" for finding in found))


async def _stops(settings: Settings) -> list[Fault]:
    """What would keep the server from starting."""
    stops: list[Fault] = []
    checks: list[Callable[[], None]] = [
        lambda: check_folder(settings.data),
        lambda: check_key(settings),
        lambda: _port(settings),
    ]
    for check in checks:
        try:
            check()
        except CannotStart as cannot:
            stops.append(cannot.fault)
    try:
        await check_database(settings)
    except CannotStart as cannot:
        stops.append(cannot.fault)
    return stops


def _port(settings: Settings) -> None:
    """If our own server is running, it is the one using the port."""
    if not (settings.data / "lock").exists():
        check_port(settings)
        return
    try:
        held = Hold(settings.data, shared=False)
    except CannotStart:
        return
    try:
        check_port(settings)
    finally:
        held.release()


async def _found(settings: Settings) -> list[Finding]:
    if await check_database(settings) is not State.CURRENT:
        return [Finding("started", "warn")]
    has_key = settings.secret or (settings.data / "key").exists()
    if not has_key:
        return [Finding("started", "warn")]
    app = create_app(settings)
    # Sets up uvicorn's loggers as serving does, so that they are checked in that state.
    server_config(settings, app)
    found = await app.services.findings()
    await app.services.database.close()
    if main_file(settings):
        found.append(await asyncio.to_thread(_boards, settings))
    return in_order(found)


def _boards(settings: Settings) -> Finding:
    """Whether every board's file is intact; the main file was checked before."""
    for path in sorted(settings.data.glob("boards/*.sqlite3")):
        try:
            check_whole(path)
        except CannotStart:
            return Finding("files", "red", {"name": path.name})
    return Finding("files", "ok")


def renew_key(settings: Settings) -> None:
    """F10: refused while a server is running on the folder, as it would keep using the old key."""
    check_folder(settings.data)
    if settings.secret:
        raise CannotStart("rotate_secret")
    if not (settings.data / "key").exists():
        raise CannotStart("rotate_none", path=settings.data)
    held = Hold(settings.data, shared=False)
    try:
        rotate(settings.data)
    finally:
        held.release()
    for language in languages():
        typer.echo(words(language)("shared.start.rotated"))


def _line(level: str, *texts: str) -> None:
    for n, text in enumerate(texts):
        typer.echo(f"{level if n == 0 else '':5} {text}")
