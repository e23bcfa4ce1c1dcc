"""R16: presence covers all processes, at each one's own times (F14)."""

from typing import Any

import orjson

from app.engine.agenda import Go
from app.live.elsewhere import AGAIN, BELIEVED, NOBODY, Elsewhere, Numbers
from app.live.flood import FloodLimits, RoomFlood
from app.live.hub import Hub
from app.live.messages import Leaf
from app.live.presence import GRID
from app.live.rooms import OpenRoom
from tests.support.boards import FACILITATOR, PHONE, Q1, SCREEN, Meeting, Time, W, ask, new_id


class Pair:
    """Two processes with the same board open, each of which receives the other's hints as JSON."""

    def __init__(self) -> None:
        self.both: tuple[Meeting, ...] = ()
        self.lost = False
        self.told: list[tuple[str, Any]] = []
        self.elsewheres: list[Elsewhere] = []

    @classmethod
    async def open(cls) -> "Pair":
        pair = cls()
        first = await Meeting.open()
        for seed in (7, 8):
            await pair.starts(first, seed)
        return pair

    async def starts(self, like: Meeting, seed: int = 9) -> Meeting:
        """One more process, which has received nothing yet."""
        elsewhere = Elsewhere(self, like.time)
        meeting = await Meeting.at(like.store, like.time, seed=seed, elsewhere=elsewhere)
        self.both = (*self.both, meeting)
        self.elsewheres.append(elsewhere)
        return meeting

    def stops(self, meeting: Meeting) -> None:
        """A process dies silently."""
        at = self.both.index(meeting)
        del self.elsewheres[at]
        self.both = tuple(each for each in self.both if each is not meeting)

    def tell(self, topic: str, about: str, value: dict[str, Any]) -> None:
        assert topic == "here"
        self.told.append((about, value))
        if not self.lost:
            for meeting, elsewhere in zip(self.both, self.elsewheres, strict=True):
                if elsewhere.hear(about, orjson.loads(orjson.dumps(value))):
                    meeting.hub.heard(about)

    def run(self) -> None:
        for _ in range(3):
            for meeting in self.both:
                meeting.run()

    async def forward(self, seconds: float) -> None:
        """Time passes, in which each announces its presence again."""
        for _ in range(round(seconds / AGAIN)):
            for meeting in self.both:
                await meeting.forward(AGAIN / 2)
            for elsewhere, meeting in zip(self.elsewheres, self.both, strict=True):
                elsewhere.forget()
                meeting.hub.say_again()
            self.run()


async def test_R16_R10_a_desk_counts_the_phones_that_came_to_the_other_process() -> None:
    pair = await Pair.open()
    one, two = pair.both
    desk, wall = one.join(FACILITATOR), two.join(SCREEN)
    for n in range(5):
        pair.both[n % 2].join(PHONE)
    pair.run()
    for screen in (desk, wall):
        screen.read()
        assert screen.presence is not None
        assert (screen.presence["phones"], screen.presence["screens"]) == (5, 1)
    # Nothing changes: neither sends anything.
    before = len(pair.told), len(desk.line.frames), len(wall.line.frames)
    pair.run()
    assert (len(pair.told), len(desk.line.frames), len(wall.line.frames)) == before


async def test_R16_F14_what_another_process_says_moves_a_number_at_the_own_tick_alone() -> None:
    pair = await Pair.open()
    one, two = pair.both
    desk, _ = one.join(FACILITATOR), two.join(FACILITATOR)
    await one.do(ask(Go, item=Q1))
    two.room.hint(one.board.seq)
    await two.room.idle()
    pair.run()
    await pair.forward(2 * GRID)
    desk.read()
    assert desk.presence is not None and desk.presence["phones"] == 0
    await one.forward(3)
    two.join(PHONE)
    frames = len(desk.line.frames)
    two.hub.say_again()
    pair.run()
    assert len(desk.line.frames) == frames, "not when it opened, and not when the other process said so"
    await pair.forward(2 * GRID)
    desk.read()
    assert desk.presence["phones"] == 1


