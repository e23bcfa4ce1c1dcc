"""WCAG 1.4.3, 1.4.11: the colours themselves, light and dark, on any screen."""

import re

import pytest

from tests.support.server import CHECKOUT

TOKENS = (CHECKOUT / "frontend/src/design/tokens.css").read_text(encoding="utf-8")
GROUNDS = ("paper", "sheet", "sunk")
PAPERS = ("korn", "hyben", "mos", "fjord", "lyng")
#: Text, and its backgrounds: 4.5 to 1.
READ = [(ink, ground) for ink in ("ink", "ink-2", "ink-3", "accent-ink") for ground in GROUNDS] + [
    *(("note-ink", paper) for paper in PAPERS),
    *[("on-accent", "accent"), ("on-accent", "accent-press"), ("warn", "warn-soft"), ("warn", "paper")],
    *[("danger", "paper"), ("danger", "sheet")],
]
#: Edges of controls, the focus, marks in pictures: 3 to 1.
SEEN = [(mark, ground) for mark in ("line-strong", "accent") for ground in GROUNDS] + [
    (f"{paper}-edge", ground) for paper in PAPERS for ground in ("paper", "sheet", paper)
]


def colours(dark: bool) -> dict[str, str]:
    """Token to six hex digits; dark values override light ones."""
    light, night = TOKENS.split("prefers-color-scheme: dark", 1)
    found = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", light))
    return (
        found | dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", night.split("@media")[0])) if dark else found
    )


def lightness(colour: str) -> float:
    """Relative luminance, as WCAG 2.2 defines it."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def ratio(one: str, other: str) -> float:
    """From 1 to 21."""
    dark, light = sorted((lightness(one), lightness(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_G45_what_is_read_and_what_is_seen_stands_out_from_its_ground(dark: bool) -> None:
    own = colours(dark)
    poor = {
        f"{mark} on {ground}": round(ratio(own[mark], own[ground]), 2)
        for least, pairs in ((4.5, READ), (3.0, SEEN))
        for mark, ground in pairs
        if ratio(own[mark], own[ground]) < least
    }
    assert poor == {}
