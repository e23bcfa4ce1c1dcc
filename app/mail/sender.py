"""The one way out for mails: to the configured server, encrypted, with time limits (X28)."""

import asyncio
import ssl
from contextlib import suppress
from email.message import EmailMessage

import aiosmtplib

from app.mail.server import MailServer

#: Seconds for each answer of the server (some make strangers wait), and for one whole mail.
ANSWER = 60.0
WHOLE = 180.0
#: A server refuses a mail temporarily with 4xx, and for good from this code on (RFC 5321).
_FOR_GOOD = 500


class Never(Exception):
    """The server does not take this mail, now or later."""


class NotNow(Exception):
    """It may be retried. `everything`: no other mail would go out either; `code` says why, in general."""

    def __init__(self, code: str, *, everything: bool) -> None:
        super().__init__(code)
        self.code = code
        self.everything = everything


class Sender:
    """Sends mails, one connection each: there are few, and none should wait for another."""

    def __init__(
        self, server: MailServer, greeting: str, *, answer: float = ANSWER, whole: float = WHOLE
    ) -> None:
        self._server = server
        self._greeting = greeting
        self._answer = answer
        self._whole = whole

    async def send(self, mail: EmailMessage) -> None:
        """Return once the server has taken it. Raises `Never` or `NotNow`."""
        try:
            async with asyncio.timeout(self._whole):
                await self._send(mail)
        except (aiosmtplib.SMTPAuthenticationError, aiosmtplib.SMTPSenderRefused):
            # Our own login or address is wrong: every mail waits until somebody has fixed it.
            raise NotNow("not_let_in", everything=True) from None
        except aiosmtplib.SMTPRecipientsRefused as fault:
            _refused(max(one.code for one in fault.recipients))
        except aiosmtplib.SMTPDataError as fault:
            _refused(fault.code)
        except aiosmtplib.SMTPNotSupported:
            # An address that the server cannot handle (RFC 6531).
            raise Never from None
        except (aiosmtplib.SMTPException, OSError, TimeoutError) as fault:
            open_line = isinstance(fault, ssl.SSLError) or isinstance(fault.__cause__, ssl.SSLError)
            raise NotNow("not_encrypted" if open_line else "away", everything=True) from None

    async def _send(self, mail: EmailMessage) -> None:
        server = self._server
        smtp = aiosmtplib.SMTP(
            hostname=server.host,
            port=server.port,
            username=server.user or None,
            password=server.password or None,
            local_hostname=self._greeting,
            timeout=self._answer,
            use_tls=server.wrapped,
            # Never opportunistic: somebody in between could strip it.
            start_tls=not server.wrapped and not server.here,
            tls_context=ssl.create_default_context(),
        )
        await smtp.connect()
        try:
            await smtp.send_message(mail)
        finally:
            # The mail is accepted by then, whatever the server answers to QUIT.
            with suppress(aiosmtplib.SMTPException, OSError, TimeoutError):
                await smtp.quit(timeout=1.0)


def _refused(code: int) -> None:
    if code >= _FOR_GOOD:
        raise Never from None
    raise NotNow("later", everything=False) from None
