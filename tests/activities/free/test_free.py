"""W8: a free item of the agenda: a pause, a talk, two by two, a meal."""

from typing import get_args

import pytest
from pydantic import ValidationError

from app.activities.free.messages import FreeSettings, Meanwhile
from app.activities.registry import registry
from app.engine.agenda import Add, ChangeItem, Go, Item
from app.locales import languages, texts_of, words
from tests.support.boards import Q1, Meeting, W, ask, new_id


async def with_a_pause(**settings: object) -> tuple[Meeting, str]:
    meeting = await Meeting.open()
    id = new_id("pause")
    added = {"item": id, "workshop": W, "title": "Pause", "minutes": 15, "before": None}
    await meeting.do(ask(Add, activity="free", settings=settings, **added), ask(Go, item=id))
    return meeting, id


async def test_W8_a_pause_is_an_item_that_makes_nothing() -> None:
    meeting, id = await with_a_pause()
    item = meeting.board.one(Item, id)
    assert item.settings == {"what": "pause", "text": ""}
    assert registry.kinds["free"].report(meeting.board, item, words("da")) == []
    await meeting.do(ask(Go, item=Q1))
    assert meeting.board.one(Item, id).state == "done"


async def test_W8_its_text_may_be_changed_while_the_room_looks_at_it() -> None:
    meeting, id = await with_a_pause(what="pairs", text="Hvornår gik det godt?")
    change = {"item": id, "base": meeting.seq(id), "title": "To og to", "minutes": 8}
    await meeting.do(ask(ChangeItem, **change, settings={"what": "pairs", "text": "Og hvad gjorde I?"}))
    assert meeting.board.one(Item, id).settings["text"] == "Og hvad gjorde I?"
    (seen,) = (one for one in meeting.fresh("phone").kinds("item") if one["id"] == id)
    assert seen["settings"]["text"] == "Og hvad gjorde I?"


def test_W8_there_are_four_of_them_and_each_has_its_words() -> None:
    assert get_args(Meanwhile) == ("pause", "talk", "pairs", "meal")
    with pytest.raises(ValidationError):
        FreeSettings.model_validate({"what": "party"})
    for language in languages():
        texts = texts_of(language)
        for what in get_args(Meanwhile):
            for face in ("desk.what", "desk.say", "phone", "wall"):
                assert texts.get(f"free.{face}.{what}"), (language, face, what)
