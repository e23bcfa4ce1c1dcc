"""Makes a command of every type that fits the state of a meeting, for the laws, which try them all.

A new command needs a line in `MAKERS`; a law says so when it is missing.
"""

import random
from collections.abc import Callable, Iterable
from typing import Any

from app.activities.action_plan import messages as plan
from app.activities.clustering import messages as clustering
from app.activities.dots import messages as dots
from app.activities.influence import messages as influence
from app.activities.influence.messages import PlaceInfluence
from app.activities.me_too import messages as me_too
from app.activities.notes import messages as rounds
from app.activities.priority import messages as priority
from app.activities.pulse import messages as pulse
from app.activities.reflection import messages as reflection
from app.activities.why import messages as why
from app.engine import agenda, attendance, ending, pace, timer, undo, wall
from app.engine.commands import Command
from app.engine.records import Record
from app.parts import ballots, by_link, placing, proposals
from app.parts.factors import FACTORS, Tagged
from app.parts.gathered import Answer
from app.parts.notes import messages as notes
from app.parts.notes.records import Note
from app.parts.plan import Action, SignUp
from app.parts.proposals import How, Picked
from app.parts.themes import Theme, influence_id, influence_of
from app.parts.why import PARTS, why_id
from tests.support.boards import (
    INFLUENCE,
    PLAN,
    PRIORITY,
    PULSE,
    REFLECTION,
    STOP,
    WRITES,
    Meeting,
    Time,
    W,
    ask,
    new_id,
    placed,
    secret,
)

NAMES = [f"n{n}" for n in range(8)]


class Hand:
    """Picks what a command is about, with reproducible randomness."""

    def __init__(self, meeting: Meeting, rng: random.Random, workshop: str) -> None:
        self.meeting = meeting
        self.rng = rng
        self.workshop = workshop

    def pick(self, among: Iterable[Any], otherwise: Any = "nothing") -> Any:
        found = list(among)
        return self.rng.choice(found) if found else otherwise

    def base(self, id: str) -> int:
        """Nearly always what the desk has."""
        return 0 if self.rng.random() < 0.05 else self.meeting.seq(id)

    def ids(self, kind: type[Record], **fields: Any) -> list[str]:
        records = self.meeting.board.every(kind).values()
        return sorted(r.id for r in records if all(getattr(r, n) == v for n, v in fields.items()))

    def items(self, activity: str | None = None) -> list[str]:
        fields = {"workshop": self.workshop} | ({"activity": activity} if activity else {})
        return self.ids(agenda.Item, **fields)

    def item(self, activity: str | None = None) -> str:
        """Mostly the live one, if it is of that kind."""
        items = self.items(activity)
        live = self.live()
        return live if live in items and self.rng.random() < 0.7 else str(self.pick(items))

    def written(self) -> str:
        """One that people write in, mostly the live one."""
        items = [id for id in self.items() if self.kind(id) in WRITES]
        live = self.live()
        return live if live in items and self.rng.random() < 0.7 else str(self.pick(items))

    def kind(self, item: str) -> str:
        found = self.meeting.board.find(agenda.Item, item)
        return found.activity if found else "notes"

    def live(self) -> str:
        workshop = self.meeting.board.find(agenda.Workshop, self.workshop)
        return (workshop and workshop.live) or "nothing"

    def theme(self) -> str:
        return str(self.pick(self.ids(Theme)))

    def workable(self) -> str:
        board = self.meeting.board
        return str(
            self.pick([id for id in self.ids(Theme) if influence_of(board, id) == "can"], self.theme())
        )

    def up(self, activity: str | None = None, most: int = 3) -> list[clustering.NoteAt]:
        """Some turned-over notes of one question."""
        fields: dict[str, Any] = {"face": "up"} | ({"activity": activity} if activity else {})
        found = self.ids(Note, **fields)
        some = self.rng.sample(found, min(len(found), self.rng.randint(1, most)))
        return [clustering.NoteAt(note=id, base=self.base(id)) for id in some]

    def note(self) -> str:
        return str(self.pick(self.ids(Note)))

    def proposal(self) -> str:
        """A turned-over note on a poster."""
        notes = self.meeting.board.every(Note).values()
        return str(self.pick(sorted(note.id for note in notes if note.poster and note.face == "up")))

    def question_of(self, item: str) -> str:
        found = self.meeting.board.find(agenda.Item, item)
        return str(found.settings.get("of", "")) if found else ""

    def coin(self) -> bool:
        return self.rng.random() < 0.5


