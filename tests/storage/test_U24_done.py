"""U24: not one byte about who is done writing reaches the disk."""

import re
from pathlib import Path

from app.engine.agenda import Go
from app.engine.pace import SayDone
from app.storage.board_files import FileBoards
from tests.support.boards import Q1, Meeting, ask, new_id, note

MARKS = [new_id(f"mark {n}") for n in range(9)]


def on_disk(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


async def test_U24_the_files_of_a_board_do_not_change_by_it(files: FileBoards, tmp_path: Path) -> None:
    meeting = await Meeting.open(store=files)
    desk = meeting.join("desk")
    await meeting.do(ask(Go, item=Q1), *(note(n) for n in range(4)))
    await meeting.forward(10)
    before = on_disk(tmp_path)
    assert b"note 3" in b"".join(before.values())
    await meeting.do(*(ask(SayDone, activity=Q1, mark=mark, done=True) for mark in MARKS))
    await meeting.forward(10)
    meeting.run()
    assert desk.presence is not None and desk.presence["done"] == len(MARKS)
    assert on_disk(tmp_path) == before
    # Nor with what is stored next to it, then and afterwards.
    await meeting.do(*(note(f"more {n}") for n in range(4)))
    await meeting.forward(10)
    left = b"".join(on_disk(tmp_path).values())
    assert b"more 3" in left
    assert not any(mark.encode() in left for mark in MARKS) and not re.search(rb"pace|done", left)
