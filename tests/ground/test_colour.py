"""X26: a company's colour is made readable, in light and dark mode."""

from hypothesis import given, strategies as st

from app import colour
from tests.ground.test_contrast import colours

HEX = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def test_X26_it_is_read_on_the_grounds_that_the_design_has() -> None:
    day, night = colours(dark=False), colours(dark=True)
    assert (day["paper"], day["sheet"]) == (f"#{colour.PAPER}", f"#{colour.SHEET}")
    assert (night["sheet"], night["sunk"]) == (f"#{colour.NIGHT}", f"#{colour.ON_DARK}")


@given(HEX)
def test_X26_any_colour_can_be_read_as_it_is_used(given: str) -> None:
    look = colour.look_of(given)
    for tone, ground in ((look.day, colour.PAPER), (look.night, colour.NIGHT)):
        assert colour.contrast(tone.accent, ground) >= colour.LEAST_CONTRAST
        assert colour.contrast(tone.on, tone.accent) >= colour.LEAST_CONTRAST
        assert colour.contrast(tone.on, tone.press) >= colour.LEAST_CONTRAST


def test_X26_what_can_be_read_stays_as_it_was_given() -> None:
    assert colour.look_of("#0f5a5e").day.accent == "0f5a5e"
    # A yellow stays yellow, but darker.
    red, green, blue = (int(colour.look_of("#ffe600").day.accent[at : at + 2], 16) for at in (0, 2, 4))
    assert red > green > 4 * blue
