"""The pages: four shells and their hashed files, read once at start and served from memory (X27, B38).

No URL leads to a look-up on disk, so no path can escape the folder.
"""

import asyncio
import gzip
import hashlib
import mimetypes
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from weakref import WeakKeyDictionary

import orjson
from fastapi import APIRouter, Request, Response
from fastapi.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from app.http.errors import friendly_page, refusal, words_for
from app.http.folder import path_in
from app.http.safety import FRAMED_POLICY, FRAMING_POLICY
from app.live.door import typed
from app.live.reception import Arrival, Shut

#: Their names contain a hash of their content.
FOR_GOOD = "public, max-age=31536000, immutable"
#: Revalidated on each request; answered with 304 if unchanged.
ALWAYS_ASK = "no-cache"
#: It holds a room's token, which is only for people in the room now.
NEVER_KEEP = "no-store"
#: The placeholder in the phone's page for the data sent with it.
ARRIVAL = b"</head>"
#: The prefix of every address in the build (`frontend/vite.config.ts`), replaced by the folder.
ROOT = b"/-root-/"
_PACKED = frozenset({".css", ".js", ".html", ".json", ".svg", ".txt"})
_TYPES = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".html": "text/html",
    ".woff2": "font/woff2",
    ".svg": "image/svg+xml",
}
#: U7: only the desk frames the wall's page.
_POLICIES = {"desk": FRAMING_POLICY, "wall": FRAMED_POLICY}
_OWN = Path(__file__).parent / "static"
#: A page, plain and compressed.
_Page = tuple[bytes, bytes]


@dataclass(frozen=True)
class File:
    """A file ready to send, and compressed if that saves anything."""

    body: bytes
    packs: bool
    type: str
    tag: str
    cache: str
    #: Its own content policy; empty: that of all answers.
    policy: str = ""

    @cached_property
    def packed(self) -> bytes | None:
        """Once somebody asks: to pack all three hundred would make every start wait."""
        packed = gzip.compress(self.body, 9, mtime=0) if self.packs else self.body
        return packed if len(packed) < len(self.body) else None

    def answer(self, request: Request) -> Response:
        """The file, or that it has not changed."""
        headers = {"Cache-Control": self.cache, "ETag": self.tag, "Vary": "Accept-Encoding"}
        if self.policy:
            headers["Content-Security-Policy"] = self.policy
        if self.tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        packs = "gzip" in request.headers.get("accept-encoding", "")
        if packs and self.packed is not None:
            return Response(self.packed, headers=headers | {"Content-Encoding": "gzip"}, media_type=self.type)
        return Response(self.body, headers=headers, media_type=self.type)


def read(path: Path, cache: str, policy: str = "", folder: str = "") -> File:
    """A file of ours, ready to be sent; `folder` is what all our addresses begin with."""
    body = path.read_bytes()
    if path.suffix in _PACKED:
        body = body.replace(ROOT, f"{folder}/".encode())
    kind = _TYPES.get(path.suffix) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    tag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
    return File(body, path.suffix in _PACKED, kind, tag, cache, policy)


class _Faces:
    """The files that a phone needs for an activity in a language, in addition to its page's own."""

    def __init__(self, web: Path, folder: str) -> None:
        self._folder = folder
        manifest, page = web / "manifest.json", web / "phone.html"
        built = orjson.loads(manifest.read_bytes()) if manifest.is_file() else {}
        self._chunks = built.get("phone", {})
        self._there = (
            set(re.findall(r"/(assets/[^\"]+)", page.read_text("utf-8"))) if page.is_file() else set()
        )

    def links(self, arrival: Arrival) -> Iterable[bytes]:
        """Preload links, so that they are fetched together with the page's own files."""
        words = f"virtual:words/phone/{arrival.language}"
        names = [f"{words}/phone"]
        if arrival.activity:
            names.append(f"{words}/{arrival.activity}.phone")
            face = f"src/activities/{arrival.activity}/Phone.svelte"
            # The most common first activity is in the page's own file, and needs no link.
            names += ["src/phone/later.ts", face] if face in self._chunks else []
        files: dict[str, None] = {}
        for name in names:
            self._gather(name, files)
        for file in files:
            kind = "stylesheet" if file.endswith(".css") else "modulepreload"
            yield f'<link rel="{kind}" crossorigin href="{self._folder}/{file}">'.encode()

    def _gather(self, name: str, files: dict[str, None]) -> None:
        chunk = self._chunks.get(name)
        if chunk is None or chunk["file"] in self._there or chunk["file"] in files:
            return
        files.update(dict.fromkeys([chunk["file"], *chunk.get("css", ())]))
        for each in chunk.get("imports", ()):
            self._gather(each, files)


