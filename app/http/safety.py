"""Checks the Host, origin and size of every HTTP request, and sets the headers of every answer (X5, X27).

Pure ASGI, so that it holds for pages, API and streams alike. WebSockets pass through with the client's true
address; their handshake asks `Addresses.origin_allowed` itself.
"""

import asyncio
import ipaddress
import re
import time
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any, cast

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from app.http.addresses import Addresses
from app.http.errors import refusal
from app.http.folder import InFolder, path_in
from app.limits import address_hash
from app.logs import trace_of
from app.memory import Comings
from app.turnstile import Turnstile

log = structlog.get_logger(__name__)

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
BODY_LIMIT = 64 * 1024
#: For the import of a process (B70) and for a logo (X26); nothing else is as large.
FILE_LIMIT = 4 * 1024 * 1024
FILE_PATH = re.compile(r"/api/companies/[^/]+/(file|logo)")
#: RFC 8058: a mail program unsubscribes by posting a form, without origin or cookie. The token in the path
#: alone decides what it may do, so there is nothing to forge.
ONE_TAP = re.compile(r"/unsubscribe/[^/]+")
HEADER_LIMIT = 32 * 1024
#: How long a body may trickle in before its connection is closed.
BODY_SECONDS = 15
#: How many requests may begin, or continue their answer, in one turn of the event loop (F11).
EACH_TURN = 1
#: How much of an answer is written at once, in bytes: unread data is work too.
PIECE = 16 * 1024

CONTENT_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types svelte-trusted-html"
)
#: U7: the desk shows a small picture of the wall: the wall's own page, framed by a page of ours.
FRAMING_POLICY = f"{CONTENT_POLICY}; frame-src 'self'"
FRAMED_POLICY = CONTENT_POLICY.replace("frame-ancestors 'none'", "frame-ancestors 'self'")
_OFF = (
    "accelerometer", "browsing-topics", "camera", "display-capture", "geolocation", "gyroscope",
    "hid", "idle-detection", "local-fonts", "magnetometer", "microphone", "midi", "payment",
    "picture-in-picture", "publickey-credentials-create", "publickey-credentials-get", "serial",
    "storage-access", "usb", "window-management", "xr-spatial-tracking",
)  # fmt: skip
_ON = ("fullscreen", "screen-wake-lock")
PERMISSIONS_POLICY = ", ".join([*(f"{name}=()" for name in _OFF), *(f"{name}=(self)" for name in _ON)])

SAFE_HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": PERMISSIONS_POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
STRICT_TRANSPORT = "max-age=31536000"