async def test_R16_U8_hands_and_pages_are_told_at_once_from_process_to_process() -> None:
    pair = await Pair.open()
    one, two = pair.both
    desk, other, wall = one.join(FACILITATOR), two.join(FACILITATOR), two.join(SCREEN)
    pair.run()
    leaf = Leaf(item=Q1, page=1, pages=2, to=18, until=33, of=33)
    assert other.member is not None and wall.member is not None
    two.hub.hold(other.member, new_id("a"))
    two.hub.show(wall.member, leaf)
    two.hub.broke(wall.member, broken=True)
    pair.run()
    desk.read()
    assert desk.presence is not None
    assert desk.presence["held"] == [new_id("a")]
    assert desk.presence["leaves"] == [leaf.model_dump()]
    assert desk.presence["broken"] == 1
    two.leave(other)
    two.leave(wall)
    pair.run()
    desk.read()
    assert (desk.presence["held"], desk.presence["leaves"], desk.presence["broken"]) == ([], [], 0)


async def test_R16_a_dead_process_soon_stops_counting_and_a_stopped_one_at_once() -> None:
    pair = await Pair.open()
    one, two = pair.both
    desk = one.join(FACILITATOR)
    two.join(PHONE)
    pair.run()

    def seen() -> int:
        pair.run()
        desk.read()
        assert desk.presence is not None
        return int(desk.presence["phones"])

    assert seen() == 1
    # Its hint is lost now and then, or it is dead: it is believed for a while.
    pair.lost = True
    await pair.forward(BELIEVED - AGAIN)
    assert seen() == 1
    await pair.forward(2 * AGAIN)
    assert seen() == 0
    pair.lost = False
    await pair.forward(AGAIN)
    assert seen() == 1
    pair.elsewheres[1].leave()
    assert seen() == 0
    # What it still sends changes nothing any more.
    two.hub.say_again()
    assert seen() == 0


def test_R16_what_another_version_says_is_left_alone() -> None:
    class Nobody:
        def tell(self, *_told: object) -> None:
            raise AssertionError

    one = Elsewhere(Nobody(), Time())
    for value in (None, 7, {}, {"by": "x"}, {"by": "x", "numbers": {"phones": -1}},
                  {"by": "x", "numbers": {"new": 1}}, {"by": "x", "numbers": {}, "lead": 7},
                  {"by": "x", "numbers": {}, "lead": {"rank": 1, "desk": "<b>", "name": ""}}):  # fmt: skip
        assert not one.hear(W, value)
    assert one.at(W) == NOBODY
    assert one.hear(W, {"by": "x", "numbers": {"phones": 3}})
    assert one.at(W) == Numbers(phones=3)


def test_R16_what_is_in_use_is_counted_at_all_processes_a_meeting_at_two_once() -> None:
    class Nobody:
        def tell(self, *_told: object) -> None: ...

    time = Time()
    one = Elsewhere(Nobody(), time)
    assert one.in_use({}) == (0, 0)
    assert one.in_use({W: 2}) == (1, 2)
    one.hear(W, {"by": "x", "numbers": {"phones": 3, "screens": 1, "desks": ["laptop"]}})
    assert one.in_use({}) == (1, 5)
    assert one.in_use({W: 2}) == (1, 7)
    time.ms += 7000
    one.hear("workshop-2", {"by": "x", "numbers": {"phones": 1}})
    one.hear(W, {"by": "y", "numbers": {"screens": 1}})
    assert one.in_use({W: 2, "workshop-3": 1}) == (3, 10)
    # Of the first nothing was heard again for too long; everybody has left the second.
    time.ms += 6000
    one.hear("workshop-2", {"by": "x", "numbers": {}})
    assert one.in_use({}) == (1, 1)


async def test_R16_A12_a_phone_that_moves_to_another_process_took_part_once() -> None:
    time = Time()
    flood = RoomFlood(FloodLimits(), lambda: time.seconds)
    meeting = await Meeting.open()
    opened = OpenRoom(meeting.room, Hub(meeting.board, meeting.registry), flood, flood, lambda *_: None)
    here = flood.source(W, "a")
    here.lines = 4
    assert opened.counted(W, 0) == 4
    # Three connect here whose process has died, and is believed for a while.
    here.lines = 7
    assert opened.counted(W, 3) == 7
    assert opened.counted(W, 0) == 7
    # Three others are there, at two counts.
    assert opened.counted(W, 3) == 7
    assert opened.counted(W, 3) == 10


