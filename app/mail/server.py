"""The mail server and the sender, from the settings. Pure: no socket, no clock."""

import ipaddress
import re
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit

_PORTS = {"smtp": 587, "smtps": 465}
#: A mailbox we send to: dots and letters of any script; no comments, routes or quotes.
_LOCAL = re.compile(r"[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*", re.UNICODE)
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")


class NoAddress(ValueError):
    """It is no mail server, or no address."""


@dataclass(frozen=True)
class MailServer:
    """Where mails are handed in. `wrapped`: encrypted from the first byte, else from STARTTLS on."""

    host: str
    port: int
    wrapped: bool
    user: str = ""
    password: str = ""

    @property
    def here(self) -> bool:
        """X28: on this machine nobody can listen in, and there is often no certificate."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


def server_of(url: str) -> MailServer:
    """The server of `smtp(s)://[user:password@]host[:port]`. Raises `NoAddress`."""
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname or "", parts.port
        name = host if ":" in host else host.encode("idna").decode()
        ok = bool(ipaddress.IPv6Address(host)) if ":" in host else bool(_HOST.fullmatch(name))
    except ValueError:  # UnicodeError too
        raise NoAddress from None
    rest = parts.path not in ("", "/") or parts.query or parts.fragment
    half = bool(parts.username) != bool(parts.password)
    if parts.scheme not in _PORTS or not ok or rest or port == 0 or half:
        raise NoAddress
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return MailServer(name, port or _PORTS[parts.scheme], parts.scheme == "smtps", user, password)


def mailbox(name: str, email: str) -> Address:
    """A name and an address, safe for use in a header. Raises `NoAddress`."""
    local, at, domain = email.strip().rpartition("@")
    try:
        spelt = domain.encode("idna").decode()
    except UnicodeError:
        raise NoAddress from None
    if not at or not _LOCAL.fullmatch(local) or not _HOST.fullmatch(spelt) or len(email) > 254:
        raise NoAddress
    try:
        return Address(" ".join(name.split()), local, spelt.lower())
    except (MessageError, ValueError):
        raise NoAddress from None


def sender_of(text: str) -> Address:
    """`tavle@firma.dk` or `Trivselstavlen <tavle@firma.dk>`. Raises `NoAddress`."""
    if any(ord(sign) < 32 for sign in text):
        raise NoAddress
    name, email = parseaddr(text.strip())
    return mailbox(name, email)
