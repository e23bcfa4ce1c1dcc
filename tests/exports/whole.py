"""A whole process as it is on a board after two rounds: real kinds, real records, real texts."""

from collections.abc import Iterator, Mapping

from app.activities.priority.messages import Priority, Spread, priority_id
from app.activities.priority.spread import spread_id
from app.activities.pulse.messages import Distribution, PulseAnswer, PulseResult, pulse_result_id
from app.activities.reflection.messages import (
    Mark,
    NextTheme,
    Progress,
    Reflection,
    ReflectionPart,
    Reminder,
    next_theme_id,
    progress_id,
    reflection_id,
)
from app.engine.agenda import Item, Workshop
from app.engine.records import Board, Held, Record
from app.engine.report import Paper
from app.locales import words
from app.method.templates import items, template
from app.parts.factors import Factor, Tagged, tagged_id
from app.parts.gathered import Answer
from app.parts.notes.records import Note
from app.parts.plan import Action, SignUp
from app.parts.proposals import How, Picked, picked_id
from app.parts.themes import Chosen, Influence, Theme, chosen_id, influence_id
from app.parts.why import Why, WhyPart, why_id
from tests.exports.sample import CHOSEN, HARD, JOYS, REST, WHY

DA = words("da")
Papered = Mapping[tuple[str, Paper], list[str]]
#: Day, template, round.
MEETINGS = (
    ("2026-11-12", "both_questions", 1),
    ("2026-11-19", "gathering", 1),
    ("2026-11-26", "results", 1),
    ("2026-12-03", "choose", 1),
    ("2026-12-10", "work", 1),
    ("2027-01-14", "further_theme", 1),
    ("2027-05-20", "pulse", 1),
    ("2027-06-03", "follow_up", 1),
    ("2027-09-02", "choose", 2),
    ("2027-12-02", "pulse", 2),
)
PEOPLE = {0: 24, 2: 21, 3: 22, 4: 19, 5: 20, 6: 23, 8: 22, 9: 18}
PLANNED = ("2028-01-13", "status", 2)
SAID: dict[WhyPart, str] = {
    "headline": WHY,
    "seen": "Tre er rejst siden sommer. I pausen taler vi om alt det, der ikke virker.",
    "stake": "Hvis vi bliver ved sådan, mister vi flere, og dem, der er tilbage, får endnu mere travlt.",
    "act": "Fordi vi selv kan lave om på mere, end vi tror.",
    "effort": "Vi holder tre korte møder og vælger to eller tre ting, som vi arbejder med i et halvt år.",
    "gain": "Færre afbrydelser og besked i god tid.",
    "success": "Om et år siger vi, at vi får besked i tide, og at vi når det, vi har lovet.",
    "attention": "Vi tager det op hver mandag ved tavlen, også når der er travlt.",
}
TAGS: dict[str, tuple[Factor, ...]] = {
    "Besked om ændringer": ("predictability",),
    "Afbrydelser": ("demands", "influence"),
    "Travlt før levering": ("demands",),
    "Oplæring af nye": ("support", "predictability"),
    "For lidt ros": ("reward",),
    "Frihed": ("influence",),
    "Kollegerne": ("support",),
    "Et godt stykke arbejde": ("meaning",),
}
#: Theme, action, responsible, participants, method, time, the day it means, status.
ACTIONS = (
    (
        "Besked om ændringer", "Ti minutter ved tavlen hver morgen", ("Emil",), "Dagholdet",
        "Kl. 7.10, stående. Kontoret er med i telefonen.", "inden 14 dage", "2026-12-23", "done",
    ),
    (
        "Besked om ændringer", "Den, der ændrer en ordre, ringer til hallen", ("Sanne", "Yusuf"),
        "Kontoret", "", "fra mandag", "2026-12-14", "under_way",
    ),
    (
        "Afbrydelser", "Telefonfri time fra 8 til 9", ("Dorte",), "Alle",
        "Omstilling til kontoret", "1. februar", "2027-02-01", "under_way",
    ),
    (
        "Afbrydelser", "Skilt på døren til hallen: spørg ved tavlen", ("Yusuf",), "",
        "", "hurtigst muligt", None, "not_started",
    ),
    (None, "Fredagskaffe på skift mellem holdene", (), "", "", "", None, "dropped"),
)  # fmt: skip
PROPOSALS = {
    "stop": ["Stop med beskeder på papstykker", "Ikke flere ændringer efter kl. 14"],
    "more": ["Ti minutter ved tavlen hver morgen", "Ring til hallen, når ordren flyttes 📞"],
    "new": ["En fælles kalender på skærmen i kantinen"],
    "up": ["Ro mellem 8 og 9", "Hjælp til den, der har travlt"],
    "down": ["Radioen", "Spørgsmål på gangen, mens vi måler op"],
}


