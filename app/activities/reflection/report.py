"""What a reflection says in the summary: answers and next theme (P5.3), and the progress pictures (P5.4)."""

from collections.abc import Iterator

from app.activities.reflection.messages import (
    NextTheme,
    Progress,
    Reflection,
    ReflectionPart,
    Reminder,
    next_theme_id,
    progress_id,
    reflection,
    reflection_id,
)
from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.course import Course, CoursePoint
from app.blocks.table import Table, TableRow
from app.engine.agenda import Item
from app.engine.records import Board
from app.engine.report import Block, Words, day_in_words
from app.parts.themes import Theme, name_of, themes_of
from app.parts.why import success_of
from app.words.order import by_words

REMINDERS = ("theme", "meeting", "when", "who")


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """The answers of this reflection; what belongs to the whole process appears in the latest one only."""
    said = tuple(_answers(board, item, words))
    blocks: list[Block] = []
    if said:
        aim = success_of(board)
        question = words("reflection.report.success")
        meant = [QuestionAnswer(question=question, answer=aim, repeated=True)] if aim else []
        blocks.append(QuestionAnswers(answers=(*meant, *said)))
    if item.id != _last(board):
        return blocks
    return [*blocks, *_courses(board, words), *_reminders(board, words)]


def _answers(board: Board, item: Item, words: Words) -> Iterator[QuestionAnswer]:
    def said(part: ReflectionPart) -> Iterator[QuestionAnswer]:
        found = board.find(Reflection, reflection_id(item.id, part))
        if found:
            yield QuestionAnswer(question=words(f"reflection.report.{part}"), answer=found.text)

    yield from (*said("far"), *said("well"), *said("less"))
    chosen = board.find(NextTheme, next_theme_id(item.id))
    theme = board.find(Theme, chosen.theme) if chosen else None
    if theme:
        name = name_of(theme, words)
        yield QuestionAnswer(question=words("reflection.report.next"), answer=name)
    yield from said("plan")


def _last(board: Board) -> str:
    items = [item for item in board.every(Item).values() if item.activity == reflection.name]
    return max(items, key=lambda item: (item.started_at or 0, item.workshop, item.position, item.id)).id


def _courses(board: Board, words: Words) -> Iterator[Course]:
    for theme in themes_of(board):
        progress = board.find(Progress, progress_id(theme.id))
        if progress and progress.marks:
            yield _course(theme, progress, words)


def _reminders(board: Board, words: Words) -> Iterator[Table]:
    """P5.4: what is taken up when: by day, then what has no day yet."""
    key = by_words(words.language)
    planned = sorted(
        board.every(Reminder).values(), key=lambda one: (one.day or "9", key(one.meeting), one.id)
    )
    rows = tuple(_reminder(board, one, words) for one in planned)
    columns = tuple(words(f"reflection.report.reminders.{column}") for column in REMINDERS)
    if rows:
        yield Table(columns=columns, rows=rows, sheet=words("summary.sheet.reminders"))


def _reminder(board: Board, one: Reminder, words: Words) -> TableRow:
    theme = board.find(Theme, one.theme)
    name = name_of(theme, words)
    said = day_in_words(one.day, words) if one.day else ""
    when = f"{said} ({one.when})" if said and one.when not in said else said or one.when
    cells = name, one.meeting, when, one.who
    return TableRow(cells=cells, day=one.day or "", paper=theme.paper if theme else None)


def _course(theme: Theme, progress: Progress, words: Words) -> Course:
    points = tuple(
        CoursePoint(label=day_in_words(mark.day, words), value=mark.value)
        for mark in progress.marks
        if mark.value is not None
    )
    wants = [mark.want for mark in progress.marks if mark.want is not None]
    by = day_in_words(progress.by, words) if progress.by else words("reflection.report.aim")
    course = Course(
        name=name_of(theme, words),
        paper=theme.paper,
        low=progress.low or words("reflection.report.low"),
        high=progress.high or words("reflection.report.high"),
        points=points,
        aim=CoursePoint(label=by, value=wants[-1]) if wants else None,
        alt="-",
    )
    return course.model_copy(update={"alt": _in_words(course, progress.by is not None, words)})


def _in_words(course: Course, dated: bool, words: Words) -> str:
    """The picture in words, for people who cannot see it: each place with its day, and the aim."""
    places = ", ".join(f"{point.value} ({point.label})" for point in course.points)
    said = [f"{course.name}: {words('reflection.report.alt', low=course.low, high=course.high)}"]
    if places:
        said.append(words("reflection.report.alt.way", places=places))
    if course.aim:
        key = "reflection.report.alt.aim_by" if dated else "reflection.report.alt.aim"
        said.append(words(key, want=course.aim.value, day=course.aim.label))
    return " ".join(said)


def titled(_board: Board, _item: Item, words: Words) -> str:
    """Its title."""
    return words("reflection.report.title")
