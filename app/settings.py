"""The settings, read once from the environment (and `.env`). The README's table lists every one.

The allowed values are defined here; `operations/start_checks.py` explains what is wrong with one (G08).
"""

import ipaddress
import os
import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, AliasChoices, Field, model_validator
from pydantic.fields import FieldInfo
from pydantic_core import PydanticCustomError
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from app.mail.server import NoAddress, sender_of, server_of
from app.sign_on.issuer import is_issuer
from app.storage.database import sqlite_url

PREFIX = "TRIVSEL_"
#: The most bytes of a file that holds a setting.
FILE_LIMIT = 64 * 1024
_FOLDER = re.compile(r"(/[a-z0-9]+([._~-][a-z0-9]+)*)+")
#: The first segments of our own paths; a test compares them with the routes.
_OURS = frozenset(
    {
        "api",
        "assets",
        "calendar",
        "conversation",
        "desk",
        "favicon.ico",
        "gemmes",
        "healthz",
        "invitation",
        "invited",
        "j",
        "live",
        "metrics",
        "page",
        "password",
        "readyz",
        "robots.txt",
        "sign-on",
        "static",
        "stored",
        "summary",
        "t",
        "unsubscribe",
        "wall",
        "welcome",
    }
)


#: Settings that need others.
_NEEDS = {
    "smtp_url": ("mail_from", "base_url"),
    "mail_from": ("smtp_url",),
    "oidc_issuer": ("oidc_client_id", "base_url"),
    "oidc_client_id": ("oidc_issuer",),
    "oidc_client_secret": ("oidc_issuer",),
    "oidc_name": ("oidc_issuer",),
}


