"""Reads a SQLite file like a forensic examiner: which record is at which place on which page (T5).

Only what the tables `record` and `box` need: b-tree pages of a table WITHOUT ROWID (0x02 and 0x0a), whose
cells begin with the columns in front of the body. The format is that of SQLite's own "Database File Format".
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

INTERIOR, LEAF = 0x02, 0x0A


@dataclass(frozen=True)
class Place:
    """Where one record is, and what is stored with it."""

    id: str
    seq: int
    kind: str
    body: str
    page: int
    #: From the start of the page; SQLite fills a page from its end.
    offset: int


def places(file: Path, scratch: Path) -> list[Place]:
    """The records in a board's file (with its WAL, if there is one), shown or not, page by page."""
    copy = scratch / "looked-at.sqlite3"
    for tail in ("", "-wal"):
        Path(f"{copy}{tail}").unlink(missing_ok=True)
        if Path(f"{file}{tail}").exists():
            shutil.copy(f"{file}{tail}", f"{copy}{tail}")
    connection = sqlite3.connect(copy)
    # Not a change of any page: what is in the WAL is put in its place.
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    tables = "SELECT name, rootpage FROM sqlite_master WHERE name IN ('record', 'box') AND type = 'table'"
    roots = dict(connection.execute(tables).fetchall())
    columns = [row[1] for row in connection.execute("PRAGMA table_info(record)")]
    bodies = {name: dict(connection.execute(f"SELECT id, body FROM {name}").fetchall()) for name in roots}
    connection.close()
    data = copy.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    found = [
        place
        for name, root in roots.items()
        for place in _Reader(data, 65536 if size == 1 else size, bodies[name], columns.index("id")).walk(root)
    ]
    return sorted(found, key=lambda place: (place.page, place.offset))


@dataclass(frozen=True)
class RawPlace:
    """The first and last position of an id in all bytes of a folder."""

    id: str
    first: int
    last: int


def raw(folder: Path, ids: Iterable[str]) -> list[RawPlace]:
    """For each id that occurs anywhere: in files, logs, anything in the folder, one file after another."""
    data = b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())
    found = ((id, data.find(id.encode()), data.rfind(id.encode())) for id in ids)
    return [RawPlace(id, first, last) for id, first, last in found if first >= 0]


class _Reader:
    def __init__(self, data: bytes, size: int, bodies: dict[str, str], first: int) -> None:
        self._data = data
        self._size = size
        self._bodies = bodies
        self._first = first

    def walk(self, number: int) -> Iterator[Place]:
        """The records on a page and on all pages below it; inner pages contain records too."""
        page = self._data[(number - 1) * self._size : number * self._size]
        head = 100 if number == 1 else 0
        kind = page[head]
        if kind not in (INTERIOR, LEAF):
            raise ValueError(f"page {number} is no index page: {kind:#x}")
        cells = int.from_bytes(page[head + 3 : head + 5], "big")
        pointers = head + (12 if kind == INTERIOR else 8)
        for cell in range(cells):
            offset = int.from_bytes(page[pointers + 2 * cell : pointers + 2 * cell + 2], "big")
            start = offset
            if kind == INTERIOR:
                yield from self.walk(int.from_bytes(page[offset : offset + 4], "big"))
                start += 4
            _, start = _varint(page, start)
            id, record_kind, seq = _columns(page, start, self._first)
            yield Place(id, seq, record_kind, self._bodies[id], number, offset)
        if kind == INTERIOR:
            yield from self.walk(int.from_bytes(page[head + 8 : head + 12], "big"))


def _columns(page: bytes, start: int, first: int) -> tuple[str, str, int]:
    """id (the column `first`), kind and seq precede the body, so they are never on an overflow page."""
    length, at = _varint(page, start)
    value = start + length
    texts: list[str] = []
    while True:
        serial, at = _varint(page, at)
        if serial >= 13:
            size = (serial - 13) // 2
            texts.append(page[value : value + size].decode())
        else:
            size = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)[serial]
            number = serial - 8 if serial in (8, 9) else int.from_bytes(page[value : value + size], "big")
            return texts[first], texts[first + 1], number
        value += size


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for count in range(9):
        byte = data[at + count]
        if count == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + count + 1
    raise AssertionError
