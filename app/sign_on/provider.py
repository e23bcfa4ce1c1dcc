"""One OpenID Connect provider: where it lets people sign in, and what its token proves (X28, B73).

Authlib and joserfc do what is easy to get wrong: PKCE, the token request, signatures and claims. The provider
is contacted only when somebody signs in, so that the server starts even if the provider is down.
"""

import json
import secrets
import ssl
from dataclasses import dataclass
from typing import Any

import httpx2
from authlib.common.errors import AuthlibBaseError
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from app.limits import HOUR, MINUTE, SECOND, Clock
from app.sign_on.issuer import is_safe

#: Seconds for each of the provider's answers, and the most bytes of one.
ANSWER = 10.0
MOST_BYTES = 512 * 1024
#: How long the provider's metadata is cached, and how often a missing key is looked up.
KNOWN_FOR = HOUR
ASKED_AGAIN_AFTER = MINUTE
#: The allowed clock difference, in seconds.
LEEWAY = 60
#: Only asymmetric signatures: neither "none" nor a shared secret.
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
#: Seconds since which a person must have signed in at the provider before a dangerous act.
FRESH = 5 * 60


class Away(Exception):
    """The provider does not answer, or not properly."""


class NotProved(Exception):
    """The answer proves nothing. `code` says why, for the log, without anything that was sent."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Asked:
    """What is kept until the person returns, and where they are sent."""

    url: str
    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True)
class Identity:
    """A person as the provider knows them, identified by issuer and subject together, and nothing else."""

    issuer: str
    subject: str
    name: str = ""
    #: Only if the provider says that it has verified it.
    email: str = ""


class Provider:
    """The configured provider. `back` is where it sends people back to."""

    def __init__(self, *, issuer: str, client: str, secret: str, back: str, clock: Clock) -> None:
        self._issuer = issuer
        self._client = client
        self._secret = secret
        self._back = back
        self._clock = clock
        self._here = issuer.startswith("http://")
        self._trusted: ssl.SSLContext | None = None
        self._about: tuple[int, dict[str, Any]] | None = None
        self._keys: tuple[int, KeySet] | None = None

    async def begin(self, *, again: bool) -> Asked:
        """Where to send somebody; `again`: to prove themselves even if they are signed in. Raises `Away`."""
        about = await self._discovered()
        state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
        more = {"prompt": "login", "max_age": "0"} if again else {}
        async with self._session() as client:
            url, _ = client.create_authorization_url(
                self._address(about, "authorization_endpoint"),
                state=state, nonce=nonce, code_verifier=verifier, redirect_uri=self._back,
                scope="openid email profile", **more,
            )  # fmt: skip
        return Asked(url, state, nonce, verifier)

    async def finish(self, asked: Asked, code: str, issuer: str | None, *, again: bool) -> Identity:
        """The person who returned with a code for this request. Raises `Away` or `NotProved`."""
        about = await self._discovered()
        # RFC 9207: the answer of another provider, injected by an attacker in between.
        if issuer is None and about.get("authorization_response_iss_parameter_supported"):
            raise NotProved("iss")
        if issuer is not None and issuer != self._issuer:
            raise NotProved("iss")
        token = await self._token(about, asked, code)
        id_token = token.get("id_token")
        if not isinstance(id_token, str):
            raise NotProved("id_token")
        claims = await self._claims(about, id_token)
        return self._identity(claims, asked, token.get("access_token"), again=again)

    # -- what the provider says of itself --------------------------------------------------------------------

    async def _discovered(self) -> dict[str, Any]:
        now = self._clock()
        if self._about is None or now - self._about[0] > KNOWN_FOR:
            about = await self._json(f"{self._issuer.rstrip('/')}/.well-known/openid-configuration")
            # OpenID Connect Discovery 4.3 requires an exact match.
            if about.get("issuer") != self._issuer:
                raise Away
            for name in ("authorization_endpoint", "token_endpoint", "jwks_uri"):
                self._address(about, name)
            self._about = (now, about)
        return self._about[1]

    def _address(self, about: dict[str, Any], name: str) -> str:
        url = about.get(name)
        if not isinstance(url, str) or not is_safe(url, open_here=self._here):
            raise Away
        return url

    async def _key_set(self, about: dict[str, Any], *, fresh: bool) -> KeySet:
        now = self._clock()
        known_for = ASKED_AGAIN_AFTER if fresh else KNOWN_FOR
        if self._keys is None or now - self._keys[0] > known_for:
            found = await self._json(self._address(about, "jwks_uri"))
            try:
                self._keys = (now, KeySet.import_key_set(found))  # type: ignore[arg-type]
            except (JoseError, ValueError, TypeError, KeyError):
                raise Away from None
        return self._keys[1]

    async def _json(self, url: str) -> dict[str, Any]:
        body = bytearray()
        try:
            async with self._session() as client, client.stream("GET", url, withhold_token=True) as answer:
                # A redirect is refused too: only the named server is asked.
                if answer.status_code != httpx2.codes.OK:
                    raise Away
                async for piece in answer.aiter_bytes():
                    body += piece
                    if len(body) > MOST_BYTES:
                        raise Away
            found = json.loads(bytes(body))
        except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError, RecursionError):
            raise Away from None
        if not isinstance(found, dict):
            raise Away
        return found

    def _trust(self) -> ssl.SSLContext:
        # Loading all CAs takes longer than the request itself.
        if self._trusted is None:
            self._trusted = ssl.create_default_context()
        return self._trusted

    def _session(self, method: str | None = None) -> AsyncOAuth2Client:
        return AsyncOAuth2Client(
            self._client,
            self._secret or None,
            token_endpoint_auth_method=method or "none",
            code_challenge_method="S256",
            timeout=ANSWER,
            follow_redirects=False,
            verify=self._trust(),
            # Ignores proxies and passwords from the environment.
            trust_env=False,
        )

    # -- what came back --------------------------------------------------------------------------------------

    async def _token(self, about: dict[str, Any], asked: Asked, code: str) -> dict[str, Any]:
        # If it does not say, every provider accepts "basic" (Discovery 3).
        known = about.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
        basic = "client_secret_basic" in known or "client_secret_post" not in known
        method = "none" if not self._secret else "client_secret_basic" if basic else "client_secret_post"
        try:
            async with self._session(method) as client:
                return dict(
                    await client.fetch_token(
                        self._address(about, "token_endpoint"),
                        grant_type="authorization_code", code=code, code_verifier=asked.verifier,
                        redirect_uri=self._back,
                    )
                )  # fmt: skip
        except AuthlibBaseError:
            raise NotProved("code") from None
        except (httpx2.HTTPError, OSError, ValueError, RecursionError):
            raise Away from None

    async def _claims(self, about: dict[str, Any], id_token: str) -> jwt.Token:
        for fresh in (False, True):
            keys = await self._key_set(about, fresh=fresh)
            try:
                return jwt.decode(id_token, keys, algorithms=ALGORITHMS)
            except (JoseError, ValueError, TypeError, KeyError) as fault:
                # Providers rotate their keys: fetch them once more.
                if fresh:
                    raise NotProved(type(fault).__name__) from None
        raise NotProved("key")

    def _identity(self, token: jwt.Token, asked: Asked, access_token: object, *, again: bool) -> Identity:
        now = self._clock() // SECOND
        wanted = {"iss": self._issuer, "aud": self._client}
        claims = CodeIDToken(
            token.claims,
            token.header,
            {name: {"essential": True, "value": value} for name, value in wanted.items()},
            {"nonce": asked.nonce, "client_id": self._client, "access_token": access_token},
        )
        try:
            claims.validate(now=now, leeway=LEEWAY)
        except (JoseError, AuthlibBaseError, ValueError, TypeError) as fault:
            raise NotProved(type(fault).__name__) from None
        subject = claims.get("sub")
        if not isinstance(subject, str) or not 0 < len(subject) <= 255 or not subject.isascii():
            raise NotProved("sub")
        if again:
            proved = claims.get("auth_time")
            if isinstance(proved, bool) or not isinstance(proved, int | float) or now - proved > FRESH:
                raise NotProved("auth_time")
        email = claims.get("email") if claims.get("email_verified") is True else ""
        name = claims.get("name")
        return Identity(
            self._issuer,
            subject,
            name if isinstance(name, str) else "",
            email if isinstance(email, str) else "",
        )
