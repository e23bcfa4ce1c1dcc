"""P5.4: where the lines of the progress picture lie, and that the page draws them."""

from app.board.report import Block, Course, CoursePoint, Paper, Report
from app.exports.course import BOTTOM, MOST_LABELS, RIGHT, TOP, drawn
from app.exports.html import summary_page
from app.exports.pdf import PdfMaker
from app.exports.summary import Summary, collect
from app.locales import words
from tests.exports.reading import page, pdf_text, squeezed
from tests.exports.sample import HEADING, Item

DA = words("da")


def course(*values: int, aim: int | None = None, paper: Paper = "mos") -> Course:
    points = tuple(CoursePoint(label=f"dag {n}", value=value) for n, value in enumerate(values))
    goal = CoursePoint(label="til juni", value=aim) if aim is not None else None
    return Course(name="Tone", paper=paper, low="lavt", high="højt", points=points, aim=goal, alt="Tone")


def test_P5_4_ten_lies_at_the_top_and_nought_at_the_bottom() -> None:
    way = drawn(course(0, 10, aim=10))
    assert [dot.y for dot in way.dots] == [BOTTOM, TOP]
    assert way.aim and way.aim.y == TOP and way.aim.x > way.dots[-1].x


def test_P5_4_the_way_goes_from_left_to_right_and_stays_in_the_picture() -> None:
    for n in range(1, 30):
        for aim in (None, 7):
            xs = [dot.x for dot in drawn(course(*([4] * n), aim=aim)).dots]
            assert xs == sorted(set(xs)) and xs[-1] <= RIGHT


def test_P5_4_many_days_are_not_all_said() -> None:
    labels = [dot.label for dot in drawn(course(*([4] * (MOST_LABELS + 3)))).dots]
    assert labels[0] and labels[-1] and not any(labels[1:-1])


def test_P5_4_an_aim_alone_has_no_way_yet() -> None:
    way = drawn(course(aim=6))
    assert way.dots == () and way.ground == () and way.aim and way.aim.value == 6


def summary(*courses: Course) -> Summary:
    blocks: list[Block] = list(courses)
    reports: dict[str, Report] = {"one": lambda _board, _item, _words: blocks}
    return collect(None, [Item("one", "Tilbage og videre")], reports, HEADING, DA)


def test_P5_4_the_page_has_the_picture_and_says_it_in_words() -> None:
    html = summary_page(summary(course(3, 5, aim=8)), DA)
    assert 'aria-label="Tone"' in html and "<polyline" in html
    assert all(text in page(html).text for text in ("Tone", "dag 0", "dag 1", "til juni", "lavt", "højt"))


async def test_P5_4_the_report_has_the_picture() -> None:
    maker = PdfMaker()
    made = await maker.summary(summary(course(3, 5, aim=8), course(aim=6), course(4)), DA)
    await maker.close()
    text = squeezed(pdf_text(made))
    assert all(squeezed(said) in text for said in ("Tone", "dag 0", "dag 1", "til juni", "lavt", "højt"))