def _write(hand: Hand) -> Command:
    name = hand.pick(NAMES)
    activity = hand.written()
    poster = hand.pick(WRITES[hand.kind(activity)])
    text = hand.pick(["marked one", "marked two\nlines", f"marked {hand.rng.random()}"])
    return ask(
        notes.WriteNote,
        activity=activity,
        note=new_id(name),
        secret=secret(name),
        rev=1,
        text=text,
        poster=poster,
    )


def _edit(hand: Hand) -> Command:
    name = hand.pick(NAMES)
    found = hand.meeting.board.held(new_id(name))
    activity = found.record.home if found else hand.written()
    text = hand.pick(["marked change", "marked other", None])
    rev = hand.pick([2, 3, 4, 5, 9])
    return ask(notes.EditNote, activity=activity, note=new_id(name), secret=secret(name), rev=rev, text=text)


def _hang_up(hand: Hand) -> Command:
    name = hand.pick(NAMES)
    found = hand.meeting.board.held(new_id(name))
    activity = found.record.home if found else hand.item("notes")
    return ask(rounds.HangUp, activity=activity, note=new_id(name), secret=secret(name))


def _add(hand: Hand) -> Command:
    settings = {"question": "Hvad nu?", "finish_seconds": hand.pick([0, 20])}
    return ask(
        agenda.Add,
        item=new_id(f"item {hand.rng.random()}"),
        workshop=hand.workshop,
        activity="notes",
        title="Mere",
        minutes=5,
        settings=settings,
        before=hand.pick([None, *hand.items()]),
    )


def _change_item(hand: Hand) -> Command:
    id = hand.pick(hand.items())
    item = hand.meeting.board.find(agenda.Item, id)
    settings = item.settings if item else {}
    title = f"Titel {hand.rng.random()}"
    return ask(agenda.ChangeItem, item=id, base=hand.base(id), title=title, minutes=7, settings=settings)


def _become(hand: Hand) -> Command:
    id = hand.pick(hand.items("stop_more_new") + hand.items("turn_up_turn_down"))
    kind = hand.pick(["stop_more_new", "turn_up_turn_down"])
    settings = {"theme": hand.pick([None, hand.theme()])}
    return ask(agenda.Become, item=id, base=hand.base(id), activity=kind, title="Plakater", settings=settings)


def _gather(hand: Hand) -> dict[str, Any]:
    activity = hand.item("clustering")
    return {"activity": activity, "notes": hand.up(hand.question_of(activity))}


def _move(hand: Hand) -> Command:
    gathered = _gather(hand)
    of = hand.question_of(gathered["activity"])
    if not gathered["notes"]:
        gathered["notes"] = [clustering.NoteAt(note="nothing", base=0)]
    return ask(clustering.MoveNotes, theme=hand.pick([None, *hand.ids(Theme, of=of)]), **gathered)


def _act(hand: Hand) -> Command:
    answer = hand.pick(hand.ids(Answer, question=clustering.AT_ONCE))
    return ask(clustering.ActAtOnce, answer=answer, base=hand.base(answer))


def _answer(hand: Hand) -> Command:
    activity, question = hand.item("clustering"), hand.pick([1, 2, 3, 4])
    base = hand.base(f"answer:{activity}:{question}")
    text = hand.pick(["", f"svar {hand.rng.random()}"])
    return ask(clustering.AnswerQuestion, activity=activity, question=question, base=base, text=text)


def _untag(hand: Hand) -> Command:
    tags = [
        (tag.theme, factor) for tag in hand.meeting.board.every(Tagged).values() for factor in tag.factors
    ]
    theme, factor = hand.pick(sorted(tags), (hand.theme(), "meaning"))
    return ask(clustering.UntagTheme, theme=theme, factor=factor)


def _why(hand: Hand) -> Command:
    part = hand.pick(PARTS)
    text = hand.pick(["", f"fordi {hand.rng.random()}"])
    base = hand.base(why_id(part))
    return ask(why.WriteWhy, activity=hand.item("why"), part=part, base=base, text=text)


def _reflect(hand: Hand) -> Command:
    activity, part = hand.item("reflection"), hand.pick(reflection.PARTS)
    base = hand.base(reflection.reflection_id(activity, part))
    text = hand.pick(["", f"set {hand.rng.random()}"])
    return ask(reflection.WriteReflection, activity=activity, part=part, base=base, text=text)


