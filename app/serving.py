"""Starting the server: migrations, then what is printed for the person at the terminal, then uvicorn."""

import asyncio
import errno
import secrets
import socket
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import qrcode
import typer
import uvicorn

from app.backups import main_file
from app.live.protocol import HttpProtocol, SocketProtocol
from app.locales import words
from app.main import App, Parts, create_app, findings
from app.memory import QuietMoments, settle
from app.migrate import is_current, is_empty, upgrade
from app.settings import Settings
from app.storage.backup import write_backup
from app.storage.board_files import FOLDER
from app.storage.database import Database

#: What a desk may send at once; phones' messages are held to 8 KiB by the socket (X6). Bytes.
FRAME = 64 * 1024


async def prepare(settings: Settings) -> None:
    """Bring the database to this version's tables; a file with data in it is copied first (R17)."""
    settings.data.mkdir(parents=True, exist_ok=True)
    settings.data.chmod(0o700)
    database = Database(settings.database)
    try:
        current, empty = await is_current(database), await is_empty(database)
    finally:
        await database.close()
    if current:
        return
    main = main_file(settings)
    if main is not None and not empty:
        # Nothing else runs in this process yet: a blocking call harms nobody.
        write_backup(main, main.parent / FOLDER, settings.data / f"before-{secrets.token_hex(4)}.sqlite3")
    await upgrade(settings.database)


Opening = Callable[[], Awaitable[Sequence[str]]]


def run(settings: Settings, app: App | None = None, opening: Opening | None = None) -> None:
    """Serve until told to stop. `opening` runs once the server listens and gives lines to print."""
    asyncio.run(prepare(settings))
    _or_say_why_not(settings)
    app = app or create_app(settings)
    config = uvicorn.Config(
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
    server = _Announcing(config, app.parts, opening)
    with suppress(KeyboardInterrupt):
        server.run()


def _or_say_why_not(settings: Settings) -> None:
    """End in plain words when nobody can listen there, before anything is started."""
    try:
        for *kind, _, address in socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM):
            with socket.socket(*kind) as there:
                if sys.platform != "win32":
                    there.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                there.bind(address)
    except OSError as error:
        kind_of = "taken" if error.errno == errno.EADDRINUSE else "closed"
        for language in ("da", "en"):
            say = words(language)
            typer.echo(say(f"shared.start.{kind_of}", host=settings.host, port=settings.port), err=True)
        sys.exit(1)


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
    here = f"http://localhost:{parts.settings.port}"
    urls = parts.addresses.base_urls()
    typer.echo("")
    typer.echo("Trivselstavlen")
    typer.echo(f"  Tovholder / facilitator   {here}/desk")
    for url in urls:
        typer.echo(f"  Deltagere / participants  {url}")
    link = await parts.accounts.first_link()
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


async def examine(settings: Settings) -> int:
    """Print the health lines; 1 if something is red."""
    await prepare(settings)
    app = create_app(settings)
    found = await findings(app.parts)
    say = words("da")
    for finding in found:
        typer.echo(f"{finding.level:5} {say(f'shared.health.{finding.id}.{finding.level}')}")
    await app.parts.database.close()
    return int(any(finding.level == "red" for finding in found))
