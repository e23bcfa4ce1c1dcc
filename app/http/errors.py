"""HTTP error responses: {code, text, id}, in the client's language, without a word of the input (X29)."""

import secrets
from collections.abc import Callable, Coroutine
from html import escape
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException

from app.faults import Unreadable, fault_code, object_in
from app.http.folder import path_in
from app.locales import FALLBACK, Words, languages, words
from app.storage.trouble import STORAGE, trouble

log = structlog.get_logger(__name__)

#: What a problem is called when only its status is known.
_BY_STATUS = {400: "bad_request", 403: "role", 404: "unknown", 405: "method", 413: "too_big"}
#: F13: the status, and the seconds after which another try may help.
_TROUBLE = {"full": 507, "busy": 503, "storage": 503}
_AGAIN = {"full": 5.0, "busy": 1.0, "storage": 5.0}


class Problem(HTTPException):
    """A refusal on HTTP: a status and a code; the text is in the locales under `refused.<code>`."""

    def __init__(self, status: int, code: str, retry_after: float | None = None) -> None:
        super().__init__(status, code)
        self.code = code
        self.retry_after = retry_after


class Body(BaseModel):
    """What an unsafe request carries. Unknown fields and near-misses of a type are refused (X21)."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _StrictRequest(Request):
    async def json(self) -> dict[str, Any]:
        try:
            return object_in(await self.body())
        except Unreadable as fault:
            raise Problem(422, fault.code) from None


class StrictRoute(APIRoute):
    """A route whose JSON is read strictly. Give it to every APIRouter as `route_class`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Hand FastAPI a request that reads JSON our way."""
        handle = super().get_route_handler()

        async def strict(request: Request) -> Response:
            return await handle(_StrictRequest(request.scope, request.receive))

        return strict


def words_for(accept_language: str | None) -> Words:
    """The texts of the first language asked for that we have; Danish otherwise."""
    for part in (accept_language or "").split(",")[:10]:
        name = part.partition(";")[0].strip().lower().partition("-")[0]
        if name in languages():
            return words(name)
    return words(FALLBACK)


def answer(code: str, status: int, accept_language: str | None, retry_after: float | None = None) -> Response:
    """The one shape of every refusal. The id is also in the log, so that somebody can ask about it."""
    return _answered(_said(code, accept_language, retry_after), code, status, retry_after)


def _said(code: str, accept_language: str | None, retry_after: float | None) -> str:
    say = words_for(accept_language)
    try:
        return say(f"refused.{code}", seconds=int(retry_after or 0) + 1)
    except KeyError:
        return say("refused.other")


def _answered(text: str, code: str, status: int, retry_after: float | None) -> Response:
    id = secrets.token_hex(4)
    log.info("refused", code=code, status=status, id=id)
    body: dict[str, object] = {"code": code, "text": text, "id": id}
    headers = {"Cache-Control": "no-store"}
    if retry_after is not None:
        body["retry_after"] = round(retry_after, 1)
        headers["Retry-After"] = str(int(retry_after) + 1)
    return JSONResponse(body, status, headers)


def wants_page(path: str, accept: str | None) -> bool:
    """Whether a person will see the answer: then it is a page, not JSON."""
    return "text/html" in (accept or "") and not path.startswith(("/api/", "/live/", "/assets/"))


def friendly_page(say: Words, title: str, text: str, status: int, folder: str = "") -> Response:
    """A page for an invalid link: what the product is, and where to go instead."""
    back = f'<p><a href="{folder}/">{escape(say("page.to_the_front"))}</a></p>'
    return _page(say, title, text, back, status, folder)


def asking_page(say: Words, title: str, text: str, yes: str, folder: str = "") -> Response:
    """A page with one button, which posts to its own address: opening it changes nothing (X2)."""
    button = f'<form method="post"><button>{escape(yes)}</button></form>'
    return _page(say, title, text, button, 200, folder)


def _page(say: Words, title: str, text: str, below: str, status: int, folder: str) -> Response:
    page = (
        f'<!doctype html><html lang="{say.language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)}</title><link rel="stylesheet" href="{folder}/page/page.css"></head>'
        f"<body><main><h1>{escape(title)}</h1><p>{escape(text)}</p>{below}</main></body></html>"
    )
    return HTMLResponse(page, status, {"Cache-Control": "no-store"})


def refusal(request: Request, code: str, status: int, retry_after: float | None = None) -> Response:
    """A refusal as a page or as JSON, whichever the client can read."""
    language = request.headers.get("accept-language")
    if wants_page(path_in(request.scope), request.headers.get("accept")):
        say = words_for(language)
        known = {404: "page.not_found", 410: "page.no_longer"}.get(status, "page.went_wrong")
        folder = request.scope.get("root_path", "")
        return friendly_page(say, say(f"{known}.title"), say(f"{known}.text"), status, folder)
    return answer(code, status, language, retry_after)


def install(app: FastAPI) -> None:
    """Replace FastAPI's own answers, which repeat what was sent."""

    async def http(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, HTTPException)
        if isinstance(fault, Problem):
            return refusal(request, fault.code, fault.status_code, fault.retry_after)
        return refusal(request, _BY_STATUS.get(fault.status_code, "other"), fault.status_code)

    async def invalid(request: Request, fault: Exception) -> Response:
        assert isinstance(fault, RequestValidationError)
        faults = fault.errors()
        # FastAPI misses a body where none was sent as JSON.
        bodiless = faults[0]["type"] == "missing" and tuple(faults[0]["loc"]) == ("body",)
        return refusal(request, "not_object" if bodiless else fault_code(faults), 422)

    async def unstored(request: Request, fault: Exception) -> Response:
        """F13: a full disk, a locked file, an unreachable database: each has its own refusal."""
        code = trouble(fault)
        if code is None:
            raise fault
        log.warning("not stored", code=code, route=getattr(request.scope.get("route"), "path", "none"))
        return refusal(request, code, _TROUBLE[code], _AGAIN[code])

    async def broken(request: Request, _fault: Exception) -> Response:
        # Answered here, and logged by `Safety`, which gets the exception next.
        return refusal(request, "broken", 500)

    app.add_exception_handler(Exception, broken)
    for storage in STORAGE:
        app.add_exception_handler(storage, unstored)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(RequestValidationError, invalid)
