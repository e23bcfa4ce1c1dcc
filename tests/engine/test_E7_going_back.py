"""E7, F4: the agenda shows one item at a time, and going back never destroys."""

from app.engine.agenda import (
    Add,
    ChangeItem,
    End,
    Go,
    Item,
    Move,
    RemoveItem,
    Workshop,
    items_of,
)
from app.engine.attendance import CountPeople
from app.engine.wall import ChangeWall, Wall
from app.parts.notes.messages import StopWriting, TurnAll, Writing
from app.parts.notes.records import Note
from app.parts.themes import Theme
from tests.support.boards import (
    C1,
    INFLUENCE,
    PRIORITY,
    Q1,
    Q2,
    Meeting,
    W,
    agenda,
    ask,
    edit,
    new_id,
    note,
)


async def test_E7_going_back_shows_what_was_there() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    theme = await meeting.theme("one", "a")
    await meeting.do(ask(Go, item=Q2), note("c", activity=Q2), ask(Go, item=Q1), ask(Go, item=C1))
    assert meeting.board.one(Note, new_id("a")).theme == theme
    assert meeting.board.one(Theme, theme).name == "one"
    assert meeting.board.one(Writing, f"writing:{Q1}").state == "turned"
    assert {note.face for note in meeting.board.of(Note, Q2).values()} == {"stopped"}


async def test_E7_coming_back_does_not_open_what_was_stopped() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), ask(StopWriting, activity=Q1), ask(Go, item=Q2), ask(Go, item=Q1))
    assert meeting.board.one(Writing, f"writing:{Q1}").state == "stopped"


async def test_F4_one_item_is_live_at_a_time() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    assert meeting.board.one(Workshop, W).state == "live"
    await meeting.forward(90)
    await meeting.do(ask(Go, item=C1))
    states = {item.id: item.state for item in items_of(meeting.board, W)}
    assert (states.pop(Q1), states.pop(C1)) == ("done", "live")
    assert set(states.values()) == {"planned"}
    assert meeting.board.one(Workshop, W).live == C1


async def test_A10_the_agenda_keeps_time_to_the_minute() -> None:
    meeting = await Meeting.open()
    await meeting.forward(12.345)
    await meeting.do(ask(Go, item=Q1))
    await meeting.forward(90)
    await meeting.do(ask(Go, item=C1))
    item = meeting.board.one(Item, Q1)
    assert item.started_at is not None and item.ended_at is not None
    assert item.started_at % 60_000 == item.ended_at % 60_000 == 0


async def test_F4_P2_9_the_agenda_can_be_rearranged() -> None:
    meeting = await Meeting.open()
    new = new_id()
    await meeting.do(
        ask(
            Add,
            item=new,
            workshop=W,
            activity="notes",
            title="Mere",
            minutes=5,
            settings={"question": "Mere?"},
            before=C1,
        ),
        ask(Move, item=PRIORITY, base=meeting.seq(PRIORITY), before=Q1),
        ask(RemoveItem, item=INFLUENCE, base=meeting.seq(INFLUENCE)),
        ask(Move, item=Q2, base=meeting.seq(Q2), before=None),
    )
    order = [item.id for item in items_of(meeting.board, W)]
    assert order[:5] == [PRIORITY, Q1, new, C1, "c2"] and order[-1] == Q2
    assert meeting.board.one(Item, new).settings["finish_seconds"] == 20


async def test_F4_settings_are_checked_by_their_kind() -> None:
    meeting = await Meeting.open()
    add = {"workshop": W, "title": "x", "minutes": 5, "before": None}
    assert await meeting.code(ask(Add, item=new_id(), activity="notes", settings={}, **add)) == "range"
    assert await meeting.code(ask(Add, item=new_id(), activity="sumo", settings={}, **add)) == "unknown"
    assert await meeting.code(ask(Add, item=new_id(), activity="timer", settings={}, **add)) == "unknown"
    change = {"item": Q1, "base": meeting.seq(Q1), "title": "x", "minutes": 5}
    odd = {"question": "?", "mode": "tell_in_turn"}
    assert await meeting.code(ask(ChangeItem, settings=odd, **change)) == "range"


async def test_F4_what_was_live_stays_in_the_agenda() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    assert await meeting.code(ask(RemoveItem, item=Q1, base=meeting.seq(Q1))) == "not_open"
    await meeting.do(ask(Go, item=C1))
    assert await meeting.code(ask(RemoveItem, item=Q1, base=meeting.seq(Q1))) == "not_open"


