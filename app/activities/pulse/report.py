"""What a pulse says in the summary (P5.2): both distributions, next to the last ones on its theme."""

from collections.abc import Iterator, Mapping, Sequence

from app.activities.pulse.messages import (
    SCALES,
    Distribution,
    Pulse,
    PulseAnswer,
    PulseResult,
    PulseSettings,
    pulse_id,
    pulse_result_id,
)
from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.bars import Bars
from app.blocks.open_answers import OpenAnswers
from app.blocks.paragraph import Paragraph
from app.blocks.trend import Trend, TrendLine, TrendPlace, TrendTime
from app.engine.agenda import Item, settings_of
from app.engine.records import Board
from app.engine.report import Block, Words, day_in_words
from app.parts.notes.aside import put_aside
from app.parts.themes import Theme, name_of
from app.parts.why import success_of
from app.words.dates import days_between


def report(board: Board, item: Item, words: Words) -> list[Block]:
    """Nothing while it is open; then what was released, or that there were too few answers."""
    result = board.find(PulseResult, pulse_result_id(item.id))
    if result is None:
        one = board.find(Pulse, pulse_id(item.id))
        few = one is not None and one.state == "few"
        return [Paragraph(text=words("pulse.report.few"), tone="quiet")] if few else []
    theme = board.find(Theme, result.theme)
    name = name_of(theme or result, words)
    paper = theme.paper if theme else "korn"
    earlier = earlier_of(board, result)
    settings: PulseSettings = settings_of(board, item.id, PulseSettings)
    asked = {"theme": name, "span": words(f"pulse.report.span.{settings.span}")}
    when = words("pulse.report.about", theme=name, day=day_in_words(result.day, words))
    blocks: list[Block] = [Paragraph(text=when, tone="quiet")]
    blocks += _trend(board, result, words)
    for scale in SCALES:
        now: Distribution | None = getattr(result, scale)
        if now is not None:
            blocks.append(_bars(scale, now, earlier, asked, words))
    if aim := success_of(board):
        hoped = QuestionAnswer(question=words("pulse.report.aim"), answer=aim, repeated=True)
        blocks.append(QuestionAnswers(answers=(hoped,)))
    answers = _answers(board, item.id)
    texts = tuple(answer.text for answer in answers if not answer.hidden)
    if texts:
        blocks.append(OpenAnswers(question=words("pulse.report.more", **asked), answers=texts, paper=paper))
    return [*blocks, *put_aside("pulse.report.aside", len(answers) - len(texts), words)]


def earlier_of(board: Board, result: PulseResult) -> PulseResult | None:
    """P5.2: the last pulse on the same theme before this one."""
    before = [one for one in _on_theme(board, result) if one.day < result.day]
    return before[-1] if before else None


def _on_theme(board: Board, result: PulseResult) -> list[PulseResult]:
    """All pulses on that theme, the oldest first."""
    them = [one for one in board.every(PulseResult).values() if one.theme == result.theme]
    return sorted(them, key=lambda one: (one.day, one.id))


def _trend(board: Board, result: PulseResult, words: Words) -> Iterator[Trend]:
    """P5.2: the latest pulse on a theme shows all of them, as lines."""
    them = _on_theme(board, result)
    lines = tuple(line for scale in SCALES if len((line := _line(them, scale, words)).places) > 1)
    if result != them[-1] or not lines:
        return
    times = tuple(
        TrendTime(label=_month(one.day, words), days=days_between(them[0].day, one.day)) for one in them
    )
    title = words("pulse.report.trend")
    told = (
        f"{line.name}: {', '.join(f'{one.said} ({times[one.time].label})' for one in line.places)}."
        for line in lines
    )
    yield Trend(
        title=title,
        times=times,
        lines=lines,
        ends=(words("pulse.report.low"), words("pulse.report.high")),
        alt=" ".join((f"{title}.", *told)),
    )


def _line(them: Sequence[PulseResult], scale: str, words: Words) -> TrendLine:
    means = [(n, one.mean) for n, each in enumerate(them) if (one := getattr(each, scale)) is not None]
    return TrendLine(
        name=words(f"pulse.report.trend.{scale}"),
        places=tuple(TrendPlace(time=n, mean=mean, said=decimal(mean, words)) for n, mean in means),
    )


def _answers(board: Board, item: str) -> list[PulseAnswer]:
    return sorted(board.of(PulseAnswer, item).values(), key=lambda answer: answer.id)


def _bars(
    scale: str, now: Distribution, earlier: PulseResult | None, asked: Mapping[str, str], words: Words
) -> Bars:
    before: Distribution | None = getattr(earlier, scale) if earlier else None
    question = words(f"pulse.report.{scale}", **asked)
    said = [_said("pulse.report.now", now, words)]
    if earlier is not None and before is not None:
        said.append(_said("pulse.report.then", before, words, month=_month(earlier.day, words)))
    each = ", ".join(f"{step}: {count}" for step, count in enumerate(now.counts, start=1))
    return Bars(
        question=question,
        counts=now.counts,
        earlier=before.counts if before else (),
        ends=(words("pulse.report.low"), words("pulse.report.high")),
        said=tuple(said),
        alt=" ".join((question, *said, words("pulse.report.counts", each=each))),
    )


def _said(key: str, one: Distribution, words: Words, **more: object) -> str:
    return words(key, mean=decimal(one.mean, words), n=one.n, **more)


def decimal(value: float, words: Words) -> str:
    """*3,8* in Danish, *3.8* in English: one digit is all that five steps say."""
    return f"{value:.1f}".replace(".", words("pulse.report.point"))


def _month(day: str, words: Words) -> str:
    year, month, _ = day.split("-")
    return f"{words('summary.months').split()[int(month) - 1]} {year}"


def titled(board: Board, item: Item, words: Words) -> str:
    """Its title: the pulses on one theme are shown together."""
    settings: PulseSettings = settings_of(board, item.id, PulseSettings)
    result = board.find(PulseResult, pulse_result_id(item.id))
    theme = board.find(Theme, result.theme) if result else None
    name = name_of(theme or result, words) if result else settings.name
    return words("pulse.report.title", theme=name) if name else words("pulse.report.title.any")
