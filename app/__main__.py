"""The command line `trivsel`: serve, demo, doctor, backup, restore, types."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer

from app import logs
from app.settings import Settings

cli = typer.Typer(add_completion=False, pretty_exceptions_enable=False, help="Trivselstavlen")


@cli.callback(invoke_without_command=True)
def start(context: typer.Context) -> None:
    """Serve, unless another word is given."""
    if context.invoked_subcommand is None:
        serve()


@cli.command()
def serve() -> None:
    """Start the server; prints the addresses and, the first time, the link that makes the first account."""
    from app.serving import run

    settings = Settings()
    logs.configure(settings.log)
    run(settings)


@cli.command()
def demo() -> None:
    """Start the server with a workshop full of notes, and twelve phones that go on writing."""
    from app.demo import run

    settings = Settings()
    logs.configure(settings.log)
    run(settings)


@cli.command()
def doctor() -> None:
    """Say how this installation stands; ends with 1 if something is red."""
    from app.serving import examine

    sys.exit(asyncio.run(examine(Settings())))


@cli.command()
def backup(to: Annotated[Path, typer.Argument(help="the file to write")]) -> None:
    """Write everything that rooms were shown into one file; what is still open is in no copy (A7)."""
    from app.backups import backup_to

    sys.exit(backup_to(Settings(), to))


@cli.command()
def restore(source: Annotated[Path, typer.Argument(help="the copy to put back")]) -> None:
    """Put a copy back; what was there is kept beside, and nobody is signed in afterwards."""
    from app.backups import restore_from

    sys.exit(restore_from(Settings(), source))


@cli.command()
def types() -> None:
    """Write the document that the front end's types are made from."""
    from app.schema import document

    sys.stdout.buffer.write(document())


def main() -> None:
    """The entry point of `trivsel`."""
    cli()


if __name__ == "__main__":
    main()
