"""Which addresses of a provider may be requested at all (X28). Pure."""

import ipaddress
from urllib.parse import urlsplit


def is_safe(url: str, *, open_here: bool = False) -> bool:
    """An https address; with `open_here` also an http one of this machine, for tests."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username is not None or parts.fragment or any(sign <= " " for sign in url):
        return False
    return parts.scheme == "https" or (open_here and parts.scheme == "http" and _is_here(host))


def is_issuer(text: str) -> bool:
    """What may be set: the issuer exactly as the provider spells it."""
    return is_safe(text, open_here=True) and "?" not in text


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