def _open_answer(kind: type[Command], **fields: Any) -> Callable[[Hand], Command]:
    """A command to one open answer of a pulse, with its base."""

    def make(hand: Hand) -> Command:
        answer = hand.pick(hand.ids(pulse.PulseAnswer, **fields), hand.pick(hand.ids(pulse.PulseAnswer)))
        return ask(kind, answer=answer, base=hand.base(answer))

    return make


def _next_theme(hand: Hand) -> Command:
    activity = hand.item("reflection")
    base = hand.base(reflection.next_theme_id(activity))
    return ask(reflection.ChooseNext, activity=activity, base=base, theme=hand.pick([None, hand.workable()]))


def _remind(hand: Hand) -> Command:
    reminder = hand.pick(hand.ids(reflection.Reminder), new_id(hand.pick(["pot", "lid"])))
    return ask(
        reflection.Remind,
        activity=hand.item("reflection"),
        reminder=reminder,
        base=hand.base(reminder),
        theme=hand.theme(),
        meeting="Personalemødet",
        when=hand.pick(["", "om 14 dage", "når vi kan"]),
        who=hand.pick(["", "Dorte"]),
    )


def _forget(hand: Hand) -> Command:
    reminder = hand.pick(hand.ids(reflection.Reminder))
    return ask(reflection.Forget, reminder=reminder, base=hand.base(reminder))


def _progress(kind: type[Command], **extra: Callable[[Hand], Any]) -> Callable[[Hand], Command]:
    """A command to the progress picture of one theme, with its base."""

    def make(hand: Hand) -> Command:
        theme = hand.theme()
        fields = {name: get(hand) for name, get in extra.items()}
        base = hand.base(reflection.progress_id(theme))
        return ask(kind, activity=hand.item("reflection"), theme=theme, base=base, **fields)

    return make


def _how(hand: Hand) -> Command:
    of = hand.pick(hand.ids(How), hand.proposal()) if hand.coin() else hand.proposal()
    how = new_id(f"how {hand.rng.random()}")
    return ask(proposals.AskHow, how=how, of=of, text=f"sådan {hand.rng.random()}")


def _answered(kind: type[Command], **extra: Any) -> Callable[[Hand], Command]:
    """A command to one answer, with its base."""

    def make(hand: Hand) -> Command:
        how = hand.pick(hand.ids(How))
        return ask(kind, how=how, base=hand.base(how), **extra)

    return make


def _unpick(hand: Hand) -> Command:
    marks = hand.meeting.board.every(Picked).values()
    return ask(proposals.UnpickProposal, note=hand.pick(sorted(m.note for m in marks)))


def _based(kind: type[Command], **extra: Callable[[Hand], Any]) -> Callable[[Hand], Command]:
    """A command to one theme, with its base."""

    def make(hand: Hand) -> Command:
        theme = hand.theme()
        return ask(kind, theme=theme, base=hand.base(theme), **{n: get(hand) for n, get in extra.items()})

    return make


def _noted(kind: type[Command], **extra: Any) -> Callable[[Hand], Command]:
    """A command to one note, with its base."""

    def make(hand: Hand) -> Command:
        note = hand.note()
        return ask(kind, note=note, base=hand.base(note), **extra)

    return make


def _show(hand: Hand) -> Command:
    note = hand.pick(hand.ids(Note, hidden=True), hand.note())
    return ask(notes.ShowNote, note=note, base=hand.base(note))


def _simple(kind: type[Command], activity: str | None = None, **extra: Any) -> Callable[[Hand], Command]:
    """A command to one activity."""
    return lambda hand: ask(kind, activity=hand.item(activity), **extra)


def _placing(kind: type[Command]) -> Callable[[Hand], Command]:
    """A command to one activity whose themes are placed on phones."""
    return lambda hand: ask(kind, activity=hand.item(hand.pick(["influence", "priority"])))


def _writing(kind: type[Command]) -> Callable[[Hand], Command]:
    """A command to one activity that people write in."""
    return lambda hand: ask(kind, activity=hand.written())


def _paper(hand: Hand) -> Command:
    activity = hand.written()
    poster = hand.pick(WRITES[hand.kind(activity)])
    return ask(notes.AddPaper, activity=activity, texts=["marked paper"], poster=poster)


