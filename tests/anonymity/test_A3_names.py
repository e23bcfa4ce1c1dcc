"""A3: people who sign up by name cannot be found among the authors, nor by what the phone sends."""

import json
import secrets
from collections.abc import Callable
from typing import Any

from tests.anonymity.test_M7_marks import LIMITS, Marked, clean, come, hits, of_the_room, on_disk, stored
from tests.support.meeting import meeting as a_meeting, new_id, new_secret
from tests.support.server import Server


async def by_name(phone: Marked, command: dict[str, Any]) -> dict[str, Any]:
    headers = {"Authorization": f"Bearer {phone.token}"}
    answer = await phone.http.post("/live/named", json={"type": "named", "command": command}, headers=headers)
    return dict(answer.json())


async def test_A3_A5_A6_A9_a_name_leads_to_no_phone_and_no_note_and_goes_without_a_trace(
    new_server: Callable[..., Server],
) -> None:
    server = new_server(env=LIMITS).start()
    async with a_meeting(server) as meeting:
        desk = await meeting.desk()
        await desk.until(lambda: desk.items)
        question, plan, action = desk.items[0]["id"], new_id(), new_id()
        await desk.do("agenda.go", item=question)
        phones = [await come(meeting, number) for number in range(3)]
        stored([await phone.write(question, f"seddel {n}") for n, phone in enumerate(phones)])
        fields = {"title": "Plan", "minutes": 60, "settings": {}, "before": None}
        await desk.do("agenda.add", item=plan, workshop=meeting.workshop, activity="action_plan", **fields)
        await desk.do("agenda.go", item=plan)
        await desk.do("action_plan.add", activity=plan, action=action, theme=None, text="Ti minutter")

        stays, goes = f"navn-{secrets.token_hex(6)}", f"navn-{secrets.token_hex(6)}"
        signed = []
        for phone, name in zip(phones, (stays, goes), strict=False):
            mine = {"sign_up": new_id(), "secret": new_secret()}
            signed.append(mine)
            stored(
                [await by_name(phone, {"type": "action_plan.sign_up", "action": action, "name": name} | mine)]
            )
        stored([await by_name(phones[1], {"type": "action_plan.withdraw"} | signed[1])])

        # A2: the room is sent the same for all, whoever signed up.
        gone = f'"gone":["{signed[1]["sign_up"]}"]'
        for phone in phones:
            await phone.wire.until(lambda phone=phone: any(gone in frame for frame in phone.wire.frames))
        told = {tuple(f for f in of_the_room(phone.wire) if '"changes"' in f) for phone in phones}
        assert len(told) == 1
        await clean(server)
        disk = on_disk(server)
        assert hits([stays], disk)
        assert hits([goes], disk) == []
        proofs = [mine["secret"] for mine in signed] + [note["secret"] for p in phones for note in p.mine]
        assert hits([*proofs, *(mark for phone in phones for mark in phone.marks)], disk) == []
        # No live connection was ever sent a name, and the route for names never a note.
        notes = {note["note"] for phone in phones for note in phone.mine}
        record = next(json.loads(f) for f in phones[2].wire.frames if stays in f)
        assert not [id for id in notes if id in json.dumps(record)]
        for phone in phones:
            await phone.wire.close()
            await phone.http.aclose()
        await desk.close()
