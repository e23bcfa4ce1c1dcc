"""Signing in and out over HTTP, and making the first account."""

from typing import Annotated, NoReturn

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, StringConstraints

from app.access import Access, Asker, SignedIn
from app.accounts.service import Accounts, Refusal
from app.accounts.sessions import ABSOLUTE, NewSession
from app.engine.text import Line
from app.http.errors import Body, Problem, StrictRoute
from app.limits import DAY, SECOND, address_hash
from app.sign_on.keeping import COOKIE_LIFE

Token = Annotated[str, StringConstraints(min_length=1, max_length=200)]
#: Longer than any allowed password, so that a long one gets a proper refusal, not a validation error.
Password = Annotated[str, StringConstraints(max_length=1000)]
Email = Annotated[str, StringConstraints(max_length=254, pattern=r"^\s*[^\s@]+@[^\s@]+\s*$")]

#: The longest that browsers keep a cookie.
MARK_LIFE = 400 * DAY
SIGN_IN = "/api/session"
SIGN_ON = "/api/sign-on/back"

_STATUS = {
    "used": 410,
    "wrong_password": 401,
    "slow_down": 429,
    "email_taken": 409,
    "code_needed": 403,
    "wrong_code": 403,
}


class FirstAccount(Body):
    """The form of the person who opened the link printed at first start."""

    token: Token
    name: Line
    email: Email
    password: Password


class FirstLink(Body):
    """The link printed at first start, as it was opened in the browser."""

    token: Token


class Enter(Body):
    """The body that the page of a personal link posts."""

    token: Token


class SignIn(Body):
    """E-mail and password."""

    email: Email
    password: Password
    #: X1: what the phone shows, where the account has a second factor; asked for once the password is right.
    code: Annotated[str, StringConstraints(max_length=100)] = ""


class AccountSeen(BaseModel):
    """An account as its owner sees it. A member with a personal link has no e-mail."""

    id: str
    name: str
    email: str
    admin: bool
    by_link: bool
    may_begin: bool


class SignedInSeen(BaseModel):
    """The signed-in person."""

    account: AccountSeen


class SessionSeen(BaseModel):
    """One browser in which the account is signed in."""

    id: str
    used_at: int
    expires_at: int
    this: bool


class Cookie:
    """The session's cookie in the mode of the server: `__Host-` and Secure under https only (X3b).

    Under a path prefix it is limited to that path, which `__Host-` does not allow.
    """

    def __init__(self, *, https: bool, folder: str = "") -> None:
        whole = "__Secure-trivsel" if folder else "__Host-trivsel"
        self.name = whole if https else "trivsel"
        self._path = folder or "/"
        self._mark_path = folder + SIGN_IN
        self.mark_name = "__Secure-trivsel-known" if https else "trivsel-known"
        self.errand_name = "__Secure-trivsel-errand" if https else "trivsel-errand"
        self._errand_path = folder + SIGN_ON
        self._https = https

    def set(self, answer: Response, token: str) -> None:
        """Sign this browser in."""
        answer.set_cookie(
            self.name, token, max_age=ABSOLUTE // SECOND, path=self._path,
            secure=self._https, httponly=True, samesite="lax",
        )  # fmt: skip

    def set_mark(self, answer: Response, mark: str) -> None:
        """F7: what this browser is known by when it signs in again. It is sent to that route alone."""
        answer.set_cookie(
            self.mark_name, mark, max_age=MARK_LIFE // SECOND, path=self._mark_path,
            secure=self._https, httponly=True, samesite="strict",
        )  # fmt: skip

    def set_errand(self, answer: Response, errand: str) -> None:
        """X28: what this browser went to a provider for; only the page it returns to needs it."""
        answer.set_cookie(
            self.errand_name, errand, max_age=COOKIE_LIFE // SECOND, path=self._errand_path,
            secure=self._https, httponly=True, samesite="strict",
        )  # fmt: skip

    def clear_errand(self, answer: Response) -> None:
        """The browser has returned."""
        answer.delete_cookie(
            self.errand_name, path=self._errand_path,
            secure=self._https, httponly=True, samesite="strict",
        )  # fmt: skip

    def clear(self, answer: Response) -> None:
        """Sign this browser out."""
        answer.delete_cookie(self.name, path=self._path, secure=self._https, httponly=True, samesite="lax")


