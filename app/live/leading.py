"""R11: which of a workshop's desks leads: the first that comes, until another takes over. Never stored.

Nobody is kept from anything by it (R10): whoever may drive still may. It is said so that two do not lead at
once without knowing of each other, and so that a meeting is taken over by one press when a laptop dies.
"""

from collections.abc import Collection, Mapping

from app.engine.records import Viewer
from app.live.member import Member
from app.live.messages import Leading


class Leaders:
    """Of one room, by workshop. `groups` are the hub's own."""

    def __init__(self, groups: Mapping[tuple[Viewer, str], Collection[Member]]) -> None:
        self._groups = groups
        self._leads: dict[str, tuple[str, str]] = {}

    def came(self, member: Member) -> None:
        """A desk has come: it leads where nobody who is here does, and hears who leads."""
        if not member.desk:
            return
        leads = self._here(member.workshop)
        # One that is back leads as before, and the others hear that it is here again.
        if leads is None or leads[0] == member.desk:
            self.take(member.workshop, member.desk, member.name)
        else:
            member.line.write(member.line.frame(self._message(member.workshop)))

    def went(self, member: Member) -> None:
        """A desk has gone; if it led, nobody leads until it is back or another takes over."""
        if member.desk and self._leads.get(member.workshop, ("", ""))[0] == member.desk:
            self._tell(member.workshop)

    def take(self, workshop: str, desk: str, name: str) -> None:
        """This desk leads from now on, and all hear of it at once."""
        self._leads[workshop] = desk, name
        self._tell(workshop)

    def _here(self, workshop: str) -> tuple[str, str] | None:
        leads = self._leads.get(workshop)
        desks = {member.desk for member in self._groups.get(("desk", workshop), ())}
        return leads if leads is not None and leads[0] in desks else None

    def _message(self, workshop: str) -> bytes:
        desk, name = self._here(workshop) or ("", "")
        return Leading(desk=desk, name=name).model_dump_json().encode()

    def _tell(self, workshop: str) -> None:
        message = self._message(workshop)
        for member in self._groups.get(("desk", workshop), ()):
            member.line.write(member.line.frame(message))
