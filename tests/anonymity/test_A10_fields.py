"""A10: records of what phones do have only the fields of trust 2.2; no column could contain more."""

import re

from sqlalchemy import BigInteger, DateTime, Integer
from sqlalchemy.dialects import postgresql
from sqlalchemy.schema import CreateTable

from app.activities.registry import registry
from app.engine.agenda import Go, Item
from app.engine.records import Gone, Record
from app.engine.timer import Timer
from app.storage.tables import board as boards, box, record as records
from tests.support.boards import Q1, Meeting, ask

#: By hand, from trust 2.2. `theme`, `rank`, `hidden`, `masked`, `face`, `audience` are set by drivers and the
#: engine. `poster` is chosen by the author, like the text.
FIELDS = {
    "note": {"text", "secret_hash", "rev", "face", "theme", "rank", "audience", "poster"}
    | {"edited", "hidden", "masked"},
    "late_note": {"text", "secret_hash", "rev", "poster"},
    "pending": {"note", "text", "rev"},
    # A copy of a text, under an id of its own.
    "pulse_answer": {"text", "hidden", "audience"},
    "ballot": {"of", "value", "secret_hash", "rev"},
    # Counts of a whole room, as of the last tick.
    "tally": {"there", "told"},
}
TELLING = re.compile(
    "time|_at$|created|updated|when|order|number|author|person|phone|device|session|address|agent|language|"
    "socket|user|name|colou?r|seat|seq|ip$"
)


def anonymous() -> dict[str, type[Record]]:
    found = [model for model in registry.record_kinds if model.anonymous]
    return {str(model.model_fields["kind"].default): model for model in found}


def test_A10_anonymous_records_have_the_fields_of_2_2_and_no_other() -> None:
    assert {
        kind: set(model.model_fields) - {"kind", "id", "activity"} for kind, model in anonymous().items()
    } == FIELDS


def test_A10_no_field_of_an_anonymous_record_is_named_like_a_trace() -> None:
    found = {f"{kind}.{name}" for kind, model in anonymous().items() for name in model.model_fields}
    assert {name for name in found if TELLING.search(name.partition(".")[2])} == set()


def test_A10_a_tombstone_says_who_had_been_told_and_nothing_else() -> None:
    assert set(Gone.model_fields) == {"kind", "id", "of", "activity", "phones", "seen_by", "unshown"}


def test_A10_no_column_next_to_a_record_holds_a_time() -> None:
    for table in (records, box):
        assert set(table.c.keys()) == {"board_id", "id", "kind", "seq", "body"}
        assert not [column.name for column in table.c if isinstance(column.type, DateTime)]
        numbers = {column.name for column in table.c if isinstance(column.type, Integer | BigInteger)}
        assert numbers == {"seq"}
        # A number that the database assigns would count the writes.
        made = str(CreateTable(table).compile(dialect=postgresql.dialect()))  # type: ignore[no-untyped-call]
        assert not re.search("SERIAL|IDENTITY|DEFAULT|GENERATED", made)
    assert set(boards.c.keys()) == {"id", "epoch", "seq", "pruned_seq", "traces", "due_at"}


async def test_A10_an_activity_knows_when_it_began_to_the_minute() -> None:
    meeting = await Meeting.open()
    await meeting.forward(12.345)
    await meeting.do(ask(Go, item=Q1))
    started = meeting.board.one(Item, Q1).started_at
    assert started is not None and started % 60_000 == 0
    # Clocks belong to drivers; no record of a phone refers to one.
    assert not Timer.anonymous
