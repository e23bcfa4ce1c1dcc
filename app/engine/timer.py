"""The clock of an activity. It runs on the server: screens show `ends_at`, corrected by their offset (E6)."""

from typing import Annotated, Literal

from pydantic import Field

from app.engine.activity import Part, everybody, never
from app.engine.agenda import workshop_of
from app.engine.commands import Asked, DriverCommand, Refused
from app.engine.edits import NOTHING, Edits, put
from app.engine.records import Board, Id, Record

timer = Part("timer")

Seconds = Annotated[int, Field(ge=1, le=8 * 3600)]
_no_undo = never("time that has passed cannot be given back")


class Timer(Record):
    """One activity's clock. Times are ms of server time; `left` only while paused."""

    kind: Literal["timer"] = "timer"
    activity: Id
    state: Literal["running", "paused", "stopped"]
    ends_at: int | None = None
    left: int | None = None
    length: int

    def closed(self) -> None:
        return None

    def over(self, now: int) -> bool:
        """Whether it ran out."""
        return self.state == "running" and self.ends_at is not None and self.ends_at <= now


timer.record(Timer, everybody)


class TimerCommand(DriverCommand):
    """A command to one activity's clock."""

    activity: Id


class Start(TimerCommand):
    """Start the clock with this many seconds."""

    type: Literal["timer.start"]
    seconds: Seconds


class Pause(TimerCommand):
    """Pause the clock."""

    type: Literal["timer.pause"]


class Resume(TimerCommand):
    """Resume the clock."""

    type: Literal["timer.resume"]


class Lengthen(TimerCommand):
    """Add seconds, or remove them with a negative number; never below zero."""

    type: Literal["timer.add"]
    seconds: Annotated[int, Field(ge=-3600, le=3600)]


class Finish(TimerCommand):
    """End the time now; the grace period follows."""

    type: Literal["timer.finish"]


class Stop(TimerCommand):
    """Remove the clock."""

    type: Literal["timer.stop"]


@timer.public_id
def timer_id(activity: str) -> str:
    """The id of an activity's clock."""
    return f"timer:{activity}"


def timer_of(board: Board, activity: str) -> Timer | None:
    """The clock of an activity, if it was ever started."""
    return board.find(Timer, timer_id(activity))


def stopped(board: Board, activity: str) -> Edits:
    """Edits that put an activity's clock away."""
    clock = timer_of(board, activity)
    if clock is None or clock.state == "stopped":
        return NOTHING
    return put(clock.with_(state="stopped", ends_at=None, left=None))


def left_of(board: Board, activity: str, now: int) -> int:
    """How much time an activity's clock has left, in ms; 0 if none is running or paused."""
    clock = timer_of(board, activity)
    if clock is None or clock.state == "stopped":
        return 0
    return max(0, clock.left if clock.left is not None else (clock.ends_at or now) - now)


def going_on(board: Board, activity: str, left: int, now: int) -> Edits:
    """Edits that restart a clock that was put away with the time it had left, in ms."""
    clock = timer_of(board, activity)
    if clock is None or left <= 0:
        return NOTHING
    return put(clock.with_(state="running", ends_at=now + left, left=None))


@timer.rule("drive", undo=_no_undo)
def start(board: Board, cmd: Start, asked: Asked) -> Edits:
    """P2.1: the clock of the room; starting one that runs changes nothing (B67)."""
    _live(board, cmd.activity, asked)
    clock = timer_of(board, cmd.activity)
    if clock is not None and clock.state != "stopped":
        return NOTHING
    length = cmd.seconds * 1000
    return put(
        Timer(
            id=timer_id(cmd.activity),
            activity=cmd.activity,
            state="running",
            ends_at=asked.now + length,
            length=length,
        )
    )


@timer.rule("drive", undo=_no_undo)
def pause(board: Board, cmd: Pause, asked: Asked) -> Edits:
    """P2.1: pause the clock; the time left is kept."""
    clock = _running(board, cmd.activity, asked)
    if clock.state != "running" or clock.ends_at is None:
        return NOTHING
    return put(clock.with_(state="paused", ends_at=None, left=max(0, clock.ends_at - asked.now)))


@timer.rule("drive", undo=_no_undo)
def resume(board: Board, cmd: Resume, asked: Asked) -> Edits:
    """P2.1: continue with the time that was left."""
    clock = _running(board, cmd.activity, asked)
    if clock.state != "paused" or clock.left is None:
        return NOTHING
    return put(clock.with_(state="running", ends_at=asked.now + clock.left, left=None))


@timer.rule("drive", undo=_no_undo)
def lengthen(board: Board, cmd: Lengthen, asked: Asked) -> Edits:
    """P2.1: one minute more, one less; also after it ran out, when the room asks for more."""
    clock = _running(board, cmd.activity, asked)
    if cmd.seconds < 0 and clock.over(asked.now):
        return NOTHING
    more = cmd.seconds * 1000
    length = max(1000, clock.length + more)
    if clock.left is not None:
        return put(clock.with_(left=max(0, clock.left + more), length=length))
    ends_at = max(asked.now, (clock.ends_at or asked.now)) + more
    return put(clock.with_(ends_at=max(asked.now, ends_at), length=length))


@timer.rule("drive", undo=_no_undo)
def finish(board: Board, cmd: Finish, asked: Asked) -> Edits:
    """P2.1: "finish the sentence": over now, with the grace its activity gives."""
    clock = _running(board, cmd.activity, asked)
    if clock.over(asked.now):
        return NOTHING
    return put(clock.with_(state="running", ends_at=asked.now, left=None))


@timer.rule("drive", undo=_no_undo)
def stop(board: Board, cmd: Stop, asked: Asked) -> Edits:
    """P2.1: put the clock away; stopping a stopped one changes nothing (B67)."""
    _live(board, cmd.activity, asked)
    return stopped(board, cmd.activity)


def _live(board: Board, activity: str, asked: Asked) -> None:
    if workshop_of(board, asked).live != activity:
        raise Refused("not_open")


def _running(board: Board, activity: str, asked: Asked) -> Timer:
    _live(board, activity, asked)
    clock = timer_of(board, activity)
    if clock is None or clock.state == "stopped":
        raise Refused("not_open")
    return clock
