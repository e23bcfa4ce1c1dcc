"""A company's own colour, made legible: dark enough for paper, and light enough for the dark theme.

The backgrounds are those of the design tokens; `tests/ground/test_contrast.py` keeps them in step.
"""

import re
from typing import NamedTuple

#: WCAG 2.2, for text that is not large.
LEAST_CONTRAST = 4.5
#: The backgrounds of an accent: the darker of the two papers, and the lighter of the dark ones.
PAPER, NIGHT = "f4f1ea", "20272b"
#: What it is mixed with for a soft background, and the dark theme's text on it.
SHEET, ON_DARK = "fcfaf6", "101416"
#: The share of the accent in its soft background.
SOFT = 0.16
_HEX = re.compile(r"#[0-9a-f]{6}")


class Tone(NamedTuple):
    """An accent in one theme, with the colours that go with it; six hex digits each."""

    accent: str
    press: str
    on: str
    soft: str


class Look(NamedTuple):
    """A colour by day and by night; `changed` where paper needs it darker than it was given."""

    day: Tone
    night: Tone
    changed: bool


def is_colour(text: str) -> bool:
    """Whether it is a colour as browsers write them: *#0f5a5e*."""
    return _HEX.fullmatch(text) is not None


def look_of(colour: str) -> Look:
    """How a colour is used."""
    given = colour.removeprefix("#")
    day, night = _until(given, "000000", PAPER), _until(given, "ffffff", NIGHT)
    return Look(
        day=Tone(day, _mixed(day, "000000", 0.25), "ffffff", _mixed(SHEET, day, SOFT)),
        night=Tone(night, _mixed(night, "ffffff", 0.25), ON_DARK, _mixed(NIGHT, night, SOFT)),
        changed=day != given,
    )


def contrast(one: str, other: str) -> float:
    """WCAG's ratio of two colours, from 1 to 21."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def _until(colour: str, towards: str, ground: str) -> str:
    """The colour, mixed with just enough of another to be legible on a background."""
    tried = (_mixed(colour, towards, step / 100) for step in range(100))
    return next((one for one in tried if contrast(one, ground) >= LEAST_CONTRAST), towards)


def _mixed(one: str, other: str, share: float) -> str:
    parts = zip(_linear(one), _linear(other), strict=True)
    return "".join(f"{_byte(a + (b - a) * share):02x}" for a, b in parts)


def _linear(colour: str) -> list[float]:
    """Linear red, green and blue."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (0, 2, 4))
    return [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]


def _byte(part: float) -> int:
    return round(255 * (12.92 * part if part <= 0.0031308 else 1.055 * part ** (1 / 2.4) - 0.055))


def _luminance(colour: str) -> float:
    red, green, blue = _linear(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