class Safety:
    """The outermost layer. Give it the app; serve the returned one."""

    def __init__(
        self,
        app: ASGIApp,
        addresses: Addresses,
        trusted_proxies: Iterable[str] = (),
        timed: Callable[[str, float], None] = lambda _outcome, _seconds: None,
    ) -> None:
        self._app = app
        self._addresses = addresses
        self._turnstile = Turnstile(EACH_TURN)
        #: Told of each answer once it begins: its kind, such as 2xx, and the seconds until then.
        self._timed = timed
        self._comings = Comings()
        # X29: the address and scheme that a proxy reports count only if the proxy is a configured one.
        proxies = [str(ipaddress.ip_network(proxy, strict=False)) for proxy in trusted_proxies]
        # Starlette and uvicorn give the same ASGI different types.
        self._front: Any = ProxyHeadersMiddleware(cast("Any", self._behind_proxies), proxies)
        folder, front = addresses.folder, cast("ASGIApp", self._front)
        self._entry = InFolder(front, folder) if folder else front
        # HSTS only if the base URL is https: on a LAN without a certificate it would lock people out.
        self._headers = SAFE_HEADERS | (
            {"Strict-Transport-Security": STRICT_TRANSPORT} if addresses.https else {}
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let one request through, or refuse it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        self._comings.one()
        await self._entry(scope, receive, send)

    async def _behind_proxies(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            client = scope.get("client")
            address = address_hash(client[0] if client else "")
            await self._turnstile.enter(address)
            await self._http(scope, receive, partial(self._send, send, address))
        else:
            await self._app(scope, receive, send)

    async def _send(self, send: Send, address: str, message: Message) -> None:
        """Write an answer; a long one in pieces, so that others get a turn in between."""
        body = message.get("body", b"")
        begin = 0
        while len(body) - begin > PIECE:
            await send({**message, "body": body[begin : begin + PIECE], "more_body": True})
            await self._turnstile.enter(address)
            begin += PIECE
        await send({**message, "body": body[begin:]} if begin else message)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun = False
        came = time.perf_counter()

        async def send_safely(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                self._timed(f"{message['status'] // 100}xx", time.perf_counter() - came)
                self._dress(message, path_in(scope))
            await send(message)

        request = Request(scope, receive)
        try:
            refused = self._refused(scope, request.headers)
            body = None
            if refused is None and scope["method"] not in SAFE_METHODS:
                most = FILE_LIMIT if FILE_PATH.fullmatch(path_in(scope)) else BODY_LIMIT
                body, refused = await _read_body(receive, request.headers, most)
            if refused is not None:
                answer = refusal(request, refused[1], refused[0])
                if refused[0] == 408:
                    # F11: a body that trickles in would hold its connection even after the answer.
                    answer.headers["Connection"] = "close"
                await answer(scope, receive, send_safely)
                return
            await self._app(scope, receive if body is None else _again(body, receive), send_safely)
        except Exception as fault:  # noqa: BLE001 - the answer must not tell what it was
            # Not log.exception: a message, or worse the variables, would go into the log.
            log.error(  # noqa: TRY400
                "unexpected", route=_template(scope), trace=trace_of(fault)
            )
            # Not raised again: the server below would print it. It cuts off half an answer by itself.
            if not begun:
                await refusal(request, "broken", 500)(scope, receive, send_safely)

    def _refused(self, scope: Scope, headers: Headers) -> tuple[int, str] | None:
        """Why this request goes no further: (status, code)."""
        if sum(len(name) + len(value) for name, value in scope["headers"]) > HEADER_LIMIT:
            return 431, "too_large_head"
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._addresses.host_accepted(hosts[0]):
            return 400, "host"
        if scope["method"] in SAFE_METHODS or ONE_TAP.fullmatch(path_in(scope)):
            return None
        return self._forged(hosts[0], headers)

    def _forged(self, host: str, headers: Headers) -> tuple[int, str] | None:
        """X5: unsafe requests must come from our own page and be JSON."""
        site = headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            return 403, "origin"
        # Plain http sends no Sec-Fetch-Site, which would not show rebinding anyway: the Origin does.
        origin = headers.get("origin")
        if (site is None or origin is not None) and not self._addresses.origin_allowed(origin, host):
            return 403, "origin"
        has_body = headers.get("content-length", "0") != "0" or "transfer-encoding" in headers
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json" and (has_body or kind):
            return 403, "not_json"
        return None

    def _dress(self, message: Message, path: str) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers.setdefault(name, value)
        if path.startswith(("/api/", "/live/")):
            headers.setdefault("Cache-Control", "no-store")

    def trusted(self, address: str) -> bool:
        """Whether it is a configured proxy, which many clients share."""
        return address in self._front.trusted_hosts


async def _read_body(receive: Receive, headers: Headers, most: int) -> tuple[bytes, tuple[int, str] | None]:
    """The whole body, read before anything is done, or why not."""
    length = headers.get("content-length", "0")
    if not length.isdecimal():
        return b"", (400, "bad_request")
    if int(length[:12]) > most:
        return b"", (413, "too_big")
    chunks: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(BODY_SECONDS):
            while True:
                message = await receive()
                if message["type"] == "http.disconnect":
                    return b"", (400, "bad_request")
                chunks.append(message.get("body", b""))
                size += len(chunks[-1])
                if size > most:
                    return b"", (413, "too_big")
                if not message.get("more_body"):
                    return b"".join(chunks), None
    except TimeoutError:
        return b"", (408, "slow")


def _again(body: bytes, receive: Receive) -> Receive:
    """Replay the body as if it had just arrived; after it only the disconnect can follow."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay


def _template(scope: Scope) -> str:
    """The route's template: a path itself may hold a code (A9)."""
    return str(getattr(scope.get("route"), "path", "none"))
