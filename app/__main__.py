"""The command line `trivsel`: serve, demo, doctor, rotate-key, backup, restore, types."""

import asyncio
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated

import typer

from app import logs
from app.operations.start_checks import in_plain_words, read_settings
from app.settings import Settings

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="Trivselstavlen")


@cli.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Serve, unless a command is given."""
    if context.invoked_subcommand is None:
        serve()


@contextmanager
def _settings() -> Iterator[Settings]:
    """The settings; what goes wrong with them or with the storage ends in one sentence (F13)."""
    with in_plain_words():
        settings = read_settings()
    with in_plain_words(settings):
        yield settings


@cli.command()
def serve() -> None:
    """Start the server; prints the addresses and, the first time, the link that makes the first account."""
    from app.operations.serving import run

    with _settings() as settings:
        logs.configure(settings.log)
        run(settings)


@cli.command()
def demo() -> None:
    """Start the server with a workshop full of notes, and twelve phones that keep writing."""
    from app.operations.demo import run

    with _settings() as settings:
        logs.configure(settings.log)
        run(settings)


@cli.command()
def doctor() -> None:
    """Report the state of this installation; exits with 1 if something is red."""
    from app.monitoring.doctor import examine

    with _settings() as settings:
        logs.configure(settings.log)
        sys.exit(asyncio.run(examine(settings)))


@cli.command()
def rotate_key() -> None:
    """Replace the key by a new one. The server must be stopped.

    Phones have to join again, and QR codes that were printed or shown stop working. Accounts, screens,
    summaries and everything written stay.
    """
    from app.monitoring.doctor import renew_key

    with _settings() as settings:
        renew_key(settings)


@cli.command()
def backup(to: Annotated[Path, typer.Argument(help="the file to write")]) -> None:
    """Write everything that rooms were shown into one file; what is still open is in no copy (A7)."""
    from app.operations.backups import backup_to

    with _settings() as settings:
        sys.exit(backup_to(settings, to))


@cli.command()
def restore(source: Annotated[Path, typer.Argument(help="the copy to put back")]) -> None:
    """Put a copy back; what was there is kept next to it, and nobody is signed in afterwards."""
    from app.operations.backups import restore_from

    with _settings() as settings:
        sys.exit(restore_from(settings, source))


@cli.command()
def types() -> None:
    """Write the document that the front end's types are made from."""
    from app.contract.openapi import document

    sys.stdout.buffer.write(document())


def main() -> None:
    """The entry point of `trivsel`."""
    # X42: new files are for this user only.
    os.umask(0o077)
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot draw the QR code is no reason not to start.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")
    cli()


if __name__ == "__main__":
    main()
