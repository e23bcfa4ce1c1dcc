"""What simulated phones do in every kind of item that people write or answer in (`engine/simulated.py`)."""

from collections.abc import Iterable, Sequence
from typing import Any

from app.engine.agenda import Item
from app.engine.pace import SayDone
from app.engine.records import Board
from app.engine.simulated import SimulatedPhone
from app.parts.ballots import Cast, is_open
from app.parts.by_link import lasts
from app.parts.notes.messages import WriteNote, Writing
from app.parts.notes.waiting import writing_id
from app.parts.placing import DONE, Placing, placing_id


def writes(
    board: Board, item: Item, phone: SimulatedPhone, about: str = "", posters: Sequence[str] = ()
) -> WriteNote | SayDone | None:
    """Write a note or two, as long as writing is open and there is something left to say; then say it is
    done.

    With posters, it is written for any of them, with a text invented for that one.
    """
    writing = board.find(Writing, writing_id(item.id))
    what = f"note {item.id}"
    if writing is None or writing.state != "open":
        return None
    if phone.made(what) > min(1, phone.nth % 3):
        return _done(board, item, phone)
    poster = phone.rng.choice(posters) if posters else None
    text = phone.words(poster or about)
    if not text:
        return _done(board, item, phone)
    made = phone.makes(what)
    return WriteNote(
        type="notes.write",
        activity=item.id,
        note=made["id"],
        secret=made["secret"],
        rev=1,
        text=text,
        poster=poster,
    )


def _done(board: Board, item: Item, phone: SimulatedPhone) -> SayDone | None:
    what = f"done {item.id}"
    if phone.made(what) or lasts(board, item):
        return None
    return SayDone(type="pace.done", activity=item.id, mark=phone.makes(what)["id"], done=True)


def answers(board: Board, item: Item, phone: SimulatedPhone, asked: Iterable[tuple[str, Any]]) -> Cast | None:
    """Answer the next of these that it has not answered yet: pairs of a question and the answer."""
    if not is_open(board, item.id):
        return None
    for of, value in asked:
        what = f"answer {item.id} {of}"
        if phone.made(what):
            continue
        made = phone.makes(what)
        return Cast(
            type="ballots.cast",
            activity=item.id,
            ballot=made["id"],
            secret=made["secret"],
            rev=1,
            of=of,
            value=value,
        )
    return None


def places(board: Board, item: Item, phone: SimulatedPhone, values: Sequence[int]) -> Cast | None:
    """P3.4: place each theme that is asked about, then say it is done.

    Per theme the phones lean to one side, so that together they look like a group.
    """
    placing = board.find(Placing, placing_id(item.id))
    if placing is None:
        return None
    leaning = [
        (one.theme, values[(nth if phone.rng.random() < 0.7 else phone.rng.randrange(4)) % len(values)])
        for nth, one in enumerate(placing.themes)
    ]
    return answers(board, item, phone, [*leaning, (DONE, 1)])
