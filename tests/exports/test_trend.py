"""P5.2: the positions of the lines of pulses over time."""

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest

from app.blocks.drawing import Drawing
from app.blocks.trend import Trend, TrendLine, TrendPlace, TrendTime


def trend(*lines: Sequence[float | None], days: Sequence[int] = (0, 100, 400)) -> Trend:
    """Lines of means; None where there were too few answers."""
    return Trend(
        title="Over tid",
        times=tuple(TrendTime(label=f"juli {2026 + n}", days=day) for n, day in enumerate(days)),
        lines=tuple(
            TrendLine(
                name=f"Linje {n}",
                places=tuple(
                    TrendPlace(time=at, mean=mean, said=f"{mean:.1f}")
                    for at, mean in enumerate(means)
                    if mean is not None
                ),
            )
            for n, means in enumerate(lines)
        ),
        ends=("slet ikke", "i høj grad"),
        alt="Over tid",
    )


def ways(drawing: Drawing) -> list[list[tuple[float, float]]]:
    """The lines between times, after the samples of the legend."""
    found = [one.path for one in drawing.paths if one.look in ("way", "axis")]
    points = [[float(n) for n in re.findall(r"-?\d+\.\d", path)] for path in found]
    each = [list(zip(numbers[::2], numbers[1::2], strict=True)) for numbers in points]
    return [way for way in each if way[0][1] > 2 * drawing.frame.type]


def steps(drawing: Drawing) -> list[float]:
    return [float(one.path.split()[-1]) for one in drawing.paths if one.look == "grid"]


def test_P5_2_each_mean_lies_at_its_height_and_its_time() -> None:
    drawing = trend((1, 5, 3)).drawing()
    one, _, three, _, five = steps(drawing)
    ((first, second, third),) = ways(drawing)
    assert [first[1], second[1], third[1]] == [one, five, three] and one > five
    # A hundred days are a quarter of four hundred.
    assert second[0] - first[0] == pytest.approx((third[0] - first[0]) / 4, abs=0.2)


def test_P5_2_a_time_with_too_few_answers_is_passed_over_and_a_single_one_is_a_dot() -> None:
    drawing = trend((2, None, 4), (None, 3, None)).drawing()
    assert [len(way) for way in ways(drawing)] == [2]
    assert {one.text for one in drawing.texts} >= {"2.0", "4.0", "3.0", "Linje 0", "Linje 1"}


def test_P5_2_two_lines_differ_by_more_than_their_colour_and_their_numbers_part() -> None:
    drawing = trend((3, 3, 3), (3, 2, 4)).drawing()
    assert {one.gap > 0 for one in drawing.paths if one.look in ("way", "axis")} == {True, False}
    # At the same height one number is above, the other below.
    y = [one.y for one in drawing.texts if one.text == "3.0"]
    assert len(set(y)) > 1 and max(y) - min(y) > drawing.frame.type


@pytest.mark.parametrize("many", [1, 2, 3, 12, 40])
def test_P5_2_however_many_there_are_it_stays_in_its_frame_and_its_labels_apart(many: int) -> None:
    drawing = trend([1 + n % 5 for n in range(many)], days=[n * 30 for n in range(many)]).drawing()
    width, letter = drawing.frame.width, drawing.frame.type * 0.6
    labels = [one for one in drawing.texts if one.text.startswith("juli")]
    assert labels[0].text == "juli 2026" and labels[-1].text == f"juli {2025 + many}"
    ends = [(one.x - len(one.text) * letter / 2, one.x + len(one.text) * letter / 2) for one in labels]
    assert ends[0][0] >= 0 and ends[-1][1] <= width + letter * 2
    assert all(before[1] <= after[0] + letter for before, after in pairwise(ends))