async def test_F4_an_item_has_no_place_before_itself_or_before_a_stranger() -> None:
    meeting = await Meeting.open()
    assert await meeting.code(ask(Move, item=Q1, base=meeting.seq(Q1), before=Q1)) == "unknown"
    assert await meeting.code(ask(Move, item=Q1, base=meeting.seq(Q1), before="x")) == "unknown"


async def test_the_wall_starts_clear_with_each_activity() -> None:
    meeting = await Meeting.open()
    wall = f"wall:{W}"
    await meeting.do(ask(ChangeWall, workshop=W, black=True, size="XL", page=3, forward="x", join=True))
    await meeting.do(ask(Go, item=Q1))
    assert meeting.board.one(Wall, wall) == Wall(id=wall, workshop=W, black=True, size="XL", join=False)
    await meeting.do(ask(ChangeWall, workshop=W, forward="x"), ask(ChangeWall, workshop=W, page=1))
    assert meeting.board.one(Wall, wall).forward == "x"
    await meeting.do(ask(ChangeWall, workshop=W, forward=None))
    assert meeting.board.one(Wall, wall).forward is None


async def test_A1_the_end_takes_secrets_tombstones_and_steps() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1), note("a"), note("gone"))
    await meeting.do(ask(TurnAll, activity=Q1), note("late"), ask(Go, item=C1))
    await meeting.theme("one", "a")
    await meeting.do(ask(End, workshop=W))
    stored = meeting.store.boards["board"]
    text = "".join(held.record.model_dump_json() for held in stored.rows.values())
    assert '"secret_hash":"' not in text
    assert not [held for held in stored.rows.values() if held.record.kind == "gone"]
    assert meeting.board.one(Workshop, W).state == "ended"
    assert stored.pruned_seq == stored.seq == meeting.board.pruned_seq
    assert stored.traces == 2


async def test_A4_at_the_end_every_anonymous_record_lies_under_one_seq() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(ask(Go, item=Q2), note("c", activity=Q2), ask(Go, item=C1))
    await meeting.do(note("late", activity=Q2), ask(End, workshop=W))
    anonymous = [held.seq for held in meeting.board if type(held.record).anonymous]
    assert len(anonymous) == 2 and len(set(anonymous)) == 1


async def test_A5_what_authors_changed_last_is_so_at_the_end() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a", "b")
    await meeting.do(ask(Go, item=Q2), edit("a", None), edit("b", "better"), ask(End, workshop=W))
    assert meeting.board.find(Note, new_id("a")) is None
    note_b = meeting.board.one(Note, new_id("b"))
    assert (note_b.text, note_b.rev, note_b.secret_hash) == ("better", 0, None)
    assert not [held for held in meeting.board if held.record.kind == "pending"]


async def test_B46_after_the_end_everything_is_closed() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    await meeting.do(ask(End, workshop=W))
    for command in (note("b"), edit("a", "x"), ask(Go, item=Q1), ask(End, workshop=W)):
        assert await meeting.code(command) == "closed"


async def test_the_end_of_one_workshop_leaves_the_next_one_alone() -> None:
    meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
    await meeting.do(ask(Go, item="q1-next"), note("n", activity="q1-next"), workshop="workshop-2")
    await meeting.do(ask(Go, item=Q1), note("a"), ask(TurnAll, activity=Q1), ask(End, workshop=W))
    assert meeting.board.one(Note, new_id("n")).secret_hash is not None
    assert meeting.board.one(Note, new_id("n")).face == "down"
    assert meeting.board.one(Note, new_id("a")).secret_hash is None


async def test_F1_the_next_workshop_has_what_the_last_one_made() -> None:
    meeting = await Meeting.open([*agenda(), *agenda("workshop-2", "-next")])
    await meeting.turned("a")
    theme = await meeting.theme("one", "a")
    await meeting.do(ask(End, workshop=W))
    await meeting.do(ask(Go, item="priority-1-next"), workshop="workshop-2")
    assert meeting.board.one(Theme, theme).name == "one"


async def test_F4_how_many_took_part_only_grows_and_is_no_step() -> None:
    meeting = await Meeting.open()

    def count(phones: int) -> CountPeople:
        command: CountPeople = ask(CountPeople, workshop=W, phones=phones)
        return command

    assert await meeting.code(count(3)) == "nothing_due"
    await meeting.do(ask(Go, item=Q1), count(3))
    assert await meeting.code(count(2)) == "nothing_due"
    assert meeting.board.one(Workshop, W).people == 3
