"""P5.1, P5.2: how a pulse opens and ends, and what may be shown of it."""

from collections.abc import Container, Mapping
from typing import cast

from app.activities.pulse.messages import (
    MORE,
    SCALES,
    STEPS,
    ClosePulse,
    DeleteAnswer,
    Distribution,
    HideAnswer,
    Pulse,
    PulseAnswer,
    PulseResult,
    PulseSettings,
    ReopenPulse,
    ShowAnswer,
    pulse,
    pulse_id,
    pulse_result_id,
)
from app.engine.activity import inverse, never
from app.engine.agenda import Item, item_of, settings_of, workshop_of
from app.engine.commands import Asked, Refused
from app.engine.edits import NOTHING, Edits, Traces, put, remove
from app.engine.records import Board
from app.parts.answers import AnyWords, answers, released, texts
from app.parts.ballots import Ballot, Balloting, balloting_id, closed, least, opened, rewritten, tells
from app.parts.by_link import stays_open
from app.parts.themes import named

# -- coming and going --------------------------------------------------------------------------------------


def settle(board: Board, item: Item, _asked: Asked) -> Item:
    """2.5: once phones may have answered, the threshold can only be raised, and the question stays."""
    before = board.find(Item, item.id)
    if before is not None and before.state != "planned" and before.activity == item.activity:
        was = PulseSettings.model_validate(before.settings)
        if cast("int", item.settings["threshold"]) < was.threshold:
            raise Refused("threshold")
        if item.settings["span"] != was.span and board.find(Pulse, pulse_id(item.id)):
            raise Refused("begun")
    return named(board, item)


def enter(board: Board, item: str, asked: Asked) -> Edits:
    """P5.1: phones may answer as soon as the theme is known; returning to the item changes nothing (E7)."""
    settings: PulseSettings = settings_of(board, item, PulseSettings)
    if settings.theme is None or board.find(Pulse, pulse_id(item)):
        return NOTHING
    return put(Pulse(id=pulse_id(item), activity=item, night_at=asked.midnight)) | opened(board, item, asked)


def leave(board: Board, item: str, asked: Asked) -> Edits:
    """A4: leaving ends it, unless it is answered by link for several days; its ballots lose their order."""
    one = board.find(Pulse, pulse_id(item))
    if one is None:
        return NOTHING
    if one.state != "open" or stays_open(board, item, asked):
        return rewritten(board, item).leaving(Traces.PAGES)
    return _ended(board, one, asked)


def night_at(board: Board, item: str) -> int | None:
    one = board.find(Pulse, pulse_id(item))
    return one.night_at if one is not None and one.state == "open" else None


def again(board: Board, item: str, asked: Asked) -> Edits:
    """2.5: its ballots are rewritten and scrubbed every night."""
    kept = put(board.one(Pulse, pulse_id(item)).with_(night_at=asked.midnight))
    return (rewritten(board, item) | kept).leaving(Traces.PAGES)


def over(board: Board, item: str, asked: Asked) -> Edits:
    """P5.1: nobody answers any more, and nothing is shown yet."""
    return _ended(board, board.one(Pulse, pulse_id(item)), asked)


# -- drivers -----------------------------------------------------------------------------------------------


@pulse.rule("drive", undo=never("the room has seen it"))
def close(board: Board, cmd: ClosePulse, asked: Asked) -> Edits:
    """P5.2, A12: what has enough answers is shown, once; with fewer it closes and shows no figure."""
    workshop_of(board, asked)
    one = _pulse(board, cmd.activity)
    if one.state == "few":
        raise Refused("too_few")
    if one.state == "shown":
        raise Refused("released")
    ended = _ended(board, one, asked) if one.state == "open" else NOTHING
    return ended | _released(board, one, asked)


@pulse.rule("drive", undo=never("the phones may answer at once; closing is the way back"))
def reopen(board: Board, cmd: ReopenPulse, asked: Asked) -> Edits:
    """P5.2, B75: further answers; until there are enough of them nothing else is shown than was."""
    workshop = workshop_of(board, asked)
    one = _pulse(board, cmd.activity)
    if workshop.live != cmd.activity:
        raise Refused("not_live")
    if one.state == "open":
        return NOTHING
    return put(one.with_(state="open", night_at=asked.midnight)) | opened(board, cmd.activity, asked)


@pulse.rule("drive", undo=inverse)
def hide(board: Board, cmd: HideAnswer, asked: Asked) -> Edits:
    """A13: an open answer that names a colleague is hidden."""
    workshop_of(board, asked)
    return put(board.at(PulseAnswer, cmd.answer, cmd.base).with_(hidden=True))