def _moved(kind: type[Command], **extra: Callable[[Hand], Any]) -> Callable[[Hand], Command]:
    """A command to one item, with its base."""

    def make(hand: Hand) -> Command:
        item = hand.pick(hand.items())
        return ask(kind, item=item, base=hand.base(item), **{n: get(hand) for n, get in extra.items()})

    return make


def _place_influence(hand: Hand) -> Command:
    theme = hand.theme()
    field = hand.pick(["can", "can", "cannot", None])
    return ask(PlaceInfluence, theme=theme, base=hand.base(influence_id(theme)), field=field)


def _place_priority(hand: Hand) -> Command:
    theme = hand.workable()
    important, urgent = hand.pick([(True, True), (True, None), (False, True), (None, None)])
    base = hand.base(f"priority:{theme}")
    return ask(priority.PlacePriority, theme=theme, base=base, important=important, urgent=urgent)


def _guide(hand: Hand) -> Command:
    item = hand.item("priority")
    step = hand.pick(["important", "urgent", "free"])
    return ask(priority.GuidePass, activity=item, base=hand.base(f"guide:{item}"), step=step)


def _row(kind: type[Command], **extra: Callable[[Hand], Any]) -> Callable[[Hand], Command]:
    """A command to one row of the action plan, with its base."""

    def make(hand: Hand) -> Command:
        action = str(hand.pick(hand.ids(Action)))
        fields = {name: get(hand) for name, get in extra.items()}
        return ask(kind, activity=hand.item("action_plan"), action=action, base=hand.base(action), **fields)

    return make


def _change_action(hand: Hand) -> Command:
    given: dict[str, Any] = hand.pick(
        [
            {"text": f"Handling {hand.rng.random()}"},
            {"responsible": ["Dorte", f"Emil {hand.rng.random()}"]},
            {"when": hand.pick(["om 14 dage", "næste fredag", "løbende"]), "who": "Alle"},
            {"day": "2027-03-01"},
            {"how": f"Sådan {hand.rng.random()}", "theme": None},
        ]
    )
    return _row(
        plan.ChangeAction, **{name: lambda _hand, value=value: value for name, value in given.items()}
    )(hand)


def _add_action(hand: Hand) -> Command:
    action = new_id(f"action {hand.rng.random()}")
    theme = hand.pick([None, *hand.ids(Theme)])
    return ask(plan.AddAction, activity=hand.item("action_plan"), action=action, theme=theme, text="Ny")


def _strike(hand: Hand) -> Command:
    name = hand.pick(hand.ids(SignUp))
    return ask(plan.StrikeName, activity=hand.item("action_plan"), sign_up=name)


def _sign_up(hand: Hand) -> Command:
    name = hand.pick(["anna", f"person {hand.rng.random()}"])
    return ask(
        plan.SignMeUp,
        sign_up=new_id(name),
        secret=secret(name),
        action=hand.pick(hand.ids(Action)),
        name=name,
    )


def _withdraw(hand: Hand) -> Command:
    name = "anna"
    return ask(plan.Withdraw, sign_up=new_id(name), secret=secret(name))


def _make_action(hand: Hand) -> Command:
    note = hand.pick([mark.note for mark in hand.meeting.board.every(Picked).values()])
    action = new_id(f"action {hand.rng.random()}")
    return ask(plan.MakeAction, activity=hand.item("action_plan"), action=action, note=note)


def _cast(hand: Hand) -> Command:
    if hand.kind(hand.live()) == "pulse" and hand.coin():
        own = f"more {hand.pick(NAMES)}"
        fields = {"ballot": new_id(own), "secret": secret(own), "rev": hand.pick([1, 2, 3]), "of": "more"}
        return ask(ballots.Cast, activity=hand.live(), value=f"marked {own}", **fields)
    name, theme = hand.pick(NAMES), hand.workable()
    return placed(name, theme, hand.pick([0, 1, 2, 3]), hand.item("priority"), rev=hand.pick([1, 2, 3]))


def _change_wall(hand: Hand) -> Command:
    given = hand.pick(
        [{"black": hand.coin()}, {"page": 2}, {"forward": None}, {"size": "L"}, {"light": "dark"}]
    )
    return ask(wall.ChangeWall, workshop=hand.workshop, **given)


