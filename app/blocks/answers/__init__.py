"""Questions with the group's answers."""

from collections.abc import Iterable
from typing import Literal, Self

from app.engine.report import Block, Box, FoundLine, ReportModel, Tabled, Whole, Words, tabled


class QuestionAnswer(ReportModel):
    """A question and what was answered; `answer` may have several lines."""

    question: str
    answer: str
    #: It may also appear elsewhere; then this one points there.
    repeated: bool = False


class QuestionAnswers(Block):
    """Shows the questions that got an answer; nothing if none did."""

    kind: Literal["answers"] = "answers"
    #: W3: a why in its parts; it comes before everything else.
    first: bool = False
    answers: tuple[QuestionAnswer, ...]

    @property
    def says_something(self) -> bool:
        return any(one.answer for one in self.answers)

    @property
    def told_once(self) -> bool:
        return True

    @property
    def leads(self) -> bool:
        return self.first

    @property
    def boxes(self) -> Iterable[Box]:
        # P1.6: of all answers, only the why is for the wall.
        if self.first:
            for one in self.answers:
                yield Box(title=one.question, lines=tuple(one.answer.split("\n")))

    def marked(self, _whole: Whole, _before: Block | None) -> Self:
        return self.model_copy(update={"answers": tuple(one for one in self.answers if one.answer)})

    def pointing(self, told: dict[str, str], title: str, words: Words) -> Self | None:
        left = []
        for one in self.answers:
            where = told.get(one.answer)
            if one.repeated and where is not None:
                answer = _pointer(where, words)
                # Under its own heading, or where that already points there, it need not be repeated.
                if title in (where, told.get(answer)):
                    continue
                left.append(one.model_copy(update={"answer": answer}))
                told[answer] = title
                continue
            told.setdefault(one.answer, title)
            left.append(one)
        return self.model_copy(update={"answers": tuple(left)}) if left else None

    def found(self, _words: Words) -> Iterable[FoundLine]:
        for one in self.answers:
            # The why says it already, and comes first.
            if not one.repeated:
                yield FoundLine(label=one.question, text=one.answer)

    def tabled(self, words: Words) -> Iterable[Tabled]:
        return tabled(words, "texts", "asked text", ((one.question, one.answer) for one in self.answers))


def _pointer(title: str, words: Words) -> str:
    # Not by the text's placeholders: a heading may contain braces. Isolated, it keeps its direction (X22).
    before, _, after = words("summary.see").partition("{title}")
    return f"{before}\u2068{title}\u2069{after}"
