"""U7: light or dark is a setting of the wall: all walls follow it, and it survives changes of item."""

from app.activities.registry import registry
from app.engine.agenda import Go, Workshop
from app.engine.wall import ChangeWall, Wall, wall_id
from tests.support.boards import C1, Q1, SCREEN, Meeting, W, ask


async def test_U7_every_wall_hears_of_its_light_and_the_next_activity_keeps_it() -> None:
    meeting = await Meeting.open()
    await meeting.do(ask(Go, item=Q1))
    one, other = meeting.join(SCREEN), meeting.join(SCREEN)
    await meeting.do(ask(ChangeWall, workshop=W, light="dark", black=True))
    await meeting.do(ask(Go, item=C1))
    meeting.run()
    for wall in (one, other):
        shown = wall.held[wall_id(W)]["record"]
        assert (shown["light"], shown["forward"]) == ("dark", None)


def test_U7_walls_and_meetings_that_were_stored_before_open_as_they_were() -> None:
    wall = registry.read('{"kind": "wall", "id": "wall:w", "workshop": "w", "size": "L"}')
    assert isinstance(wall, Wall) and (wall.light, wall.size) == ("auto", "L")
    fields = '"title": "x", "group": "y", "language": "da", "date": "2026-11-29"'
    meeting = registry.read(f'{{"kind": "workshop", "id": "w", {fields}}}')
    assert isinstance(meeting, Workshop) and not meeting.rehearsal
