"""What a free item is set to (W8); nothing is written in it, and it keeps nothing of its own."""

from typing import Literal, get_args

from app.engine.activity import Part, Settings
from app.engine.text import Prose

#: What people do in the pause.
Meanwhile = Literal["pause", "talk", "pairs", "meal"]


class FreeSettings(Settings):
    """`what` people do, and a `text` for the wall: a question to discuss, or when to be back."""

    what: Meanwhile = "pause"
    text: Prose = ""


free = Part("free")
free.publish(FREE_KINDS=get_args(Meanwhile))
