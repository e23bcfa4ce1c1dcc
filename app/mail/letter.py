"""One mail: plain text, safe headers, no tracking."""

from datetime import UTC, date, datetime
from email.headerregistry import Address, BaseHeader, HeaderRegistry, UnstructuredHeader
from email.message import EmailMessage
from email.policy import SMTP, EmailPolicy, Policy
from email.utils import format_datetime

from pydantic import BaseModel, ConfigDict

from app.locales import Words
from app.mail.server import mailbox


class _Whole(UnstructuredHeader, BaseHeader):
    """A web address, which folding or encoding would break."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {self}{policy.linesep}"


_headers = HeaderRegistry()
_headers.map_to_type("list-unsubscribe", _Whole)
_PLAIN = EmailPolicy(linesep=SMTP.linesep, header_factory=_headers)


class Letter(BaseModel):
    """What is to be sent, as the queue keeps it. `ends`: the address that ends mails of its kind."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    name: str
    email: str
    language: str
    subject: str
    text: str
    ends: str = ""


def message_of(letter: Letter, id: str, sender: Address, now: int) -> EmailMessage:
    """The mail as it is sent. Raises `NoAddress`.

    Its id is the queue's, so that a mail sent a second time is the same mail to its recipient.
    """
    to = mailbox(letter.name, letter.email)
    foreign = not (to.username.isascii() and sender.username.isascii())
    mail = EmailMessage(_PLAIN.clone(utf8=foreign))
    mail["From"] = sender
    mail["To"] = to
    # B36: the name of a group must not be able to end a header.
    mail["Subject"] = " ".join(letter.subject.split())
    mail["Date"] = format_datetime(datetime.fromtimestamp(now // 1000, UTC))
    mail["Message-ID"] = f"<{id}@{sender.domain}>"
    # RFC 3834: no machine answers it.
    mail["Auto-Submitted"] = "auto-generated"
    if letter.ends:
        mail["List-Unsubscribe"] = f"<{letter.ends}>"
        if letter.ends.startswith("https://"):
            mail["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail.set_content(letter.text.strip() + "\n")
    mail["Content-Language"] = letter.language
    return mail


def filled(text: str, **names: str) -> str:
    """Names may contain braces: each placeholder is filled once, and values are not scanned again."""
    parts: list[str] = []
    rest = text
    while (at := rest.find("{")) >= 0:
        name, _, after = rest[at + 1 :].partition("}")
        parts += [rest[:at], " ".join(names[name].split())]
        rest = after
    return "".join((*parts, rest))


def day_in_words(day: date, say: Words) -> str:
    """*onsdag den 3. marts 2027*"""
    weekday = say("mail.weekdays").split()[day.weekday()]
    month = say("summary.months").split()[day.month - 1]
    return say("mail.date", weekday=weekday, day=day.day, month=month, year=day.year)