class BadSetting(Exception):
    """A setting cannot be read at all: `code` says why (a text under `shared.start.setting.`)."""

    def __init__(self, code: str, variable: str, value: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.variable = variable
        self.value = value


def _address(text: str) -> str:
    """`http(s)://host[:port][/folder]`: used in QR codes, and to check Host and Origin."""
    text = text.strip()
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        port, host = parts.port, parts.hostname or ""
        # Browsers send a name with æ, ø or å in its encoded spelling.
        name = f"[{ipaddress.IPv6Address(host)}]" if ":" in host else host.encode("idna").decode()
    except ValueError:  # UnicodeError too
        raise _bad("base_url") from None
    folder = parts.path.rstrip("/")
    rest = parts.username is not None or parts.query or parts.fragment or not _is_folder(folder)
    if parts.scheme not in ("http", "https") or rest or port == 0 or not _is_host(name):
        raise _bad("base_url")
    return f"{parts.scheme}://{name}" + ("" if port is None else f":{port}") + folder


def _is_host(name: str) -> bool:
    if name.startswith("["):
        return True
    known = all(c.isascii() and (c.isalnum() or c in "-._") for c in name)
    if not name or not known or name.startswith((".", "-")) or ".." in name:
        return False
    if all(c.isdigit() or c == "." for c in name):
        # A numeric host must be a complete address, and one that can be connected to.
        try:
            return not ipaddress.IPv4Address(name).is_unspecified
        except ValueError:
            return False
    return True


def _is_folder(path: str) -> bool:
    """Whether the path is a folder: lower case, as people type it, and none of our own paths."""
    return not path or (bool(_FOLDER.fullmatch(path)) and path.split("/")[1] not in _OURS)


def _database(text: str) -> str:
    """A PostgreSQL address, in any spelling that hosting providers use, converted for our driver."""
    text = text.strip()
    if not text:
        return ""
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise _bad("database_url") from None
    if url.drivername == "sqlite+aiosqlite":
        return text
    if url.drivername.partition("+")[0] not in ("postgres", "postgresql") or not url.database:
        raise _bad("database_url")
    if (mode := url.query.get("sslmode")) is not None:
        url = url.difference_update_query(["sslmode"]).update_query_dict({"ssl": mode})
    return url.set(drivername="postgresql+asyncpg").render_as_string(hide_password=False)


def _proxies(text: str) -> str:
    for proxy in _split(text):
        try:
            ipaddress.ip_network(proxy, strict=False)
        except ValueError:
            raise _bad("trusted_proxies") from None
    return text


def _token(text: str) -> str:
    """It is used over the network, so it must not be guessable, and in a header."""
    if text and not (len(text) >= 16 and text.isascii() and text.isprintable() and " " not in text):
        raise _bad("metrics_token")
    return text


def _mail_server(text: str) -> str:
    """X28: only this setting decides where mails go."""
    try:
        _ = text.strip() and server_of(text)
    except NoAddress:
        raise _bad("smtp_url") from None
    return text.strip()


def _mail_from(text: str) -> str:
    try:
        _ = text.strip() and sender_of(text)
    except NoAddress:
        raise _bad("mail_from") from None
    return text.strip()


def _issuer(text: str) -> str:
    """X28: only this setting decides which provider is asked, exactly as the provider spells its issuer."""
    if text.strip() and not is_issuer(text.strip()):
        raise _bad("oidc_issuer")
    return text.strip()


def _bad(code: str) -> PydanticCustomError:
    return PydanticCustomError(code, "it is not what it should be")


class Settings(BaseSettings):
    """How this server runs. Every name may also be given with `_FILE` as a path to a file that holds it."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=".env",
        # `NAME=${NAME:-}` in a compose file means: not set.
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    #: The address to listen on; 0.0.0.0 lets phones on the same network in.
    host: str = Field("0.0.0.0", validation_alias=AliasChoices("TRIVSEL_HOST", "HOST"))  # noqa: S104
    #: The port to listen on.
    port: int = Field(8000, ge=1, le=65535, validation_alias=AliasChoices("TRIVSEL_PORT", "PORT"))
    #: The folder that holds everything: the database file and the key.
    data: Path = Path("data")
    #: A PostgreSQL address instead of the file, such as postgresql+asyncpg://user@host/name.
    database_url: Annotated[str, AfterValidator(_database)] = ""
    #: The address in the QR code and in links; defaults to this machine's LAN address.
    base_url: Annotated[str, AfterValidator(_address)] = ""
    #: The server's secret, when several processes must share it; empty keeps one in the data folder.
    secret: str = ""
    #: Addresses of proxies whose X-Forwarded-* headers count, separated by commas.
    trusted_proxies: Annotated[str, AfterValidator(_proxies)] = ""
    #: Notes a second that one room, and one address in it, stores; 0: as many as 250 people write.
    notes_per_second: float = Field(0, ge=0, le=100_000)
    #: Messages in ten seconds that one phone may send.
    messages_per_10s: int = Field(30, ge=1, le=100_000)
    #: Seconds that traces of writing may stay before they are cleaned up; a minute at most is promised (A6).
    scrub_wait: float = Field(20, ge=0, le=50)
    #: For how many days the daily backups are kept, in the data folder; 0: none are made (A7).
    backup_days: int = Field(30, ge=0, le=3650)
    #: A port where Prometheus gets metrics without a token; 0: none.
    metrics_port: int = Field(0, ge=0, le=65535)
    #: The address to listen on for that port.
    metrics_host: str = "127.0.0.1"
    #: Clients that send this token get the same metrics at /metrics; empty: nobody does.
    metrics_token: Annotated[str, AfterValidator(_token)] = ""
    #: The mail server, such as smtp://user:password@smtp.company.com:587; empty: none are sent.
    smtp_url: Annotated[str, AfterValidator(_mail_server)] = ""
    #: Whom mails come from, such as Trivselstavlen <board@company.com>.
    mail_from: Annotated[str, AfterValidator(_mail_from)] = ""
    #: The OpenID Connect provider by which people may sign in, as it calls itself; empty: there is none.
    oidc_issuer: Annotated[str, AfterValidator(_issuer)] = ""
    #: What this server is called there.
    oidc_client_id: str = ""
    #: Its secret there; empty where it has none.
    oidc_client_secret: str = ""
    #: The provider's name, on the button.
    oidc_name: str = Field("", max_length=40)
    #: "json" for logs that machines read, "text" for people.
    log: Literal["text", "json"] = "text"

    @model_validator(mode="after")
    def _whole(self) -> Self:
        """Check settings that need others: mails and providers need an address that leads back here."""
        for field, others in _NEEDS.items():
            missing = [other for other in others if not getattr(self, other)]
            if getattr(self, field) and missing:
                raise BadSetting("needs", variable_of(field), variable_of(missing[0]))
        return self

    @cached_property
    def database(self) -> str:
        """The database's address."""
        return self.database_url or sqlite_url(self.data / "trivselstavlen.sqlite3")

    @property
    def watched(self) -> bool:
        """Whether metrics are served at all."""
        return bool(self.metrics_port or self.metrics_token)

    @cached_property
    def backups(self) -> Path:
        """The folder of daily copies, and of those made from the desk."""
        return self.data / "backups"

    @cached_property
    def proxies(self) -> list[str]:
        """The proxies' addresses."""
        return _split(self.trusted_proxies)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before `.env`, and in each the files that it names."""
        found: list[PydanticBaseSettingsSource] = [init_settings]
        for source in (env_settings, dotenv_settings):
            assert isinstance(source, EnvSettingsSource)
            found += [source, _Files(settings_cls, source.env_vars)]
        return (*found, file_secret_settings)


class _Files(PydanticBaseSettingsSource):
    """`TRIVSEL_<NAME>_FILE`, by which platforms pass secrets to containers; pydantic-settings does not read
    it.
    """

    def __init__(self, settings_cls: type[BaseSettings], given: Mapping[str, str | None]) -> None:
        super().__init__(settings_cls)
        self._given = given

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[Any, str, bool]:
        """(value or None, its key, False: no value is JSON)."""
        alias = field.validation_alias
        key = str(alias.choices[0]) if isinstance(alias, AliasChoices) else field_name
        variable = variable_of(field_name)
        path = self._given.get(f"{variable}_FILE".lower())
        if not path:
            return None, key, False
        if self._given.get(variable.lower()):
            raise BadSetting("both", variable)
        try:
            with Path(path).open("rb") as file:
                text = file.read(FILE_LIMIT + 1).decode()
        except (OSError, ValueError):  # includes UnicodeError, and invalid paths
            raise BadSetting("file", f"{variable}_FILE", path) from None
        if len(text) > FILE_LIMIT:
            raise BadSetting("file", f"{variable}_FILE", path)
        return text.strip(), key, False

    def __call__(self) -> dict[str, Any]:
        """What the files hold."""
        found = [self.get_field_value(field, name) for name, field in self.settings_cls.model_fields.items()]
        return {key: value for value, key, _ in found if value is not None}


def variable_of(field: str) -> str:
    """The environment's name of a setting."""
    return PREFIX + field.upper()


def unknown(names: Iterable[str]) -> list[tuple[str, str]]:
    """Unknown names that look like settings, each with the nearest real one, or ""."""
    known = [name.upper() + end for name in Settings.model_fields for end in ("", "_FILE")]
    given = {name.upper().removeprefix(PREFIX) for name in names if name.upper().startswith(PREFIX)}
    near = {name: next(iter(get_close_matches(name, known, 1, 0.7)), "") for name in given - set(known)}
    return [(PREFIX + name, meant and PREFIX + meant) for name, meant in sorted(near.items())]


def given_names() -> list[str]:
    """Every name in the environment and in `.env`."""
    from dotenv import dotenv_values

    path = Settings.model_config.get("env_file")
    return [*os.environ, *(dotenv_values(str(path)) if path else ())]


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]
