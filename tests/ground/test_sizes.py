"""What each page loads first, compressed as the server does, without fonts, against its budget."""

import re

import orjson
import pytest

from app.main import WEB
from app.pages.shells import FOR_GOOD, read

#: KiB of HTML, JavaScript and CSS together.
BUDGETS = {"phone": 28, "wall": 70, "desk": 120, "conversation": 42}


@pytest.mark.parametrize("shell", BUDGETS)
def test_a_page_first_loads_no_more_than_its_budget(shell: str) -> None:
    """With the live activity: notes being written, in Danish."""
    chunks = orjson.loads((WEB / "manifest.json").read_bytes())[shell]
    page = WEB / f"{shell}.html"
    files = set(re.findall(r"/(assets/[^\"]+\.(?:js|css))\"", page.read_text("utf-8")))

    def gather(name: str) -> None:
        chunk = chunks[name]
        files.update([chunk["file"], *chunk.get("css", ())])
        for each in chunk.get("imports", ()):
            gather(each)

    face = "desk.ts" if shell == "desk" else f"{shell.title()}.svelte"
    for name in (f"src/activities/notes/{face}", f"virtual:words/{shell}/da/notes.{shell}"):
        # Scripts that are not a file of their own are in the page itself.
        if name in chunks:
            gather(name)
    sent = [read(path, FOR_GOOD) for path in (page, *(WEB / file for file in files))]
    assert len(sent) >= 3
    assert sum(len(file.packed or file.body) for file in sent) <= BUDGETS[shell] * 1024
