"""What simulated people say, in each language: invented, and the same in every rehearsal."""

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import BaseModel

from app.engine.report import Paper
from app.parts.plan import ActionStatus

FOLDER = Path(__file__).parents[1] / "method" / "invented"


class InventedTheme(BaseModel):
    """A theme, with the texts of its notes."""

    name: str
    paper: Paper
    notes: tuple[str, ...]


class InventedAction(BaseModel):
    """A row of a plan."""

    text: str
    responsible: tuple[str, ...]
    status: ActionStatus


class Invented(BaseModel):
    """Everything that was invented in a language; `notes` are by what they are written to."""

    group: str
    earlier: str
    notes: dict[str, tuple[str, ...]]
    #: Of the first question, and of the second.
    themes: tuple[InventedTheme, ...]
    themes_hard: tuple[InventedTheme, ...]
    actions: tuple[InventedAction, ...]

    def says(self, about: str) -> Sequence[str]:
        """The texts about it, if any were invented."""
        return self.notes.get(about, ())


@cache
def invented(language: Literal["da", "en"]) -> Invented:
    """What was invented in a language."""
    return Invented.model_validate(json.loads((FOLDER / f"{language}.json").read_text("utf-8")))