def _change_workshop(hand: Hand) -> Command:
    given = hand.pick([{"title": f"Møde {hand.rng.random()}"}, {"board_on_phones": hand.coin()}])
    base = hand.base(hand.workshop)
    return ask(agenda.ChangeWorkshop, workshop=hand.workshop, base=base, **given)


def _whole(kind: type[Command], **extra: Any) -> Callable[[Hand], Command]:
    return lambda hand: ask(kind, workshop=hand.workshop, **extra)


MAKERS: dict[type[Command], Callable[[Hand], Command]] = {
    agenda.Seed: lambda _hand: ask(agenda.Seed, records=()),
    attendance.CountPeople: lambda hand: ask(
        attendance.CountPeople, workshop=hand.workshop, phones=hand.pick([1, 5])
    ),
    attendance.RaiseThreshold: lambda hand: ask(attendance.RaiseThreshold, threshold=hand.pick([5, 8])),
    agenda.Go: lambda hand: ask(agenda.Go, item=hand.pick(hand.items())),
    agenda.End: _whole(agenda.End),
    agenda.Add: _add,
    agenda.ChangeItem: _change_item,
    agenda.Become: _become,
    agenda.Move: _moved(agenda.Move, before=lambda hand: hand.pick([None, *hand.items()])),
    agenda.RemoveItem: _moved(agenda.RemoveItem),
    agenda.ChangeWorkshop: _change_workshop,
    ending.EndByItself: _whole(ending.EndByItself),
    ending.Lead: _whole(ending.Lead),
    ending.Tidy: _whole(ending.Tidy),
    ending.ForgetMeeting: _whole(ending.ForgetMeeting),
    timer.Start: _simple(timer.Start, seconds=30),
    timer.Pause: _simple(timer.Pause),
    timer.Resume: _simple(timer.Resume),
    timer.Lengthen: _simple(timer.Lengthen, seconds=60),
    timer.Finish: _simple(timer.Finish),
    timer.Stop: _simple(timer.Stop),
    wall.ChangeWall: _change_wall,
    undo.UndoCommand: _whole(undo.UndoCommand),
    undo.RedoCommand: _whole(undo.RedoCommand),
    notes.WriteNote: _write,
    notes.EditNote: _edit,
    rounds.HangUp: _hang_up,
    rounds.PassWord: _simple(rounds.PassWord, "notes"),
    notes.StopWriting: _writing(notes.StopWriting),
    notes.WriteOn: _writing(notes.WriteOn),
    notes.TurnOne: _writing(notes.TurnOne),
    notes.TurnAll: _writing(notes.TurnAll),
    notes.LetInLate: _writing(notes.LetInLate),
    notes.AddPaper: _paper,
    notes.HideNote: _noted(notes.HideNote),
    notes.ShowNote: _show,
    notes.MaskNote: _noted(notes.MaskNote, text="masked"),
    notes.DeleteNote: lambda hand: ask(notes.DeleteNote, note=hand.note()),
    notes.DeleteNotes: lambda hand: ask(notes.DeleteNotes, notes=[hand.note(), hand.note()]),
    notes.Tick: _writing(notes.Tick),
    notes.TimeIsUp: _writing(notes.TimeIsUp),
    ballots.Cast: _cast,
    pace.SayDone: lambda hand: ask(
        pace.SayDone, activity=hand.written(), mark=new_id(f"phone {hand.rng.randrange(9)}"), done=hand.coin()
    ),
    pace.TellDone: _simple(pace.TellDone),
    ballots.MoveCount: _simple(ballots.MoveCount, "priority"),
    clustering.MakeTheme: lambda hand: ask(
        clustering.MakeTheme,
        theme=new_id(f"theme {hand.rng.random()}"),
        name=hand.pick(["", f"Tema {hand.rng.random()}"]),
        paper="fjord",
        **_gather(hand),
    ),
    clustering.MoveNotes: _move,
    clustering.RenameTheme: _based(clustering.RenameTheme, name=lambda hand: f"Navn {hand.rng.random()}"),
    clustering.RecolourTheme: _based(
        clustering.RecolourTheme, paper=lambda hand: hand.pick(["korn", "lyng"])
    ),
    clustering.MergeThemes: _based(clustering.MergeThemes, into=Hand.theme),
    clustering.SplitTheme: _based(clustering.SplitTheme),
    clustering.OrderTheme: _based(
        clustering.OrderTheme, before=lambda hand: hand.pick([None, *hand.ids(Theme)])
    ),
    clustering.AnswerQuestion: _answer,
    clustering.ActAtOnce: _act,
    clustering.TagTheme: lambda hand: ask(clustering.TagTheme, theme=hand.theme(), factor=hand.pick(FACTORS)),
    clustering.UntagTheme: _untag,
    why.WriteWhy: _why,
    me_too.CloseMeToo: _simple(me_too.CloseMeToo, "me_too"),
    me_too.OpenMeToo: _simple(me_too.OpenMeToo, "me_too"),
    dots.CloseVote: _simple(dots.CloseVote, "dots"),
    dots.OpenVote: _simple(dots.OpenVote, "dots"),
    pulse.ClosePulse: _simple(pulse.ClosePulse, "pulse"),
    pulse.ReopenPulse: _simple(pulse.ReopenPulse, "pulse"),
    pulse.HideAnswer: _open_answer(pulse.HideAnswer),
    pulse.ShowAnswer: _open_answer(pulse.ShowAnswer, hidden=True),
    pulse.DeleteAnswer: lambda hand: ask(pulse.DeleteAnswer, answer=hand.pick(hand.ids(pulse.PulseAnswer))),
    by_link.Night: _simple(by_link.Night),
    reflection.WriteReflection: _reflect,
    reflection.ChooseNext: _next_theme,
    reflection.Remind: _remind,
    reflection.Forget: _forget,
    reflection.MarkProgress: _progress(
        reflection.MarkProgress,
        value=lambda hand: hand.pick([None, 3, hand.rng.randint(0, 10)]),
        want=lambda hand: hand.pick([None, 8]),
    ),
    reflection.NameEnds: _progress(
        reflection.NameEnds,
        low=lambda hand: hand.pick(["", f"langt {hand.rng.random()}"]),
        high=lambda _hand: "i mål",
        by=lambda hand: hand.pick([None, "2027-06-01"]),
    ),
    proposals.AskHow: _how,
    proposals.RewordHow: _answered(proposals.RewordHow, text="sådan i stedet"),
    proposals.DropHow: _answered(proposals.DropHow),
    proposals.PickProposal: lambda hand: ask(proposals.PickProposal, note=hand.proposal()),
    proposals.UnpickProposal: _unpick,
    PlaceInfluence: _place_influence,
    priority.PlacePriority: _place_priority,
    priority.ChooseTheme: lambda hand: ask(
        priority.ChooseTheme, theme=hand.workable(), confirmed=hand.coin()
    ),
    priority.UnchooseTheme: lambda hand: ask(priority.UnchooseTheme, theme=hand.workable()),
    priority.GuidePass: _guide,
    influence.FollowInfluence: _simple(influence.FollowInfluence, "influence"),
    placing.OpenPlacing: _placing(placing.OpenPlacing),
    placing.ClosePlacing: _placing(placing.ClosePlacing),
    priority.FollowGroup: _simple(priority.FollowGroup, "priority"),
    plan.AddAction: _add_action,
    plan.MakeAction: _make_action,
    plan.ChangeAction: _change_action,
    plan.SetStatus: _row(plan.SetStatus, status=lambda hand: hand.pick(["under_way", "done", "dropped"])),
    plan.MoveAction: _row(plan.MoveAction, before=lambda hand: hand.pick([None, *hand.ids(Action)])),
    plan.RemoveAction: _row(plan.RemoveAction),
    plan.OpenSignUp: _row(plan.OpenSignUp, open=Hand.coin),
    plan.StrikeName: _strike,
    plan.SignMeUp: _sign_up,
    plan.Withdraw: _withdraw,
}


