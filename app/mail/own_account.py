"""Mails about one's own account: a link to a new password, and what was changed. Pure."""

from datetime import UTC, datetime

from app.limits import SECOND
from app.locales import Words
from app.mail.letter import Letter, filled


def reset_of(name: str, to: str, why: str, url: str, until: int, say: Words) -> Letter:
    """X2: the link's secret is behind a #, so programs that scan mails open only an empty page.

    `until` in ms. For an account without a password it says so, and has no link.
    """
    at = datetime.fromtimestamp(until / SECOND, UTC).astimezone()
    lines = [say(f"mail.reset.{why}")]
    if url:
        clock = say("mail.clock", hour=f"{at:%H}", minute=f"{at:%M}")
        lines += ["", filled(say("mail.reset.open"), time=clock), url, "", say("mail.reset.ends")]
    lines += ["", say("mail.reset.not_you")]
    return _letter(name, to, say("mail.reset.subject"), lines, say)


def changed_of(name: str, to: str, what: str, say: Words) -> Letter:
    """Sent even if the owner did it, since it may have been somebody else in their name."""
    lines = [say(f"mail.changed.{what}"), "", say("mail.changed.not_you")]
    return _letter(name, to, say(f"mail.changed.subject.{what}"), lines, say)


def _letter(name: str, to: str, subject: str, lines: list[str], say: Words) -> Letter:
    text = "\n".join((filled(say("mail.hello"), name=name), "", *lines))
    return Letter(name=name, email=to, language=say.language, subject=subject, text=text)
