"""G40: who takes back whose step, told to desks alone.

In memory, since the steps on the board name nobody: of steps from before this process started the maker is
unknown. The other processes are told who undoes or redoes a step, and each adds the maker if it knows.
"""

from collections.abc import Collection, Mapping
from typing import Any

from app.engine.commands import Command, DriverCommand
from app.engine.records import Board, Viewer
from app.engine.undo import KEPT, RedoCommand, UndoCommand, step_id, to_redo, to_undo
from app.live.elsewhere import Elsewhere
from app.live.member import Member
from app.live.messages import Stepped


class Makers:
    """Of one room. `groups` are the hub's own."""

    def __init__(
        self,
        board: Board,
        groups: Mapping[tuple[Viewer, str], Collection[Member]],
        elsewhere: Elsewhere,
    ) -> None:
        self._board = board
        self._groups = groups
        self._elsewhere = elsewhere
        #: The names of those who made the latest steps, by step.
        self._names: dict[str, str] = {}

    def asked(self, workshop: str, command: Command, name: str) -> None:
        """Remember whose step this command of a desk will be, or tell all desks whose step it undoes.

        Told before the change, so that a screen can say both in one sentence.
        """
        match command:
            case UndoCommand() | RedoCommand():
                step = to_undo(self._board) if isinstance(command, UndoCommand) else to_redo(self._board)
                if step is not None:
                    told = Stepped(step=step.id, by=name, of=self._names.get(step.id, ""))
                    self._tell(workshop, told)
                    self._elsewhere.step(workshop, told)
            case DriverCommand():
                self._names[step_id(command.id)] = name
                if len(self._names) > KEPT:
                    del self._names[next(iter(self._names))]

    def heard(self, workshop: str, value: Any) -> None:
        """Another process has announced who undoes or redoes a step."""
        if (told := self._elsewhere.stepped(value)) is not None:
            self._tell(workshop, told.model_copy(update={"of": told.of or self._names.get(told.step, "")}))

    def _tell(self, workshop: str, told: Stepped) -> None:
        message = told.model_dump_json().encode()
        for member in self._groups.get(("desk", workshop), ()):
            member.line.write(member.line.frame(message))