def made(kind: type[Command], meeting: Meeting, rng: random.Random, workshop: str = "workshop-1") -> Command:
    """A command of this type for the current meeting; it may still be refused."""
    return MAKERS[kind](Hand(meeting, rng, workshop))


async def _pulsed(meeting: Meeting) -> None:
    """A pulse that was answered by five, and released."""
    theme = {"theme": new_id("theme tema 0")}
    about = {"activity": "pulse", "title": "Puls", "settings": theme}
    await meeting.do(ask(agenda.Become, item=PULSE, base=meeting.seq(PULSE), **about))
    await meeting.do(ask(agenda.Go, item=PULSE))
    answers = (("better", 4), ("needed", 2), ("more", "marked answer"))
    for name in NAMES[:5]:
        for of, value in answers:
            own = f"{of} {name}"
            fields = {"ballot": new_id(own), "secret": secret(own), "rev": 1, "of": of, "value": value}
            await meeting.do(ask(ballots.Cast, activity=PULSE, **fields))
    await meeting.do(ask(pulse.ClosePulse, activity=PULSE))
    hidden = min(meeting.board.of(pulse.PulseAnswer, PULSE))
    await meeting.do(ask(pulse.HideAnswer, answer=hidden, base=meeting.seq(hidden)))


_rich: list[Meeting] = []


