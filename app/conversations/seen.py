"""What one party may see of a conversation (B76): their own side, and the other's once it is shared.

Page, PDF and Word are all made from this value, so that none can show more than another.
"""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from typing import Any

from pydantic import BaseModel
from sqlalchemy import Row

from app.conversations.form import QUESTIONS, Question, Side, other
from app.conversations.retention import deleted_on
from app.conversations.rhythm import Minutes, Rhythm, after
from app.conversations.service import Opened

Answers = Mapping[Side, Mapping[Question, tuple[str, int]]]


class OwnAnswer(BaseModel):
    """One's own answer; a change names its `rev`."""

    question: Question
    text: str
    rev: int


class SeenAnswer(BaseModel):
    """A read-only answer."""

    question: Question
    text: str


class HeldConversation(BaseModel):
    """One of the pair's conversations, by its day."""

    id: str
    day: str


class EarlierSeen(BaseModel):
    """The previous conversation, to follow up. `theirs` is null if it was never shared."""

    day: str
    mine: list[SeenAnswer]
    theirs: list[SeenAnswer] | None


class ConversationSeen(BaseModel):
    """A conversation as one of the two sees it; `tag` changes with every change in it."""

    tag: str
    side: Side
    employee: str
    leader: str
    language: str
    rhythm: Rhythm
    minutes: Minutes
    time: str | None
    #: All of them, the newest first.
    conversations: list[HeldConversation]
    id: str
    day: str
    #: The day suggested for the next one.
    next_day: str | None
    #: Only the newest can be edited, and only while the company has conversations switched on.
    writable: bool
    switched_off: bool
    mine: list[OwnAnswer]
    mine_shared: bool
    theirs: list[SeenAnswer] | None
    earlier: EarlierSeen | None
    deleted_on: str


def seen(
    opened: Opened, this: Row[Any], answers: Answers, earlier: Answers | None, months: int
) -> ConversationSeen:
    """What the owner of this link sees of one conversation; `earlier` are the answers of the one before."""
    own, their = opened.side, other(opened.side)
    before = opened.before(this)
    row = opened.pair
    following = after(date.fromisoformat(this.day), row.rhythm)
    view = ConversationSeen(
        tag="",
        side=own,
        employee=row.employee,
        leader=row.leader,
        language=row.language,
        rhythm=row.rhythm,
        minutes=row.minutes,
        time=row.time,
        conversations=[HeldConversation(id=each.id, day=each.day) for each in reversed(opened.conversations)],
        id=this.id,
        day=this.day,
        next_day=following.isoformat() if following else None,
        writable=opened.on and this.id == opened.newest.id,
        switched_off=not opened.on,
        mine=[
            OwnAnswer(question=each, text=answers[own][each][0], rev=answers[own][each][1])
            for each in QUESTIONS
        ],
        mine_shared=is_shared(this, own),
        theirs=_read(answers, their) if is_shared(this, their) else None,
        earlier=EarlierSeen(
            day=before.day,
            mine=_read(earlier, own),
            theirs=_read(earlier, their) if is_shared(before, their) else None,
        )
        if before is not None and earlier is not None
        else None,
        deleted_on=deleted_on(row.last_day, [each.day for each in opened.conversations], months),
    )
    tag = sha256(view.model_dump_json().encode()).hexdigest()[:16]
    return view.model_copy(update={"tag": tag})


def is_shared(this: Row[Any], side: Side) -> bool:
    """Whether a side has shown the other what it wrote."""
    return bool(this.employee_shared if side == "employee" else this.leader_shared)


def _read(answers: Answers, side: Side) -> list[SeenAnswer]:
    return [SeenAnswer(question=each, text=answers[side][each][0]) for each in QUESTIONS]
