"""Where this server is reached, and which Host and Origin are its own (X3b)."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from itertools import chain
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import psutil

from app.limits import SECOND, Clock

#: How long the machine's addresses are cached: a laptop changes networks during a day.
KNOWN_FOR = 10 * SECOND
_DEFAULT_PORTS = {"http": 80, "https": 443}
_LOCAL_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
#: Settings of the address to listen on that mean all of them.
_EVERYWHERE = frozenset({"", "0.0.0.0", "::"})  # noqa: S104
#: Files by which container engines mark a container.
_CONTAINED = (Path("/.dockerenv"), Path("/run/.containerenv"), Path("/var/run/secrets/kubernetes.io"))
#: Docker's own bridge, reachable from this machine only.
_BRIDGE = ipaddress.ip_network("172.17.0.0/16")
#: Networks that containers get addresses from. Offices use them too, so this counts only in a container.
_OF_CONTAINERS = tuple(ipaddress.ip_network(net) for net in ("172.16.0.0/12", "10.0.0.0/8"))

#: Why phones probably cannot reach the address in the QR code (G07): it is this machine's own, or a
#: container's.
Doubt = Literal["local", "container"]


def machine_addresses() -> list[str]:
    """The IPv4 and IPv6 addresses of this machine's interfaces, that of the default route first."""
    internet = (socket.AF_INET, socket.AF_INET6)
    interfaces = chain.from_iterable(psutil.net_if_addrs().values())
    of_interfaces = [each.address for each in interfaces if each.family in internet]
    found = [_towards(socket.AF_INET, "192.0.2.1"), *of_interfaces, _towards(socket.AF_INET6, "2001:db8::1")]
    usable = [a for a in found if a and not ipaddress.ip_address(a.partition("%")[0]).is_link_local]
    return list(dict.fromkeys(usable))


def _towards(family: socket.AddressFamily, outside: str) -> str:
    """The address the machine would send from. Connecting UDP sends nothing."""
    with socket.socket(family, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect((outside, 9))
        except OSError:
            return ""
        return str(probe.getsockname()[0])


def in_container() -> bool:
    """Whether this process seems to run in a container, with a network of its own."""
    return any(path.exists() for path in _CONTAINED)


class Addresses:
    """The base URL in force, and the answer to "is this Host, is this Origin one of ours"."""

    def __init__(
        self,
        base_url: str | None,
        port: int,
        clock: Clock,
        machine: Callable[[], Sequence[str]] = machine_addresses,
        *,
        listens: str = "",
        contained: Callable[[], bool] = in_container,
    ) -> None:
        self._setting = base_url.rstrip("/") if base_url else None
        self._port = port
        self._clock = clock
        self._machine = machine
        self._listens = listens
        self._contained = contained
        self._known: tuple[int, tuple[str, ...]] | None = None

    @property
    def https(self) -> bool:
        """Whether the mode is https, which only the base URL can say (X3b)."""
        return self._setting is not None and self._setting.startswith("https://")

    @property
    def folder(self) -> str:
        """What the base URL ends in, such as `/trivsel`; mostly nothing."""
        return urlsplit(self._setting).path if self._setting else ""

    def base_url(self, chosen: str | None = None) -> str:
        """The setting, else what was chosen if the machine still has it, else the default route's."""
        urls = self.base_urls()
        return chosen if chosen in urls else urls[0]

    def base_urls(self) -> list[str]:
        """The base URLs to choose from, the default first; localhost only if there is no other."""
        if self._setting:
            return [self._setting]
        outside = [a for a in self._addresses() if ":" not in a and not ipaddress.ip_address(a).is_loopback]
        heard = [a for a in outside if self._listens in _EVERYWHERE or a == self._listens]
        return [self._url(address) for address in heard] or [self._url("127.0.0.1")]

    def doubt(self) -> Doubt | None:
        """G07, G08: why phones probably cannot reach the address in the QR code, or None."""
        name = urlsplit(self.base_url()).hostname or ""
        address = _address(name)
        if name == "localhost" or (address is not None and address.is_loopback):
            return "local"
        if self._setting is not None or address is None:
            # Somebody set it, and there may be any proxy in front of the server.
            return None
        nets = (_BRIDGE, *_OF_CONTAINERS) if self._contained() else (_BRIDGE,)
        return "container" if any(address in net for net in nets) else None

    def host_accepted(self, host: str | None) -> bool:
        """Whether a Host header names this server. Another name on our address is rebinding (X3b)."""
        name = _host_name(host)
        if name is None:
            return False
        if name in _LOCAL_NAMES or name in self._addresses():
            return True
        return self._setting is not None and name == urlsplit(self._setting).hostname

    def origin_allowed(self, origin: str | None, host: str | None) -> bool:
        """B8: the Origin is exactly the Host that was asked, and the Host is ours."""
        if origin is None or host is None or not self.host_accepted(host):
            return False
        scheme, _, netloc = origin.partition("://")
        default = _DEFAULT_PORTS.get(scheme)
        name = _host_name(netloc)
        if default is None or name is None or name != _host_name(host):
            return False
        if self.https and scheme != "https" and name == urlsplit(self._setting).hostname:
            return False
        return (_host_port(netloc) or default) == (_host_port(host) or default)

    def _url(self, address: str) -> str:
        return f"http://{address}" if self._port == 80 else f"http://{address}:{self._port}"

    def _addresses(self) -> tuple[str, ...]:
        now = self._clock()
        if self._known is None or now - self._known[0] > KNOWN_FOR:
            self._known = (now, tuple(self._machine()))
        return self._known[1]


def _address(name: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(name)
    except ValueError:
        return None


def _host_name(host: str | None) -> str | None:
    if not host or any(c in host for c in "/@?#\\ ") or len(host) > 255:
        return None
    try:
        parts = urlsplit(f"//{host}")
        _ = parts.port
    except ValueError:
        return None
    return parts.hostname


def _host_port(host: str) -> int | None:
    return urlsplit(f"//{host}").port
