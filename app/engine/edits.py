"""What a rule returns: records to put and ids to remove, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import IntEnum

from app.engine.records import Done, Record


class Traces(IntEnum):
    """What the store must clean up after a change."""

    NONE = 0
    #: Text was changed or deleted: empty the write-ahead log (A5, A6).
    LOG = 1
    #: Anonymous records were rewritten: rewrite the pages too, which keep the order of writing (A4).
    PAGES = 2


@dataclass(frozen=True)
class Edits:
    """`puts`: id to the record it becomes, or None to remove it. Empty edits accept without a change."""

    puts: Mapping[str, Record | None] = field(default_factory=dict)
    #: Codes that the sender gets along with `stored`, such as "late".
    told: tuple[str, ...] = ()
    traces: Traces = Traces.NONE
    #: Stored, but the sender is still refused with this code (a spent undo step).
    refused: str | None = None
    #: Forget tombstones and the undo list: the workshop is over.
    prune: bool = False
    #: Who is done, by item: only in the room's memory (`pace.py`).
    done: Mapping[str, Done] = field(default_factory=dict)

    def __or__(self, other: "Edits") -> "Edits":
        """Both; if they touch the same record, the right one wins."""
        return Edits(
            puts={**self.puts, **other.puts},
            told=self.told + other.told,
            traces=max(self.traces, other.traces),
            refused=other.refused or self.refused,
            prune=self.prune or other.prune,
            done={**self.done, **other.done},
        )

    def telling(self, *codes: str) -> "Edits":
        """The same, with codes for the sender."""
        return replace(self, told=self.told + codes)

    def leaving(self, traces: Traces) -> "Edits":
        """The same, with what the store must clean up."""
        return replace(self, traces=max(self.traces, traces))


NOTHING = Edits()


def put(*records: Record) -> Edits:
    """Edits that put these records."""
    return Edits({record.id: record for record in records})


def remove(*ids: str) -> Edits:
    """Edits that remove these ids."""
    return Edits(dict.fromkeys(ids))