@pulse.rule("drive", undo=inverse)
def show(board: Board, cmd: ShowAnswer, asked: Asked) -> Edits:
    """A13: show a hidden answer again."""
    workshop_of(board, asked)
    return put(board.at(PulseAnswer, cmd.answer, cmd.base).with_(hidden=False))


@pulse.rule("lead", undo=never("deleted is deleted (A5)"))
def delete(board: Board, cmd: DeleteAnswer, asked: Asked) -> Edits:
    """A5: gone from the board, the file and every screen; the count stays as it was."""
    workshop_of(board, asked)
    answer = board.one(PulseAnswer, cmd.answer)
    ballots = board.of(Ballot, answer.activity).values()
    own = sorted(one.id for one in ballots if one.of == MORE and one.value == answer.text)
    return remove(answer.id, *own).leaving(Traces.LOG)


# -- helpers -----------------------------------------------------------------------------------------------


def _pulse(board: Board, activity: str) -> Pulse:
    item_of(board, activity, pulse.name)
    one = board.find(Pulse, pulse_id(activity))
    if one is None:
        raise Refused("not_asked")
    return one


def _ended(board: Board, one: Pulse, asked: Asked) -> Edits:
    """A12: nobody answers any more, and how many did is not told, as it may be too few."""
    shown, threshold = _shown(board, one.activity), _threshold(board, one.activity)
    edits = closed(board, one.activity, asked, shown, threshold)
    quiet = cast("Balloting", edits.puts[balloting_id(one.activity)]).with_(count=0)
    return edits | put(quiet, one.with_(state="ended"))


def _released(board: Board, one: Pulse, asked: Asked) -> Edits:
    """2.5: each of the three by itself; E10: results are records of their own, ballots stay unseen."""
    settings: PulseSettings = settings_of(board, one.activity, PulseSettings)
    before = board.find(PulseResult, pulse_result_id(one.activity))
    threshold = _threshold(board, one.activity)
    if not tells(board, one.activity, _shown(board, one.activity), threshold):
        return put(one.with_(state="shown" if before else "few")).telling("few")
    scales = {of: _distribution(board, one.activity, of, before, threshold) for of in SCALES}
    last = before.more if before else 0
    said = released(texts(board, one.activity, MORE), last, threshold)
    if said is None and not any(scales.values()):
        return put(one.with_(state="shown" if before else "few")).telling("few")
    assert settings.theme is not None
    result = PulseResult(
        id=pulse_result_id(one.activity),
        activity=one.activity,
        theme=settings.theme,
        name=settings.name,
        day=asked.today,
        needed=scales["needed"] or (before.needed if before else None),
        better=scales["better"] or (before.better if before else None),
        more=said.total() if said else last,
    )
    hung = _hung(board, one.activity, list(said.elements()), asked) if said else NOTHING
    return hung | put(result, one.with_(state="shown"))


def _shown(board: Board, activity: str) -> dict[str, int]:
    """How many answers to each of the three the last release counted."""
    result = board.find(PulseResult, pulse_result_id(activity))
    if result is None:
        return {}
    scales = ((of, getattr(result, of)) for of in SCALES)
    return {MORE: result.more, **{of: scale.n for of, scale in scales if scale is not None}}


def _threshold(board: Board, activity: str) -> int:
    settings: PulseSettings = settings_of(board, activity, PulseSettings)
    return max(settings.threshold, least(board, activity))


def _distribution(
    board: Board, activity: str, of: str, before: PulseResult | None, threshold: int
) -> Distribution | None:
    known: Distribution | None = getattr(before, of) if before else None
    counts = released(answers(board, activity, of), known.n if known else 0, threshold)
    if counts is None:
        return None
    return Distribution(counts=cast("tuple[int, int, int, int, int]", tuple(counts[step] for step in STEPS)))


def _hung(board: Board, activity: str, words: list[str], asked: Asked) -> Edits:
    """E10: copies of the open answers under new ids, in random order; what was hidden stays hidden."""
    known = board.of(PulseAnswer, activity)
    hidden = {answer.text for answer in known.values() if answer.hidden}
    fresh = [
        PulseAnswer(id=asked.new_id(), activity=activity, text=text, hidden=text in hidden) for text in words
    ]
    edits = remove(*sorted(known)) | put(*sorted(fresh, key=lambda answer: answer.id))
    return edits.leaving(Traces.PAGES)


def asks(_board: Board, _item: Item, of: str) -> Container[object]:
    if of == MORE:
        return AnyWords()
    return STEPS if of in SCALES else ()


def count(answered: Mapping[str, int]) -> int:
    """How many have answered: the number of answers to the question that most have answered."""
    return max(answered.values(), default=0)