class CookieSessions:
    """Sessions for `access`, found by the request's cookie."""

    def __init__(self, accounts: Accounts, cookie: Cookie) -> None:
        self._accounts = accounts
        self._cookie = cookie

    async def find(self, request: Request) -> SignedIn | None:
        """Whose session cookie the request carries."""
        token = request.cookies.get(self._cookie.name)
        return await self._accounts.sessions.find(token) if token else None

    async def alive(self, session: str, account: str) -> bool:
        """Whether the session still lives."""
        return await self._accounts.sessions.alive(session, account)


def routes(*, accounts: Accounts, access: Access, cookie: Cookie) -> APIRouter:
    """The routes of the accounts."""
    router = APIRouter(prefix="/api", route_class=StrictRoute, tags=["accounts"])

    async def entered(request: Request, answer: Response, new: NewSession) -> SignedInSeen:
        # A browser that signs in again ends its old session (X4).
        if (before := request.cookies.get(cookie.name)) and (old := await accounts.sessions.find(before)):
            await accounts.sessions.leave_behind(old.account, old.session)
        cookie.set(answer, new.token)
        if new.mark is not None:
            cookie.set_mark(answer, new.mark)
        return _seen(new.signed_in)

    @router.post("/accounts/first", dependencies=[Depends(access.allow("join"))])
    async def make_first(body: FirstAccount, request: Request, answer: Response) -> SignedInSeen:
        try:
            new = await accounts.make_first(body.token, body.name, body.email.strip(), body.password)
        except Refusal as refusal:
            _say(refusal)
        return await entered(request, answer, new)

    @router.post("/accounts/first/link", status_code=204, dependencies=[Depends(access.allow("join"))])
    async def look_at_first(body: FirstLink) -> None:
        """U21: whether a link still works, so that nobody fills in a form for nothing."""
        try:
            await accounts.look_at_first(body.token)
        except Refusal as refusal:
            _say(refusal)

    @router.post("/session", dependencies=[Depends(access.allow("join"))])
    async def sign_in(body: SignIn, request: Request, answer: Response) -> SignedInSeen:
        mark = request.cookies.get(cookie.mark_name, "")
        try:
            new = await accounts.sign_in(
                body.email.strip(), body.password, address_of(request), mark, body.code.strip()
            )
        except Refusal as refusal:
            _say(refusal)
        return await entered(request, answer, new)

    @router.post("/session/link", dependencies=[Depends(access.allow("join"))])
    async def enter(body: Enter, request: Request, answer: Response) -> SignedInSeen:
        try:
            new = await accounts.enter(body.token, address_of(request))
        except Refusal as refusal:
            _say(refusal)
        return await entered(request, answer, new)

    @router.get("/session")
    async def who(asker: Annotated[Asker, Depends(access.allow("account"))]) -> SignedInSeen:
        return _seen(asker.who)

    @router.delete("/session", status_code=204)
    async def sign_out(answer: Response, asker: Annotated[Asker, Depends(access.allow("account"))]) -> None:
        await accounts.sessions.sign_out(asker.who.account, asker.who.session)
        cookie.clear(answer)

    @router.get("/sessions")
    async def sessions(asker: Annotated[Asker, Depends(access.allow("account"))]) -> list[SessionSeen]:
        found = await accounts.sessions.of(asker.who.account)
        return [SessionSeen(**one, this=one["id"] == asker.who.session) for one in found]

    @router.delete("/sessions/{session}", status_code=204)
    async def revoke(session: str, asker: Annotated[Asker, Depends(access.allow("account"))]) -> None:
        await accounts.sessions.sign_out(asker.who.account, session)

    return router


def address_of(request: Request) -> str:
    """What attempts are counted by."""
    return address_hash(request.client.host if request.client else "")


def _seen(signed_in: SignedIn) -> SignedInSeen:
    return SignedInSeen(
        account=AccountSeen(
            id=signed_in.account,
            name=signed_in.name,
            email=signed_in.email,
            admin=signed_in.admin,
            by_link=signed_in.by_link,
            may_begin=signed_in.may_begin,
        )
    )


def _say(refusal: Refusal) -> NoReturn:
    raise Problem(_STATUS.get(refusal.code, 422), refusal.code, refusal.retry_after) from None
