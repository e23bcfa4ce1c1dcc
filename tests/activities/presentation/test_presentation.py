"""P2.7: what is presented was made elsewhere, and is told there."""

from app.activities.presentation.messages import PresentationSettings
from app.activities.presentation.report import report
from app.board.agenda import Add, Go, Item
from app.board.wall import ChangeWall, wall_of
from app.locales import words
from tests.support.boards import Q1, Meeting, W, ask, new_id


async def test_P2_7_a_presentation_shows_one_theme_and_leaves_a_clear_wall() -> None:
    meeting = await Meeting.open()
    await meeting.turned("a")
    theme = await meeting.theme("Tone", "a")
    settings = PresentationSettings(of=(Q1,)).model_dump(mode="json")
    item = new_id("presentation")
    added = {"item": item, "workshop": W, "title": "Resultater", "minutes": 15, "before": None}
    await meeting.do(ask(Add, activity="presentation", settings=settings, **added), ask(Go, item=item))
    await meeting.do(ask(ChangeWall, workshop=W, forward=theme))
    assert wall_of(meeting.board, W).forward == theme
    assert report(meeting.board, meeting.board.one(Item, item), words("da")) == []
    await meeting.do(ask(Go, item=Q1))
    assert wall_of(meeting.board, W).forward is None
