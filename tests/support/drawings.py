"""Golden drawings: what the server draws for page and paper, which the screens must draw too (H8).

`make golden` writes them; a law fails when they are stale, and the front end's tests replay them
(`frontend/src/ui/drawings.test.ts`). What only documents say, such as the names round the wheel, is left out.
"""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

from app.blocks.bars.drawing import drawn as drawn_bars
from app.blocks.course.drawing import drawn as drawn_course
from app.blocks.drawing import Drawing, Frame
from app.blocks.wheel.drawing import drawn as drawn_wheel
from app.engine.report import Paper

FILE = Path(__file__).parents[1] / "golden" / "drawings.json"
#: The sizes that documents, desk and wall use, including narrow ones for three side by side.
FRAMES = (
    Frame(width=680, height=230, type=17),
    Frame(width=680, height=250, type=15),
    Frame(width=640, height=330, type=26),
    Frame(width=820, height=470, type=34),
    Frame(width=1123.2, height=660, type=32),
    Frame(width=482.7, height=434.4, type=28),
)
WORDS = ("lavt", "i høj grad", "Hvordan vi taler sammen, når det er travlt lige før levering", "🙂 tæt på")


def bars(chance: random.Random) -> tuple[dict[str, Any], Drawing]:
    """A distribution, with or without an earlier one; now and then nobody answered."""
    now, earlier = ([chance.randrange(chance.choice((1, 4, 30))) for _ in range(5)] for _ in range(2))
    earlier = earlier if chance.random() < 0.6 else []
    ends, frame = ("slet ikke", "i høj grad"), chance.choice(FRAMES)
    given = {"now": now, "earlier": earlier, "ends": ends, "frame": frame.model_dump()}
    return given, drawn_bars(now, earlier, ends, frame)


def course(chance: random.Random) -> tuple[dict[str, Any], Drawing]:
    """From no place to many, with and without an aim, days short and long."""
    month = chance.choice(("jan.", "september 2027"))
    points = [
        (f"{day}. {month}", chance.randrange(11)) for day in range(1, chance.choice((1, 2, 3, 5, 6, 10)))
    ]
    aim = (
        (chance.choice(("mål", "1. december 2027")), chance.randrange(11)) if chance.random() < 0.7 else None
    )
    low, high, frame = chance.choice(WORDS), chance.choice(WORDS), chance.choice(FRAMES)
    given = {
        "points": [{"label": label, "value": value} for label, value in points],
        "aim": aim and {"label": aim[0], "value": aim[1]},
        "low": low,
        "high": high,
        "frame": frame.model_dump(),
    }
    return given, drawn_course(points, aim, (low, high), frame)


def wheel(chance: random.Random) -> tuple[dict[str, Any], Drawing]:
    """Six petals, from empty to crowded."""
    papers = get_args(Paper)
    petals = [chance.choices(papers, k=chance.choice((0, 0, 1, 2, 4, 7))) for _ in range(6)]
    drawing = drawn_wheel([("", petal) for petal in petals])
    return {"petals": petals}, drawing


DRAWN: dict[str, Callable[[random.Random], tuple[dict[str, Any], Drawing]]] = {
    "bars": bars,
    "course": course,
    "wheel": wheel,
}


def text() -> str:
    """The file as it ought to be now."""
    found = []
    for kind, make in DRAWN.items():
        chance = random.Random(kind)
        for _ in range(16):
            given, drawing = make(chance)
            found.append({"kind": kind, "given": given, "drawing": rounded(drawing)})
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).replace('{"kind"', '\n{"kind"') + "\n"


def rounded(drawing: Drawing) -> Any:
    """Rounded to what is visible, so that the file is the same on every machine."""
    return json.loads(drawing.model_dump_json(), parse_float=lambda number: round(float(number), 2))


if __name__ == "__main__":
    FILE.write_text(text(), encoding="utf-8")
