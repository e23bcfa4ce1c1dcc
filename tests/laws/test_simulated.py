"""Every kind of activity declares what the phones of a rehearsal do in it, or that people only look."""

import pytest

from app.activities.registry import ACTIVITIES
from app.engine.activity import Kind
from app.engine.simulated import looks_up
from app.parts.ballots import Balloted
from app.parts.notes.messages import WritingSettings
from app.rehearsal.invented import FOLDER, invented


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.name)
def test_each_kind_says_what_a_simulated_phone_does(kind: Kind) -> None:
    assert kind.simulated is not None, f"{kind.name}: say it in its folder, or `looks_up`"
    takes_part = issubclass(kind.settings, WritingSettings) or any(
        isinstance(use, Balloted) for use in kind.uses
    )
    # Where people write or answer, a phone that only looks would rehearse nothing.
    assert not (takes_part and kind.simulated is looks_up)


def test_what_was_invented_is_there_in_each_language_and_the_themes_are_made_of_notes_that_are_written() -> (
    None
):
    shapes = []
    for path in sorted(FOLDER.glob("*.json")):
        said = invented(path.stem)
        for themes, about in ((said.themes, "draws"), (said.themes_hard, "hard")):
            assert {note for theme in themes for note in theme.notes} <= set(said.says(about))
        shapes.append({about: len(texts) for about, texts in said.notes.items()})
    assert len(shapes) == 2 and shapes[0] == shapes[1]


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.name)
def test_something_was_invented_for_each_poster(kind: Kind) -> None:
    posters = getattr(kind.settings, "posters", ())
    assert all(invented("da").says(poster) for poster in posters)
