"""A real OpenID Connect provider on a free port, which can be made to misbehave."""

import hashlib
import re
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import flask
import httpx2
import oidc_provider_mock
import werkzeug.serving
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from tests.support.server import free_port

#: The `sub` of two people with accounts there.
KAREN, OLE = "karen-sub", "ole-sub"
Claims = dict[str, Any]


@dataclass
class Provider:
    """What it was asked, and how it misbehaves: `token` changes the claims and the header before signing."""

    port: int
    url: str
    token: Callable[[Claims, Claims], None] = lambda _claims, _header: None
    #: Signs instead of the provider's own key; "" leaves the signature out.
    signed_by: RSAKey | OctKey | str | None = None
    #: Changes the provider's metadata.
    about: Callable[[Claims], None] = lambda _about: None
    #: Answers these paths with a redirect to itself, or with something invalid.
    redirects: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    #: Requests, by path.
    asked: list[str] = field(default_factory=list)
    _challenges: dict[str, str] = field(default_factory=dict)

    def honest(self) -> None:
        """Reset to correct behaviour, without any requests yet."""
        fresh = Provider(self.port, self.url)
        self.token, self.signed_by, self.about = fresh.token, None, fresh.about
        for each in (self.redirects, self.broken, self.asked, self._challenges):
            each.clear()

    def app(self) -> flask.Flask:
        """The provider, with us in front of and behind it."""
        users = [
            oidc_provider_mock.User(sub=sub, claims={"name": name, "email": email, "email_verified": True})
            for sub, name, email in ((KAREN, "Karen Holm", "karen@firma.dk"), (OLE, "Ole", "ole@firma.dk"))
        ]
        app: flask.Flask = oidc_provider_mock.app(user_claims=users)
        app.before_request(self._before)
        app.after_request(self._after)
        return app

    def _before(self) -> Any:
        path = flask.request.path
        self.asked.append(path)
        if path in self.redirects:
            return flask.redirect(path + "?again")
        if path in self.broken:
            return "no answer", 500
        if path == "/oauth2/token":
            # RFC 7636: the mock itself does not ask for the verifier.
            verifier = flask.request.form.get("code_verifier", "")
            digest = urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
            if self._challenges.pop(flask.request.form.get("code", ""), None) != digest:
                return {"error": "invalid_grant"}, 400
        return None

    def _after(self, answer: flask.Response) -> flask.Response:
        path, body = flask.request.path, answer.get_json(silent=True) or {}
        if path == "/oauth2/authorize" and answer.status_code == 302:
            code = dict(parse_qsl(urlsplit(answer.headers["Location"]).query)).get("code", "")
            self._challenges[code] = flask.request.args.get("code_challenge", "")
        elif path == "/oauth2/authorize" and answer.mimetype == "text/html":
            # Its style sheets come from elsewhere, and tests must not contact other hosts.
            answer.set_data(re.sub(r"<link[^>]*>", "", answer.get_data(as_text=True)))
        elif path == "/.well-known/openid-configuration" and answer.status_code == 200:
            self.about(body)
            answer.set_data(flask.json.dumps(body))
        elif path == "/oauth2/token" and answer.status_code == 200:
            own = RSAKey.import_key(flask.g.oidc_provider_mock_storage.jwk.as_dict(is_private=True))
            told = jwt.decode(body["id_token"], own)
            claims, header = {**told.claims, "auth_time": int(time.time())}, dict(told.header)
            claims.pop("at_hash", None)
            self.token(claims, header)
            body["id_token"] = self._signed(claims, header, own)
            answer.set_data(flask.json.dumps(body))
        return answer

    def _signed(self, claims: Claims, header: Claims, own: RSAKey) -> str:
        if self.signed_by == "":
            parts = (flask.json.dumps(part).encode() for part in (header, claims))
            return ".".join(urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts) + "."
        key = self.signed_by or own
        assert not isinstance(key, str)
        return jwt.encode(header, claims, key, algorithms=[header["alg"]])

    async def lets_in(self, url: str, sub: str = KAREN) -> dict[str, str]:
        """Somebody signs in there and is sent back; returns the query of the address."""
        async with httpx2.AsyncClient(verify=False) as browser:
            answer = await browser.post(url, data={"sub": sub} if sub else {"action": "deny"})
        return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


@contextmanager
def provider() -> Iterator[Provider]:
    """It answers until the end."""
    port = free_port()
    made = Provider(port, f"http://127.0.0.1:{port}")
    server = werkzeug.serving.make_server("127.0.0.1", port, made.app(), threaded=True)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
