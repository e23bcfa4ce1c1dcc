"""The settings, read once from the environment (and `.env`). The README's table lists every one."""

from functools import cached_property
from pathlib import Path

from pydantic import AliasChoices, Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.storage.database import sqlite_url


class Settings(BaseSettings):
    """How this server runs. Every name may also be given with `_FILE` as a path to a secret's file."""

    model_config = SettingsConfigDict(env_prefix="TRIVSEL_", env_file=".env", extra="ignore")

    #: The address to listen on; 0.0.0.0 lets phones on the same network in.
    host: str = Field("0.0.0.0", validation_alias=AliasChoices("HOST", "TRIVSEL_HOST"))  # noqa: S104
    #: The port to listen on.
    port: int = Field(8000, validation_alias=AliasChoices("PORT", "TRIVSEL_PORT"))
    #: The folder that holds everything: the database file and the key.
    data: Path = Path("data")
    #: A PostgreSQL address instead of the file, such as postgresql+asyncpg://user@host/name.
    database_url: str = ""
    #: The address in the QR code and in links; empty takes the machine's own on the network.
    base_url: str = ""
    #: The server's secret, when several processes must share it; empty keeps one in the data folder.
    secret: str = ""
    #: Addresses of proxies whose X-Forwarded-* headers count, separated by commas.
    trusted_proxies: str = ""
    #: Notes a second that one room, and one address in it, stores; 0: as many as 250 people write.
    notes_per_second: float = 0
    #: Messages in ten seconds that one phone may send.
    messages_per_10s: int = 30
    #: Seconds that traces of writing may stay before they are cleaned up; a minute at most is promised (A6).
    scrub_wait: float = 20
    #: "json" for logs that machines read, "text" for people.
    log: str = "text"

    @cached_property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or sqlite_url(self.data / "trivselstavlen.sqlite3")

    @cached_property
    def proxies(self) -> list[str]:
        """The proxies' addresses."""
        return [proxy.strip() for proxy in self.trusted_proxies.split(",") if proxy.strip()]