class Pages:
    """Everything the front end's build made."""

    def __init__(self, web: Path, folder: str = "") -> None:
        self._folder = folder
        assets = web / "assets"
        self.files = {
            f"/assets/{path.relative_to(assets).as_posix()}": read(path, FOR_GOOD, folder=folder)
            for path in (assets.rglob("*") if assets.is_dir() else ())
            if path.is_file()
        }
        self.files |= {f"/page/{path.name}": read(path, ALWAYS_ASK) for path in _OWN.iterdir()}
        self._shells = {
            name: read(path, ALWAYS_ASK, _POLICIES.get(name, ""), folder)
            for name in ("phone", "wall", "desk", "conversation")
            if (path := web / f"{name}.html").is_file()
        }

        self._phone = _Faces(web, folder)
        #: Recent pages with data, each built and compressed once for all who arrive within a moment.
        self._arriving: WeakKeyDictionary[Arrival, asyncio.Future[_Page]] = WeakKeyDictionary()

    async def phone(self, request: Request, arrival: Arrival | Shut | None) -> Response:
        """The phone's page, with the room it leads to if that is known, or why it leads to none (U13)."""
        shell = self._shells.get("phone")
        if shell is None or arrival is None:
            return self.shell("phone", request)
        if isinstance(arrival, str):
            shut = f'<meta name="door" content="{arrival}">'.encode()
            body = shell.body.replace(ARRIVAL, shut + ARRIVAL, 1)
            return Response(body, headers={"Cache-Control": ALWAYS_ASK}, media_type=shell.type)
        page = self._arriving.get(arrival)
        if page is None:
            put_together = partial(self._with, shell.body, arrival)
            # Compressing takes milliseconds, and must not block the loop.
            page = asyncio.ensure_future(asyncio.to_thread(put_together))
            self._arriving[arrival] = page
        body, packed = await asyncio.shield(page)
        headers = {"Cache-Control": NEVER_KEEP, "Vary": "Accept-Encoding"}
        if "gzip" in request.headers.get("accept-encoding", ""):
            headers["Content-Encoding"] = "gzip"
            body = packed
        return Response(body, headers=headers, media_type=shell.type)

    def _with(self, page: bytes, arrival: Arrival) -> "_Page":
        # In JSON, the character that could end the element can be escaped.
        data = arrival.body.replace(b"<", b"\\u003c")
        head = b"".join(self._phone.links(arrival)) + b'<script type="application/json" id="arrival">'
        body = page.replace(ARRIVAL, head + data + b"</script>" + ARRIVAL, 1)
        return body, gzip.compress(body, 6, mtime=0)

    def shell(self, name: str, request: Request) -> Response:
        """One of the four pages."""
        found = self._shells.get(name)
        if found is not None:
            return found.answer(request)
        say = words_for(request.headers.get("accept-language"))
        return friendly_page(say, say("page.not_built.title"), say("page.not_built.text"), 503, self._folder)


class Files:
    """The build's files, answered before all routes.

    A file waiting for its reader holds nothing else meanwhile (F11).
    """

    def __init__(self, pages: Pages, app: ASGIApp) -> None:
        self._files = pages.files
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        asked = scope["type"] == "http" and scope["method"] in ("GET", "HEAD")
        if not asked or not path_in(scope).startswith(("/assets/", "/page/")):
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        # The path, decoded once; names that are not in the list do not exist (B38).
        found = self._files.get(path_in(scope))
        answer = found.answer(request) if found else refusal(request, "unknown", 404)
        await answer(scope, receive, send)


def crowd_routes(pages: Pages, arrive: Callable[[str], Awaitable[Arrival | Shut | None]]) -> APIRouter:
    """What a whole room requests at once. Include them first, so that no other route is tried before.

    `arrive` looks up what a scanned token leads to.
    """
    router = APIRouter(include_in_schema=False)

    @router.api_route("/J/{token}", methods=["GET", "HEAD"])
    @router.api_route("/j/{token}", methods=["GET", "HEAD"])
    async def scanned(request: Request, token: str) -> Response:
        return await pages.phone(request, await arrive(token) if request.method == "GET" else None)

    return router


def routes(pages: Pages) -> APIRouter:
    """The other routes of the pages. Include them last: `/{code}` matches everything left."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/robots.txt", methods=["GET", "HEAD"])
    async def robots() -> Response:
        return PlainTextResponse("User-agent: *\nDisallow: /\n")

    @router.api_route("/favicon.ico", methods=["GET", "HEAD"])
    async def icon(request: Request) -> Response:
        return pages.files["/page/favicon.svg"].answer(request)

    @router.api_route("/", methods=["GET", "HEAD"])
    async def front(request: Request) -> Response:
        return pages.shell("phone", request)

    @router.api_route("/desk", methods=["GET", "HEAD"])
    @router.api_route("/welcome", methods=["GET", "HEAD"])
    @router.api_route("/invited", methods=["GET", "HEAD"])
    @router.api_route("/sign-on", methods=["GET", "HEAD"])
    @router.api_route("/invitation", methods=["GET", "HEAD"])
    @router.api_route("/password", methods=["GET", "HEAD"])
    async def desk(request: Request) -> Response:
        return pages.shell("desk", request)

    @router.api_route("/wall", methods=["GET", "HEAD"])
    async def wall(request: Request) -> Response:
        return pages.shell("wall", request)

    @router.api_route("/conversation", methods=["GET", "HEAD"])
    async def conversation(request: Request) -> Response:
        # D2: the link's secret is behind the #, and never reaches the server.
        return pages.shell("conversation", request)

    @router.api_route("/{code}", methods=["GET", "HEAD"])
    async def typed_code(request: Request, code: str) -> Response:
        # X10: for people who type the code after the address, in any case.
        return pages.shell("phone", request) if typed(code) else refusal(request, "unknown", 404)

    return router
