"""P3.1: a theme is in one of two fields, or in neither yet."""

import pytest
from pydantic import ValidationError

from app.activities.influence.messages import PlaceInfluence
from app.activities.influence.report import report
from app.blocks.fields import Fields
from app.engine.agenda import Item
from app.locales import words
from app.parts.themes import Influence, influence_id, influence_of
from tests.support.boards import INFLUENCE, Meeting, ask


def place(meeting: Meeting, theme: str, field: str | None, base: int | None = None) -> PlaceInfluence:
    base = meeting.seq(influence_id(theme)) if base is None else base
    command: PlaceInfluence = ask(PlaceInfluence, theme=theme, base=base, field=field)
    return command


async def with_theme() -> tuple[Meeting, str]:
    meeting = await Meeting.open()
    await meeting.turned("a")
    return meeting, await meeting.theme("Tone", "a")


async def test_P3_1_a_theme_is_placed_in_one_of_the_two_fields() -> None:
    meeting, theme = await with_theme()
    assert influence_of(meeting.board, theme) is None
    await meeting.do(place(meeting, theme, "can"))
    assert influence_of(meeting.board, theme) == "can"


async def test_P3_1_B49_placing_again_replaces() -> None:
    meeting, theme = await with_theme()
    await meeting.do(place(meeting, theme, "can"))
    await meeting.do(place(meeting, theme, "cannot"))
    assert influence_of(meeting.board, theme) == "cannot"
    assert len(meeting.board.every(Influence)) == 1


async def test_P3_1_back_to_the_tray() -> None:
    meeting, theme = await with_theme()
    await meeting.do(place(meeting, theme, "can"))
    await meeting.do(place(meeting, theme, None))
    await meeting.do(place(meeting, theme, None))
    assert influence_of(meeting.board, theme) is None
    await meeting.do(place(meeting, theme, "cannot"))
    assert influence_of(meeting.board, theme) == "cannot"


async def test_B49_an_unknown_theme_and_an_unknown_field_are_refused() -> None:
    meeting, _ = await with_theme()
    assert await meeting.code(ask(PlaceInfluence, theme="never", base=0, field="can")) == "unknown"
    for field in ("maybe", "", 1):
        with pytest.raises(ValidationError):
            ask(PlaceInfluence, theme="x", base=0, field=field)


async def test_B63_of_two_who_place_it_the_second_sees_where_it_lies() -> None:
    meeting, theme = await with_theme()
    await meeting.do(place(meeting, theme, "can", base=0))
    answer = await meeting.ask(place(meeting, theme, "cannot", base=0))
    assert answer.code == "stale" and answer.fresh == meeting.board.held(influence_id(theme))
    base = meeting.seq(influence_id(theme))
    await meeting.do(place(meeting, theme, None, base=base))
    assert await meeting.code(place(meeting, theme, "cannot", base=base)) == "stale"


async def test_P3_1_what_cannot_be_changed_is_kept_in_the_summary() -> None:
    meeting, theme = await with_theme()
    item = meeting.board.one(Item, INFLUENCE)
    assert report(meeting.board, item, words("da")) == []
    await meeting.do(place(meeting, theme, "cannot"))
    (fields,) = report(meeting.board, item, words("da"))
    assert isinstance(fields, Fields)
    assert [[card.name for card in field.cards] for field in fields.fields] == [[], ["Tone"]]
