"""Starting the server: checks, migrations, what is printed for the person at the terminal, then uvicorn."""

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
from app.wiring.parts import Parts

log = structlog.get_logger("start")

#: What a desk may send at once; phones' messages are held to 8 KiB by the socket (X6). Bytes.
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
        # Nothing else runs in this process yet: a blocking call harms nobody.
        _copy(main, settings.data)
    if found is not State.CURRENT:
        await upgrade(settings.database)
    close_to_others(settings.data)


def _copy(main: Path, data: Path) -> None:
    """One copy, however often a migration fails: each start puts a new one in the place of the old."""
    written = data / f".before-{secrets.token_hex(4)}"
    try:
        write_backup(main, main.parent / FOLDER, written)
        written.replace(data / "before-upgrade.sqlite3")
    finally:
        # Of a disk that got full half a copy would be left, at every start one more.
        written.unlink(missing_ok=True)


def ready(settings: Settings) -> Hold:
    """All that comes before the server itself: the folder is this process's, the tables are this version's.

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

    Raises `CannotStart`, or what the storage raised; `in_plain_words` says it.
    """
    held = ready(settings)
    # Each connection is one, and many systems begin with as few as 1,024 (F11).
    log.info("open files", files=raise_open_files())
    try:
        app = app or create_app(settings)
        server = _Announcing(server_config(settings, app), app.parts, opening)
        with suppress(KeyboardInterrupt):
            server.run()
    finally:
        held.release()


def server_config(settings: Settings, app: App) -> uvicorn.Config:
    """How uvicorn serves; making it sets up uvicorn's loggers too."""
    return uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        http=HttpProtocol,
        ws=SocketProtocol,
        ws_max_size=FRAME,
        # Compression costs three times the memory and twice the time per screen, and helps an eavesdropper.
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
    """Says where it is once it listens."""

    def __init__(
        self,
        config: uvicorn.Config,
        parts: Parts,
        opening: Opening | None,
    ) -> None:
        super().__init__(config)
        self._parts = parts
        self._opening = opening
        #: The loop holds tasks only weakly.
        self._tidying: asyncio.Task[None] | None = None

    async def startup(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """Listen, then say where."""
        await super().startup(sockets)  # type: ignore[arg-type]
        if self.started:
            lines = await self._opening() if self._opening else ()
            await announce(self._parts)
            for line in lines:
                typer.echo(line)
            settle()
            self._tidying = asyncio.create_task(QuietMoments().keep())

    async def shutdown(self, sockets: list[object] | None = None) -> None:  # type: ignore[override]
        """R16: every screen is told first. Streams of events would otherwise be waited for, and then cut."""
        if self._tidying is not None:
            self._tidying.cancel()
        self._parts.rooms.shut_down()
        await super().shutdown(sockets)  # type: ignore[arg-type]


async def announce(parts: Parts) -> None:
    """Addresses, a QR code of the first of them, and the first-login link while there is no account."""
    here = f"http://localhost:{parts.settings.port}{parts.addresses.folder}"
    urls = parts.addresses.base_urls()
    link = await parts.accounts.first_link()
    typer.echo("")
    typer.echo("Trivselstavlen")
    typer.echo(f"  Tovholder / facilitator   {here}/desk")
    for url in urls:
        typer.echo(f"  Deltagere / participants  {url}")
    if link:
        typer.echo("")
        typer.echo("  Første gang: åbn dette link og lav din adgang. Det virker én gang.")
        typer.echo("  First time: open this link and make your account. It works once.")
        typer.echo(f"  {here}{link}")
    typer.echo("")
    code = qrcode.QRCode(border=1)
    code.add_data(urls[0])
    code.print_ascii(out=sys.stdout, invert=sys.stdout.isatty())
    sys.stdout.flush()
    # Last, where it is seen: what is odd, though it stops nothing.
    odd = unknown_settings()
    if doubt := parts.addresses.doubt():
        odd.append(Fault(f"address.{doubt}", {"url": urls[0]}))
    say(*odd)
