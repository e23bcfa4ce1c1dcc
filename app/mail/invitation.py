"""The mail that brings an invitation: who invites, to what, as what, and the link (X2). Pure."""

from datetime import date
from typing import Protocol

from app.locales import Words
from app.mail.letter import Letter, day_in_words, filled


class Invited(Protocol):
    """What an invitation says."""

    @property
    def by(self) -> str: ...

    @property
    def name(self) -> str: ...

    @property
    def role(self) -> str: ...

    @property
    def company(self) -> str: ...

    @property
    def group(self) -> str: ...


def letter_of(invited: Invited, to: str, url: str, until: date, say: Words) -> Letter:
    """The link's secret is behind a #, so programs that scan mails open only an empty page."""
    names = {"by": invited.by, "group": invited.group, "company": invited.company}
    kind = "begin" if invited.role == "begin" else "to"
    names["role"] = say(f"desk.people.role.{invited.role}").lower()
    text = "\n".join(
        (
            filled(say("mail.hello"), name=invited.name),
            "",
            filled(say(f"mail.invitation.{kind}"), **names),
            "",
            filled(say("mail.invitation.open"), date=day_in_words(until, say)),
            url,
            "",
            filled(say("mail.invitation.nothing"), **names),
        )
    )
    subject = filled(say(f"mail.invitation.subject.{kind}"), **names)
    return Letter(name=invited.name, email=to, language=say.language, subject=subject, text=text)
