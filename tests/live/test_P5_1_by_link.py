"""P5.1: a pulse by link keeps the door of its workshop open through its last day, on the running server."""

import time

from app.clock import end_of, local_day
from tests.support.meeting import Meeting, new_id

DAY = 86_400_000


async def test_P5_1_the_door_follows_the_last_day_of_the_live_pulse(meeting: Meeting) -> None:
    desk = await meeting.desk()
    await desk.until(lambda: desk.items)
    item, until = new_id(), local_day(int(time.time() * 1000) + 5 * DAY)
    about = {"activity": "pulse", "title": "Puls", "minutes": 5, "settings": {"open_until": until}}
    await desk.do("agenda.add", item=item, workshop=meeting.workshop, before=None, **about)
    await desk.do("agenda.go", item=item)

    async def kept() -> int:
        seen = (await meeting.http.get(f"/api/workshops/{meeting.workshop}")).json()
        return int(seen["door"]["expires_at"])

    while await kept() != end_of(until):
        pass
    # A new code for everybody is valid as long.
    door = await meeting.post(f"/api/workshops/{meeting.workshop}/door", action="rotate")
    assert door["expires_at"] == end_of(until)
    await desk.close()
