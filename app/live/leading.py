"""R11: which of a workshop's desks leads: the first to connect, until another takes over. Never stored.

It prevents nobody from anything (R10): every driver still may drive. It keeps two people from leading at once
unawares, and lets one press take over a meeting when a laptop dies.

The desks are those of all processes: each knows who leads, and which desks the others have.
"""

from collections.abc import Collection, Mapping

from app.engine.records import Viewer
from app.live.elsewhere import Elsewhere, Lead, higher
from app.live.member import Member
from app.live.messages import Leading

#: Which desk leads, and whose it is; of none both are empty.
NONE = ("", "")


class Leaders:
    """Of one room, by workshop. `groups` are the hub's own."""

    def __init__(self, groups: Mapping[tuple[Viewer, str], Collection[Member]], elsewhere: Elsewhere) -> None:
        self._groups = groups
        self._elsewhere = elsewhere
        self._leads: dict[str, Lead] = {}
        #: What the desks here were told last.
        self._told: dict[str, tuple[str, str]] = {}

    def came(self, member: Member) -> None:
        """A desk has connected: it leads if no connected desk does, and is sent who leads."""
        workshop = member.workshop
        lead = self.of(workshop)
        if self._here(workshop) == NONE:
            now = self._elsewhere.now()
            self._leads[workshop] = Lead(rank=now if lead else -now, desk=member.desk, name=member.name)
        # A leader that reconnects still leads, and the others are sent that it is back.
        if not self.heard(workshop):
            member.line.write(member.line.frame(self._message(workshop)))

    def take(self, workshop: str, desk: str, name: str) -> None:
        """Make this desk the leader, and tell all desks at once."""
        lead = self.of(workshop)
        rank = max(self._elsewhere.now(), lead.rank + 1 if lead else 0)
        self._leads[workshop] = Lead(rank=rank, desk=desk, name=name)
        self.heard(workshop)

    def heard(self, workshop: str) -> bool:
        """Desks have come or gone, or another leads; here, or at another process. Whether that was news."""
        here = self._here(workshop)
        news = self._told.get(workshop, NONE) != here
        if news:
            self._told[workshop] = here
            message = self._message(workshop)
            for member in self._groups.get(("desk", workshop), ()):
                member.line.write(member.line.frame(message))
        return news

    def of(self, workshop: str) -> Lead | None:
        """Who leads, whether connected here or not."""
        lead = higher(self._leads.get(workshop), self._elsewhere.lead(workshop))
        if lead is not None:
            self._leads[workshop] = lead
        return lead

    @property
    def workshops(self) -> set[str]:
        """Where somebody leads."""
        return set(self._leads)

    def _here(self, workshop: str) -> tuple[str, str]:
        lead = self.of(workshop)
        desks = {member.desk for member in self._groups.get(("desk", workshop), ())}
        desks |= self._elsewhere.at(workshop).desks
        return (lead.desk, lead.name) if lead is not None and lead.desk in desks else NONE

    def _message(self, workshop: str) -> bytes:
        desk, name = self._here(workshop)
        return Leading(desk=desk, name=name).model_dump_json().encode()
