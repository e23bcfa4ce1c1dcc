"""Starting the server: checks, migrations, what is printed to the terminal, then uvicorn."""

import asyncio
import secrets
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from pathlib import Path

import qrcode
import structlog
import typer
import uvicorn

from app.live.porter import raise_open_files
from app.live.protocol import HttpProtocol, SocketProtocol
from app.main import App, create_app
from app.memory import QuietMoments, settle
from app.operations.backups import main_file
from app.operations.data_folder import close_to_others
from app.operations.migrate import State, upgrade
from app.operations.start_checks import (
    Fault,
    Hold,
    check_database,
    check_folder,
    check_key,
    check_port,
    make_folder,
    say,
    unknown_settings,
)
from app.settings import Settings
from app.storage.backup import write_backup
from app.storage.board_files import FOLDER
from app.wiring.services import Services

log = structlog.get_logger("start")

#: The largest message of a desk, in bytes; the socket limits phones to 8 KiB (X6).
FRAME = 64 * 1024


async def prepare(settings: Settings) -> None:
    """Bring the database to this version's tables; a file with data in it is copied first (R17).

    Raises `CannotStart` before anything is changed.
    """
    check_folder(settings.data)
    check_key(settings)
    make_folder(settings.data)
    found = await check_database(settings)
    main = main_file(settings)
    if found is State.OLDER and main is not None:
        # Nothing else runs in this process yet, so a blocking call does no harm.
        _copy(main, settings.data)
    if found is not State.CURRENT:
        await upgrade(settings.database)
    close_to_others(settings.data)


def _copy(main: Path, data: Path) -> None:
    """Keep one copy, however often a migration fails: each start replaces the old one."""
    written = data / f".before-{secrets.token_hex(4)}"
    try:
        write_backup(main, main.parent / FOLDER, written)
        written.replace(data / "before-upgrade.sqlite3")
    finally:
        # On a full disk every start would leave another half copy.
        written.unlink(missing_ok=True)


def ready(settings: Settings) -> Hold:
    """Everything before the server itself: lock the folder and bring the tables to this version.

    Raises `CannotStart`.
    """
    check_port(settings)
    check_folder(settings.data)
    check_key(settings)
    make_folder(settings.data)
    held = Hold(settings.data, shared=main_file(settings) is None)
    try:
        asyncio.run(prepare(settings))
    except BaseException:
        held.release()
        raise
    return held


Opening = Callable[[], Awaitable[Sequence[str]]]


def run(settings: Settings, app: App | None = None, opening: Opening | None = None) -> None:
    """Serve until told to stop. `opening` runs once the server listens and gives lines to print.

    Raises `CannotStart`, or the storage's exceptions; `in_plain_words` prints them.
    """
    held = ready(settings)
    # Each connection is an open file, and many systems allow only 1,024 by default (F11).
    log.info("open files", files=raise_open_files())
    try:
        app = app or create_app(settings)
        server = _Announcing(server_config(settings, app), app.services, opening)
        with suppress(KeyboardInterrupt):
            server.run()
    finally:
        held.release()


def server_config(settings: Settings, app: App) -> uvicorn.Config:
    """The configuration of uvicorn; making it sets up uvicorn's loggers too."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=FRAME,
        # Compression triples the memory and doubles the time per screen, and helps eavesdroppers.
        ws_per_message_deflate=False,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        access_log=False,
        server_header=False,
        date_header=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
        # X29: we read proxy headers ourselves, from configured addresses only.
        proxy_headers=False,
    )


class _Announcing(uvicorn.Server):
    """Announces its addresses once it listens."""

    def __init__(
        self,
        config: uvicorn.Config,
        services: Services,
        opening: Opening | None,
    ) -> None:
        super().__init__(config)
        self._services = services
        self._opening = opening
        #: The loop holds tasks only weakly.
        self._tidying: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, then announce the addresses."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            lines = await self._opening() if self._opening else ()
            await announce(self._services)
            for line in lines:
                typer.echo(line)
            settle()
            self._tidying = asyncio.create_task(QuietMoments().keep())

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """R16: tell every screen first. Otherwise uvicorn would wait for event streams, and then cut them."""
        if self._tidying is not None:
            self._tidying.cancel()
        self._services.rooms.shut_down()
        await super().shutdown(sockets)  # type: ignore[arg-type]


async def announce(services: Services) -> None:
    """Addresses, a QR code of the first of them, and the first-login link while there is no account."""
    here = f"http://localhost:{services.settings.port}{services.addresses.folder}"
    urls = services.addresses.base_urls()
    link = await services.accounts.first_link()
    typer.echo("")
    typer.echo("Trivselstavlen")
    typer.echo(f"  Mødeleder / facilitator   {here}/desk")
    for url in urls:
        typer.echo(f"  Deltagere / participants  {url}")
    if link:
        typer.echo("")
        typer.echo("  Første gang: Åbn dette link, og lav din konto. Det virker én gang.")
        typer.echo("  First time: open this link and make your account. It works once.")
        typer.echo(f"  {here}{link}")
    typer.echo("")
    code = qrcode.QRCode(border=1)
    code.add_data(urls[0])
    code.print_ascii(out=sys.stdout, invert=sys.stdout.isatty())
    sys.stdout.flush()
    # Warnings come last, where they are seen.
    odd = unknown_settings()
    if doubt := services.addresses.doubt():
        odd.append(Fault(f"address.{doubt}", {"url": urls[0]}))
    say(*odd)
