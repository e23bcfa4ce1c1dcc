"""What each page loads first, compressed as the server does, without fonts, against its budget."""

import re

import orjson
import pytest

from app.main import WEB
from app.pages.shells import FOR_GOOD, read

#: KiB of HTML, JavaScript and CSS together.
BUDGETS = {"phone": 28, "wall": 70, "desk": 120, "conversation": 42}
#: What a desk loads further where a meeting is led, once.
MEETING = 122


def loaded(shell: str, *modules: str) -> tuple[set[str], set[str]]:
    """The files that a page begins with, and those that these modules bring."""
    chunks = orjson.loads((WEB / "manifest.json").read_bytes())[shell]
    first = set(re.findall(r"/(assets/[^\"]+\.(?:js|css))\"", (WEB / f"{shell}.html").read_text("utf-8")))
    further: set[str] = set()

    def gather(name: str) -> None:
        chunk = chunks[name]
        further.update([chunk["file"], *chunk.get("css", ())])
        for each in chunk.get("imports", ()):
            gather(each)

    for name in modules:
        # Scripts that are not a file of their own are in the page itself.
        if name in chunks:
            gather(name)
    return first, further - first


def kib(*files: str) -> float:
    """As they are sent."""
    sent = [read(WEB / file, FOR_GOOD) for file in files]
    return sum(len(file.packed or file.body) for file in sent) / 1024


@pytest.mark.parametrize("shell", BUDGETS)
def test_a_page_first_loads_no_more_than_its_budget(shell: str) -> None:
    """On phone and wall with the live activity: notes being written, in Danish."""
    face, words = f"src/activities/notes/{shell.title()}.svelte", f"virtual:words/{shell}/da/notes.{shell}"
    first, further = loaded(shell, face, words)
    assert len(first) >= 2
    assert kib(f"{shell}.html", *first, *further) <= BUDGETS[shell]


def test_what_a_meeting_brings_to_a_desk_is_one_script_and_its_style_and_little_else() -> None:
    _, further = loaded("desk", "src/desk/live/Workshop.svelte")
    assert 2 <= len(further) <= 6
    assert 60 < kib(*further) <= MEETING