def board_of(records: Iterator[Record]) -> Board:
    """A board with these records."""
    board = Board()
    board.apply(Held(seq, record) for seq, record in enumerate(records, 1))
    return board


def whole(planned: bool = False) -> Board:
    """All of it; with one more meeting that is still to come."""
    return board_of(records(planned))


def records(planned: bool = False) -> Iterator[Record]:
    """The records on the board."""
    agendas = list(_meetings())
    found = {item.activity + item.workshop: item for item in agendas if isinstance(item, Item)}
    yield from agendas
    if planned:
        yield from _meeting(len(MEETINGS), *PLANNED, held=False)
    draws, hard = [item for item in agendas if isinstance(item, Item) and item.activity == "notes"][:2]
    gathers = [item for item in agendas if isinstance(item, Item) and item.activity == "clustering"]
    yield from (Why(id=why_id(part), part=part, text=text) for part, text in SAID.items())
    yield from _gathered(draws, JOYS, strength=True)
    yield from _gathered(hard, {**HARD, **REST})
    yield _note("free", hard.id, "Solen står lige ind i øjnene om morgenen")
    for n, text in enumerate(("At så meget handler om besked i tide.", "Afbrydelser, i alle hold."), 1):
        yield Answer(id=f"answer:{n}", activity=gathers[-1].id, question=n, text=text)
    yield from _sorted(found["priorityw3"].id, 1)
    yield from _sorted(found["priorityw8"].id, 2)
    yield from _posters(found["stop_more_neww4"].id, "Besked om ændringer", ("stop", "more", "new"))
    yield from _posters(found["turn_up_turn_downw5"].id, "Afbrydelser", ("up", "down"))
    yield from _plan()
    yield from _pulses(found["pulsew6"].id, found["pulsew9"].id)
    yield from _looked_back(found["reflectionw7"].id)


def theme_id(name: str) -> str:
    """Themes are identified by their names here."""
    names = [name for name, _ in (*JOYS, *HARD, *REST)]
    return f"theme{names.index(name)}"


def _meetings() -> Iterator[Record]:
    for n, (day, name, cycle) in enumerate(MEETINGS):
        yield from _meeting(n, day, name, cycle)


def _meeting(n: int, day: str, name: str, cycle: int, held: bool = True) -> Iterator[Record]:
    made = template(name)
    assert made is not None
    yield Workshop(
        id=f"w{n}", title=DA(f"method.template.{name}"), group="Montagen", language="da", date=day,
        state="ended" if held else "draft", cycle=cycle, people=PEOPLE.get(n),
    )  # fmt: skip
    ids = iter(f"w{n}i{m}" for m in range(99))
    rounds = {"korn": "w0i1", "fjord": "w0i2"}
    for m, item in enumerate(items(made, f"w{n}", DA, lambda: next(ids), rounds)):
        kind = "turn_up_turn_down" if n == 5 and item.activity == "stop_more_new" else item.activity
        headed = {**item.settings, "name": ""}
        settings = item.settings
        if kind == "stop_more_new":
            settings = {**headed, "theme": theme_id("Besked om ændringer"), "name": "Besked om ændringer"}
        elif kind == "turn_up_turn_down":
            settings = {**headed, "theme": theme_id("Afbrydelser"), "name": "Afbrydelser"}
        elif kind == "pulse":
            settings = {"theme": theme_id("Besked om ændringer"), "name": "Besked om ændringer"}
        started = {"state": "done", "started_at": (n * 1000 + m) * 60_000} if held else {}
        yield item.with_(activity=kind, settings=settings, **started)


def _note(id: str, activity: str, text: str, **fields: object) -> Note:
    return Note.model_validate(
        {"id": id, "activity": activity, "text": text, "secret_hash": None, "face": "up"} | fields
    )


def _gathered(asked: Item, them: Papered, strength: bool = False) -> Iterator[Record]:
    for n, ((name, paper), notes) in enumerate(them.items()):
        theme = theme_id(name)
        yield Theme.model_validate(
            {"id": theme, "name": name, "paper": paper, "of": asked.id, "position": n, "strength": strength}
        )
        if name in TAGS:
            yield Tagged(id=tagged_id(theme), theme=theme, factors=TAGS[name])
        for m, text in enumerate(notes):
            yield _note(f"{theme}n{m}", asked.id, text, theme=theme, rank=m)


