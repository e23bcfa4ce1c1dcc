"""The look of a company's documents: its colour and its logo, in the worker's format."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.colour import Tone, look_of


@dataclass(frozen=True)
class Look:
    """A colour as given, or "" for the default; a logo as PNG, or empty."""

    colour: str = ""
    logo: bytes | None = None

    @property
    def picture(self) -> str:
        """The logo as a data URL: readers by link have no other way to get it (X12)."""
        return f"data:image/png;base64,{base64.b64encode(self.logo).decode()}" if self.logo else ""


PLAIN = Look()


def dressed(job: Mapping[str, Any], look: Look) -> dict[str, Any]:
    """A job for the worker, in a company's colour and with its logo."""
    if look == PLAIN:
        return dict(job)
    if "files" in job:
        return {**job, "files": [(name, dressed(one, look)) for name, one in job["files"]]}
    tone = look_of(look.colour).day if look.colour else None
    colours = {"accent": f"#{tone.accent}", "soft": f"#{tone.soft}"} if tone else {}
    return {**job, "look": {**colours, "logo": look.logo or b""}}


def sheet_of(colour: str) -> bytes:
    """The style sheet that has pages in this colour, by day and by night."""
    look = look_of(colour)
    day, night = _rules(look.day), _rules(look.night)
    return f"{day}\n@media screen and (prefers-color-scheme: dark) {{\n{night}\n}}\n".encode()


def _rules(tone: Tone) -> str:
    return (
        f":root {{ --accent: #{tone.accent}; --accent-press: #{tone.press}; "
        f"--on-accent: #{tone.on}; --accent-soft: #{tone.soft}; }}"
    )
