"""P5.4: the positions of lines in the progress picture, and that the page draws them."""

import re

import pytest

from app.blocks.course import Course, CoursePoint
from app.blocks.course.drawing import MOST_LABELS
from app.engine.report import Block, Paper, Report
from app.exports.html import summary_page
from app.exports.summary import Summary, collect
from app.locales import words
from tests.exports.making import FileMaker
from tests.exports.reading import page, pdf_text, squeezed
from tests.exports.sample import HEADING, Item

DA = words("da")


def course(*values: int, aim: int | None = None, paper: Paper = "mos") -> Course:
    points = tuple(CoursePoint(label=f"dag {n}", value=value) for n, value in enumerate(values))
    goal = CoursePoint(label="til juni", value=aim) if aim is not None else None
    return Course(name="Tone", paper=paper, low="lavt", high="højt", points=points, aim=goal, alt="Tone")


def dots(it: Course) -> list[tuple[float, float]]:
    """The centres of the places, from left to right; the last is today's."""
    paths = [one.path for one in it.drawing().paths if "A" in one.path]
    numbers = [[float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", path)] for path in paths]
    return [((n[0] + n[7]) / 2, n[1]) for n in numbers]


def flag(it: Course) -> tuple[float, float]:
    """The position of the flag's foot, and the height of its tip."""
    (path,) = (one.path for one in it.drawing().paths if one.look == "full" and "A" not in one.path)
    x, _, _, tip, *_ = (float(n) for n in re.findall(r"-?\d+\.\d", path))
    return x, tip


def steps(it: Course) -> list[float]:
    """The lines for ten, five and zero."""
    paths = (one.path for one in it.drawing().paths if one.look == "grid")
    return [float(path.split()[-1]) for path in paths]


def test_P5_4_ten_is_at_the_top_and_zero_at_the_bottom() -> None:
    way = course(0, 10, aim=10)
    ten, _, nought = steps(way)
    assert [y for _, y in dots(way)] == [nought, ten]
    x, tip = flag(way)
    # The centre of the flag is a tenth of the font size above its place.
    assert tip == pytest.approx(ten, abs=2) and x > dots(way)[-1][0]


def test_P5_4_the_way_goes_from_left_to_right_and_stays_in_the_picture() -> None:
    for n in range(1, 30):
        for aim in (None, 7):
            way = course(*([4] * n), aim=aim)
            xs = [x for x, _ in dots(way)]
            assert xs == sorted(set(xs)) and len(xs) == n and xs[-1] <= way.drawing().frame.width


def test_P5_4_many_days_are_not_all_said() -> None:
    said = [one.text for one in course(*([4] * (MOST_LABELS + 3))).drawing().texts]
    assert [text for text in said if text.startswith("dag")] == ["dag 0", f"dag {MOST_LABELS + 2}"]


def test_P5_4_an_aim_alone_has_no_way_yet() -> None:
    way = course(aim=6)
    assert dots(way) == [] and not any(one.look == "soft" for one in way.drawing().paths)
    assert "6" in [one.text for one in way.drawing().texts]


def summary(*courses: Course) -> Summary:
    blocks: list[Block] = list(courses)
    reports: dict[str, Report] = {"one": lambda _board, _item, _words: blocks}
    return collect(None, [Item("one", "Tilbage og videre")], reports, HEADING, DA)


def test_P5_4_the_page_has_the_picture_and_says_it_in_words() -> None:
    html = summary_page(summary(course(3, 5, aim=8)), DA)
    assert 'aria-label="Tone"' in html and 'class="way"' in html and 'class="soft"' in html
    assert all(text in page(html).text for text in ("Tone", "dag 0", "dag 1", "til juni", "lavt", "højt"))


async def test_P5_4_the_report_has_the_picture() -> None:
    maker = FileMaker()
    made = await maker.summary(summary(course(3, 5, aim=8), course(aim=6), course(4)), DA)
    await maker.close()
    text = squeezed(pdf_text(made))
    assert all(squeezed(said) in text for said in ("Tone", "dag 0", "dag 1", "til juni", "lavt", "højt"))
