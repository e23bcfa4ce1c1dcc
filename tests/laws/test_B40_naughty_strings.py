"""B40: the big list of naughty strings, through every text of every command and into every format."""

import csv
import io
import random
import zipfile
from typing import Any, get_args

import orjson
import pytest

from app.activities.registry import registry
from app.engine.activity import Ruled
from app.engine.agenda import End, Go, Item
from app.engine.commands import Command
from app.engine.timer import Start
from app.exports.html import summary_page
from app.exports.separated import guarded
from app.exports.summary import Heading, collect
from app.live.messages import Do, Misunderstood, parse, parse_named
from app.locales import texts_of, words
from app.parts.notes.messages import StopWriting, TurnAll
from app.parts.notes.records import Note
from tests.exports.making import FileMaker
from tests.exports.reading import page, word_lines, workbook
from tests.support.boards import Q1, Meeting, ask, note
from tests.support.commands import made, rich_meeting
from tests.support.naughty import NAUGHTY

REPORTS = {name: kind.report for name, kind in registry.kinds.items()}
#: Fields with people's text. Ids, codes and secrets have formats of their own.
WORDS = frozenset({"text", "texts", "name", "title", "responsible", "who", "when"})
SPOKEN = [
    ruled
    for ruled in registry.commands
    if ruled.group != "server" and ruled.command is not End and WORDS & set(ruled.command.model_fields)
]


def type_of(ruled: Ruled) -> str:
    return str(get_args(ruled.command.model_fields["type"].annotation)[0])


def said(command: Command, text: str) -> Command | str:
    """The command with this text in its fields, as parsed from a message; or the code of the refusal."""
    body: dict[str, Any] = command.model_dump(mode="json")
    for field in WORDS & body.keys():
        body[field] = [text] if isinstance(body[field], list) or field == "responsible" else text
    try:
        if registry.ruled(command).group == "named":
            return parse_named(orjson.dumps({"type": "named", "command": body})).command
        message = parse(orjson.dumps({"type": "do", "ref": 1, "command": body}))
    except Misunderstood as fault:
        return fault.code
    assert isinstance(message, Do)
    return message.command


def test_the_list_is_whole() -> None:
    assert len(NAUGHTY) >= 480


@pytest.mark.parametrize("ruled", SPOKEN, ids=type_of)
async def test_B40_every_naughty_string_is_kept_or_refused_with_a_reason(ruled: Ruled) -> None:
    meeting = await rich_meeting()
    refusals = {key.removeprefix("refused.") for key in texts_of("da") if key.startswith("refused.")}
    rng = random.Random(7)
    kept = 0
    for text in NAUGHTY:
        command = said(made(ruled.command, meeting, rng), text)
        code = command if isinstance(command, str) else await meeting.code(command)
        assert code != "broken", repr(text)
        assert code is None or code in refusals, (text, code)
        kept += code is None
    assert kept > 0


async def test_B40_what_was_kept_stands_in_the_summary_and_its_pdf() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), ask(Start, activity=Q1, seconds=300))
    for nth, text in enumerate(NAUGHTY):
        await meeting.code(note(nth, text or " "))
    await meeting.do(ask(StopWriting, activity=Q1), ask(TurnAll, activity=Q1))
    kept = sorted(record.text for record in meeting.board.every(Note).values())
    assert len(kept) > 400
    say = words("da")
    heading = Heading(company=NAUGHTY[1], group=NAUGHTY[1])
    summary = collect(meeting.board, [meeting.board.one(Item, Q1)], REPORTS, heading, say)
    assert sorted(page(summary_page(summary, say)).notes) == kept
    maker = FileMaker()
    try:
        assert (await maker.summary(summary, say)).startswith(b"%PDF")
        lines = word_lines(await maker.word(summary, say))
        cells = workbook(await maker.file("xlsx", summary, say))["Sedler"][1:]
        with zipfile.ZipFile(io.BytesIO(await maker.file("csv", summary, say))) as held:
            text = held.read("sedler.csv").decode("utf-8-sig")
    finally:
        await maker.close()
    assert sorted(line for line in lines if line in set(kept)) == kept
    assert sorted(str(row[-1]) for row in cells) == kept
    written = [row[-1] for row in csv.reader(io.StringIO(text, newline=""), delimiter=";")][1:]
    # X23: an apostrophe before what would be evaluated, and the rest to the letter.
    assert sorted(written) == sorted(map(guarded, kept))