async def rich_meeting() -> Meeting:
    """A meeting with everything: both questions turned over and grouped, themes placed and chosen.

    It is played once; each caller then opens a copy of its store, as after a restart.
    """
    if not _rich:
        _rich.append(await _led_through_all())
    time = Time()
    time.ms = _rich[0].time.ms
    # Another seed: the same one would repeat the ids already used.
    return await Meeting.at(_rich[0].store.copy(), time, seed=8)


async def _led_through_all() -> Meeting:
    meeting = await Meeting.open()
    await meeting.turned(*NAMES[:6])
    await lead_on(meeting)
    return meeting


async def lead_on(meeting: Meeting) -> None:
    """Everything that follows on six notes of the first question that are turned over."""
    for n in range(3):
        theme = await meeting.theme(f"tema {n}", NAMES[2 * n], NAMES[2 * n + 1])
        await meeting.do(ask(PlaceInfluence, theme=theme, base=0, field="can"))
        await meeting.do(ask(priority.PlacePriority, theme=theme, base=0, important=True, urgent=None))
    await meeting.do(ask(priority.ChooseTheme, theme=new_id("theme tema 2"), confirmed=False))
    hidden = new_id(NAMES[5])
    await meeting.do(ask(notes.HideNote, note=hidden, base=meeting.seq(hidden)))
    await meeting.do(ask(clustering.AnswerQuestion, activity="c1", question=1, base=0, text="svar"))
    at_once = {"question": clustering.AT_ONCE, "base": 0, "text": "Et skilt på døren\nRing først"}
    await meeting.do(ask(clustering.AnswerQuestion, activity="c1", **at_once))
    assert meeting.board.every(Answer)
    for factor in ("demands", "reward"):
        await meeting.do(ask(clustering.TagTheme, theme=new_id("theme tema 1"), factor=factor))
    live = meeting.board.one(agenda.Workshop, W).live
    await meeting.do(ask(agenda.Go, item=INFLUENCE), ask(placing.OpenPlacing, activity=INFLUENCE))
    await meeting.do(*(placed(f"i{name}", new_id("theme tema 0"), 0, INFLUENCE) for name in NAMES[:5]))
    await meeting.do(ask(placing.ClosePlacing, activity=INFLUENCE))
    await meeting.do(ask(agenda.Go, item=PRIORITY), ask(placing.OpenPlacing, activity=PRIORITY))
    await meeting.do(*(placed(name, new_id("theme tema 0"), 3) for name in NAMES[:5]))
    await meeting.do(ask(placing.ClosePlacing, activity=PRIORITY))
    await meeting.headed(STOP, new_id("theme tema 2"))
    await _pulsed(meeting)
    first, second = await meeting.proposals("stop", "more")
    await meeting.do(ask(proposals.AskHow, how=new_id("how"), of=first, text="sådan"))
    await meeting.do(ask(proposals.AskHow, how=new_id("how again"), of=new_id("how"), text="nærmere"))
    await meeting.do(ask(proposals.PickProposal, note=second))
    # Items that were live stay in the agenda, whatever is removed from it.
    await meeting.do(ask(agenda.Go, item=PLAN))
    for name in ("row 1", "row 2"):
        row = ask(plan.AddAction, activity=PLAN, action=new_id(name), theme=None, text=name)
        await meeting.do(row)
    await meeting.do(
        ask(plan.SignMeUp, sign_up=new_id("anna"), secret=secret("anna"), action=new_id("row 1"), name="anna")
    )
    for name, when in (("pot", "om 14 dage"), ("lid", "")):
        about = {"theme": new_id("theme tema 2"), "meeting": "Personalemødet", "when": when, "who": ""}
        reminder = ask(reflection.Remind, activity=REFLECTION, reminder=new_id(name), base=0, **about)
        await meeting.do(reminder)
    await meeting.do(ask(agenda.Go, item=REFLECTION), ask(agenda.Go, item=live))
