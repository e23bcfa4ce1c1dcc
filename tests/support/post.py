"""A real mail server on a free port, which accepts mails, refuses them, or makes clients wait."""

import asyncio
import email
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword

from tests.support.server import free_port

USER, PASSWORD = "tavle", "grøn hest 7"


@dataclass
class Post:
    """The received mails; `answers` are given to the next mails in turn, then all are accepted."""

    port: int = 0
    taken: list[bytes] = field(default_factory=list)
    to: list[str] = field(default_factory=list)
    #: Of those who were let in with a password.
    users: list[str] = field(default_factory=list)
    #: Whether each came over an encrypted line.
    encrypted: list[bool] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    bodies: list[str] = field(default_factory=list)
    #: Receives a mail without ever answering.
    silent: bool = False

    @property
    def mails(self) -> list[EmailMessage]:
        """As a mail program reads them."""
        return [email.message_from_bytes(raw, policy=default) for raw in self.taken]

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _more: Any) -> str:
        """The answer to an address."""
        answer = self.recipients.pop(0) if self.recipients else "250 OK"
        if answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:
        """The answer to a mail."""
        if self.silent:
            await asyncio.Event().wait()
        answer = self.bodies.pop(0) if self.bodies else "250 OK"
        if answer.startswith("250"):
            self.taken.append(envelope.original_content)
            self.to += envelope.rcpt_tos
            self.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return answer

    def authenticate(self, _server: Any, _session: Any, _envelope: Any, _how: str, data: Any) -> AuthResult:
        """One user."""
        assert isinstance(data, LoginPassword)
        right = data.login == USER.encode() and data.password == PASSWORD.encode()
        if right:
            self.users.append(USER)
        return AuthResult(success=right, handled=right)


@contextmanager
def post_office(own: Path | None = None, *, wrapped: bool = False, closed: bool = False) -> Iterator[Post]:
    """Encrypted with `own`, a certificate and its key: from the first byte, or by STARTTLS."""
    post = Post(port=free_port())
    context = None
    if own is not None:
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(own)
    how: dict[str, Any] = {"enable_SMTPUTF8": True}
    if closed:
        # It does not notice that a line was encrypted from the first byte.
        how |= {"authenticator": post.authenticate, "auth_required": True, "auth_require_tls": not wrapped}
    if context is not None and wrapped:
        how["ssl_context"] = context
    elif context is not None:
        how |= {"tls_context": context, "require_starttls": True}
    office = Controller(post, hostname="127.0.0.1", port=post.port, **how)
    office.start()
    try:
        yield post
    finally:
        office.stop()
