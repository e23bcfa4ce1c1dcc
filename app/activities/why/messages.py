"""What the why keeps, and what can be asked of it (P1.1)."""

from typing import Literal

from app.engine.activity import Part, Settings, everybody
from app.engine.commands import Base, DriverCommand
from app.engine.records import Id
from app.engine.text import Prose
from app.parts.why import PARTS, Why, WhyPart, why_id


class WhySettings(Settings):
    """A process has one why, whichever meeting shows it; `write`: this item writes it."""

    write: bool = False


why = Part("why")

why.publish(WHY_PARTS=PARTS)


why.record(Why, everybody)
why.public_id(why_id)


class WriteWhy(DriverCommand):
    """Change the text of a part; an empty one removes it."""

    type: Literal["why.write"]
    activity: Id
    part: WhyPart
    base: Base
    text: Prose