LAPTOP, TABLET = ("laptop", "Anna"), ("tablet", "Anna")


async def test_R11_R16_a_desk_at_another_process_knows_who_leads_and_that_it_was_taken_over() -> None:
    pair = await Pair.open()
    one, two = pair.both
    laptop = one.join(FACILITATOR, desk="laptop")
    tablet = two.join(FACILITATOR, desk="tablet")
    phone, wall = two.join(PHONE), one.join(SCREEN)
    pair.run()
    assert laptop.leading == tablet.leading == LAPTOP, "the first that comes, wherever it comes"
    # Its takeover may reach either process.
    for at in (one, two):
        for desk in (TABLET, LAPTOP):
            at.hub.take_over(W, *desk)
            for screen in (laptop, tablet):
                screen.read()
                assert screen.leading == desk, "at once"
    for screen in (phone, wall):
        assert b"laptop" not in screen.bytes and b"Anna" not in screen.bytes


async def test_R11_R16_a_desk_that_reconnects_to_another_process_leads_as_before() -> None:
    pair = await Pair.open()
    one, two = pair.both
    laptop, tablet = one.join(FACILITATOR, desk="laptop"), two.join(FACILITATOR, desk="tablet")
    one.leave(laptop)
    pair.run()
    assert tablet.leading == ("", "")
    laptop = two.join(FACILITATOR, desk="laptop")
    pair.run()
    assert tablet.leading == laptop.leading == LAPTOP
    # If nobody present leads, the next desk does, and continues when the first returns.
    for screen in (laptop, tablet):
        two.leave(screen)
    pair.run()
    tablet = one.join(FACILITATOR, desk="tablet")
    laptop = two.join(FACILITATOR, desk="laptop")
    pair.run()
    assert tablet.leading == laptop.leading == TABLET


async def test_R11_R16_the_lead_outlives_a_stop_a_crash_and_lost_hints() -> None:
    pair = await Pair.open()
    one, two = pair.both
    laptop, tablet = one.join(FACILITATOR, desk="laptop"), two.join(FACILITATOR, desk="tablet")
    two.hub.take_over(W, *TABLET)
    pair.run()
    # A third that starts has received nothing: a new desk leads there, until the others announce theirs.
    three = await pair.starts(one)
    late = three.join(FACILITATOR, desk="late")
    assert late.leading == ("late", "Anna")
    await pair.forward(AGAIN)
    assert laptop.leading == tablet.leading == late.leading == TABLET
    # The hint is lost: it is repeated.
    pair.lost = True
    one.hub.take_over(W, *LAPTOP)
    pair.run()
    assert tablet.leading == TABLET
    pair.lost = False
    await pair.forward(AGAIN)
    assert tablet.leading == late.leading == LAPTOP
    # Its process dies, and it reconnects to another.
    pair.stops(one)
    await pair.forward(BELIEVED + AGAIN)
    assert tablet.leading == late.leading == ("", "")
    laptop = two.join(FACILITATOR, desk="laptop")
    pair.run()
    assert tablet.leading == late.leading == laptop.leading == LAPTOP
    # All move from a process that stops to one that had none of them.
    pair.elsewheres[1].leave()
    four = await pair.starts(two)
    await pair.forward(AGAIN)
    tablet, laptop = (four.join(FACILITATOR, desk=desk) for desk in ("tablet", "laptop"))
    pair.run()
    assert tablet.leading == laptop.leading == LAPTOP


async def test_R11_R16_of_two_that_did_not_know_of_each_other_the_first_leads() -> None:
    pair = await Pair.open()
    one, two = pair.both
    pair.lost = True
    laptop = one.join(FACILITATOR, desk="laptop")
    pair.run()
    tablet = two.join(FACILITATOR, desk="tablet")
    pair.run()
    assert (laptop.leading, tablet.leading) == (LAPTOP, TABLET)
    pair.lost = False
    await pair.forward(AGAIN)
    assert laptop.leading == tablet.leading == LAPTOP