def _sorted(item: str, cycle: int) -> Iterator[Record]:
    if cycle == 1:
        for name, paper in (*HARD, *REST):
            field = "can" if (name, paper) in HARD else "cannot"
            yield Influence.model_validate(
                {"id": influence_id(theme_id(name)), "theme": theme_id(name), "field": field}
            )
    chosen = CHOSEN[:2] if cycle == 1 else ("Travlt før levering", "Oplæring af nye")
    for n, name in enumerate(name for name, _ in HARD if cycle == 1 or name not in CHOSEN[:2]):
        theme = theme_id(name)
        important, urgent = name in CHOSEN or name == "For lidt ros" or name in chosen, name in CHOSEN
        yield Priority(
            id=priority_id(theme, cycle), theme=theme, important=important, urgent=urgent, cycle=cycle
        )
        if name in chosen:
            yield Chosen(id=chosen_id(theme, cycle), theme=theme, cycle=cycle)
        if cycle == 1:
            yield Spread(
                id=spread_id(item, theme), activity=item, theme=theme, n=18, important=16 - n, urgent=9 + n,
                important_agreement="agreed" if n < 2 else "mostly", urgent_agreement="divided",
            )  # fmt: skip


def _posters(item: str, theme: str, posters: tuple[str, ...]) -> Iterator[Record]:
    for poster in posters:
        for n, text in enumerate(PROPOSALS[poster]):
            id = f"p{poster}{n}"
            yield _note(id, item, text, poster=poster)
            if n == 0:
                yield How(id=f"how{id}", of=id, text="Emil begynder på mandag ved tavlen", position=1)
                yield How(id=f"how2{id}", of=f"how{id}", text="Kontoret ringer op kl. 7.10", position=1)
                yield Picked(id=picked_id(id), note=id, theme=theme_id(theme), poster=poster)


def _plan() -> Iterator[Record]:
    for n, (theme, text, responsible, who, how, when, day, status) in enumerate(ACTIONS):
        yield Action.model_validate(
            {
                "id": f"a{n}", "theme": theme and theme_id(theme), "text": text, "responsible": responsible,
                "who": who, "how": how, "when": when, "day": day, "status": status, "position": n,
            }
        )  # fmt: skip
    yield SignUp(id="s1", action="a2", name="Mette", secret_hash=None)
    yield SignUp(id="s2", action="a2", name="Åge", secret_hash=None)


def _pulses(first: str, second: str) -> Iterator[Record]:
    theme = theme_id("Besked om ændringer")
    about = {"theme": theme, "name": "Besked om ændringer"}
    for item, day, needed, better in (
        (first, "2027-05-20", (1, 2, 6, 8, 4), (3, 6, 8, 3, 1)),
        (second, "2027-12-02", (4, 7, 5, 2, 0), (0, 2, 4, 8, 4)),
    ):
        yield PulseResult(
            id=pulse_result_id(item), activity=item, day=day, needed=Distribution(counts=needed),
            better=Distribution(counts=better), more=2, **about,
        )  # fmt: skip
        for n, text in enumerate(("Mere af tavlemøderne", "Skriv ændringen op, så natholdet ser den")):
            yield PulseAnswer(id=f"{item}o{n}", activity=item, text=text)


def _looked_back(item: str) -> Iterator[Record]:
    said: dict[ReflectionPart, str] = {
        "far": "Vi får besked de fleste dage. Telefonen forstyrrer stadig.",
        "well": "Tavlemødet holder, også når der er travlt.",
        "less": "Vi fik ikke natholdet med.",
        "plan": "Vi begynder forfra med det, der haster mest før levering.",
    }
    for part, text in said.items():
        yield Reflection(id=reflection_id(item, part), activity=item, part=part, text=text)
    busy, told = theme_id("Travlt før levering"), theme_id("Besked om ændringer")
    yield NextTheme(id=next_theme_id(item), activity=item, theme=busy)
    marks = (Mark(day="2026-12-10", value=2, want=8), Mark(day="2027-06-03", value=6, want=8))
    yield Progress(id=progress_id(told), theme=told, by="2027-12-31", marks=marks)
    yield Reminder(
        id="r1", theme=told, meeting="Mandagsmødet", when="8. februar 2028", day="2028-02-08", who="Dorte"
    )
    yield Reminder(id="r2", theme=busy, meeting="Ledermødet", when="ved lejlighed", who="Emil")
