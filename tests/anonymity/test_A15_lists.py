"""A15: no list in any client or export reveals the order in which notes were written."""

import json
import os
import random
from collections import defaultdict
from typing import Any

from app.activities.registry import registry
from app.blocks.notes import Notes
from app.blocks.posters import Posters
from app.engine.agenda import Item
from app.locales import words
from app.parts.notes.messages import LetInLate, StopWriting, TurnAll, TurnOne
from tests.anonymity.adversary import standard_error, tau
from tests.support.boards import WRITES, Meeting, ask

RUNS = 200 if os.environ.get("TRIVSEL_SOAK") else 60
MANY = 30


def orders_in(frames: list[bytes], number: dict[str, int]) -> list[list[int]]:
    """Every list of records that a screen was sent, as the numbers of the notes in it."""
    found = []
    for frame in frames:
        message: dict[str, Any] = json.loads(frame)
        for places in (message.get("records", ()), message.get("gone", ())):
            ids = [place if isinstance(place, str) else place["record"]["id"] for place in places]
            order = [number[id] for id in ids if id in number]
            if len(order) > 1:
                found.append(order)
    return found


async def one_meeting(run: int) -> dict[str, list[list[int]]]:
    """Thirty notes in a known order, one by one, turned over in one way or the other."""
    rng = random.Random(run)
    names = [f"{rng.getrandbits(60):015x}" for _ in range(MANY)]
    meeting = await Meeting.open(seed=10_000 + run)
    # Every kind with writing in turn.
    item = await meeting.opened_for_writing(list(WRITES)[run // 2 % len(WRITES)])
    wall, desk, phone = (meeting.join(who) for who in ("screen", "desk", "phone"))
    number: dict[str, int] = {}
    for count, name in enumerate(names[:-8]):
        written = meeting.hung(item, name, f"note {name}", rng.randrange(3))
        number[written.note] = count
        await meeting.do(written)
        await meeting.forward(rng.uniform(0, 4))
        meeting.run()
    await meeting.do(ask(StopWriting, activity=item))
    for count, name in enumerate(names[-8:], start=MANY - 8):
        written = meeting.hung(item, name, f"note {name}", rng.randrange(3))
        number[written.note] = count
        await meeting.do(written)
    meeting.run()
    turned: list[int] = []
    if run % 2:
        await meeting.do(ask(LetInLate, activity=item), ask(TurnAll, activity=item))
    else:
        for _ in range(MANY - 8):
            before = {record["id"] for record in wall.kinds("note")}
            await meeting.do(ask(TurnOne, activity=item))
            meeting.run()
            turned += [number[record["id"]] for record in wall.kinds("note") if record["id"] not in before]
        await meeting.do(ask(LetInLate, activity=item))
    meeting.run()
    lists = {
        "wall": orders_in(wall.line.frames, number),
        "desk": orders_in(desk.line.frames, number),
        "phone": orders_in(phone.line.frames, number),
        "turned one by one": [turned] if turned else [],
    }
    for who in ("screen", "desk", "phone"):
        lists[f"{who}, reloaded"] = orders_in(meeting.fresh(who).line.frames, number)
    texts = {f"note {name}": count for count, name in enumerate(names)}
    agenda = meeting.board.one(Item, item)
    report = registry.kinds[agenda.activity].report
    assert report is not None
    blocks = report(meeting.board, agenda, words("da"))
    lists["summary"] = [
        [texts[text] for text in hung.notes] for hung in blocks if isinstance(hung, Notes)
    ] + [
        [texts[one.text] for one in poster.proposals]
        for block in blocks
        if isinstance(block, Posters)
        for poster in block.posters
    ]
    return lists


async def test_A15_no_list_tells_the_order_of_writing() -> None:
    taus: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for run in range(RUNS):
        for name, orders in (await one_meeting(run)).items():
            # Of several lists the longest is the one.
            if orders:
                order = max(orders, key=len)
                taus[name].append((len(order), tau(order)))
    assert len(taus) == 8
    for name, found in taus.items():
        mean = sum(value for _, value in found) / len(found)
        error = standard_error(min(n for n, _ in found), len(found))
        print(f"{name:24} {len(found):3} lists, mean tau {mean:+.4f}, standard error {error:.4f}")
        assert abs(mean) < 4 * error, name


async def test_A15_control_a_list_in_order_of_arrival_would_be_found_out() -> None:
    assert tau(list(range(MANY))) == 1
    assert 4 * standard_error(MANY, RUNS) < 1
