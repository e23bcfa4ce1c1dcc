"""What a presentation keeps: nothing of its own. It shows what other activities made (P2.7)."""

from app.board.activity import Activity, Settings
from app.board.records import Id


class PresentationSettings(Settings):
    """`of` names the notes activities whose themes are shown, one at a time; empty means all."""

    of: tuple[Id, ...] = ()


presentation = Activity("presentation", PresentationSettings)
