"""A walk through a whole workshop that stops at every screen, for pictures and for checks."""

import asyncio
import itertools
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self, Unpack

import orjson

from app.pages.stored import PAGES
from app.parts.placing import DONE
from tests.support.around import gates, office, pockets
from tests.support.browsers import PHONE, PROJECTOR, Looks, Screen
from tests.support.desk import Desk
from tests.support.meeting import Wire, new_id
from tests.support.phone import Phone
from tests.support.server import CHECKOUT
from tests.support.wall import Wall
from tests.support.workshop import Workshop

#: How many notes the walk writes to each question, and how many of them its phone does.
NOTES, OWN = 24, 3
DEMO = orjson.loads((CHECKOUT / "app" / "method" / "invented" / "da.json").read_bytes())
#: Themes of what makes the day hard, by the places of their notes in the demo's list.
HARD = (
    ("Afbrydelser", "hyben", (0, 2, 14, 8)),
    ("Besked i tide", "fjord", (1, 15, 19, 12, 13)),
    ("Værktøj og orden", "mos", (4, 21, 22, 23)),
    ("Travle dage", "lyng", (9, 11, 16)),
    ("Kulde i hallen", "korn", (7, 17)),
)


def _themes() -> dict[str, list[tuple[str, str, list[str]]]]:
    """Name, paper and notes of the themes of both questions."""
    hard = DEMO["notes"]["hard"]
    return {
        "draws": [(theme["name"], theme["paper"], theme["notes"]) for theme in DEMO["themes"]],
        "hard": [(name, paper, [hard[at] for at in places]) for name, paper, places in HARD],
    }


THEMES = _themes()
#: P2.10: what each of them is about.
FACTORS = (
    ("demands", "influence"),
    ("predictability", "support"),
    ("demands",),
    ("demands", "predictability"),
    ("reward",),
)
#: P5.1: what six phones answer: better, needed, and in their own words.
PULSE = (
    (4, 2, "Mere af morgentavlen. Den gør, at man ved, hvad der sker, før man hører det i kantinen."),
    (4, 2, "Tag kontoret med, når vi taler om, hvad vi kan gøre nyt."),
    (5, 3, "Ring i stedet for at skrive"),
    (2, 4, "Planen to dage før. Også når den bliver lavet om."),
    (4, 1, "Et kvarter til overlevering"),
    (3, 2, "Det virker. Bliv ved."),
)
#: P3.4: what eleven phones say of each theme: important is 2, urgent is 1. The others got too few placements.
PLACED = (
    (3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 2),
    (3, 2, 2, 0, 2, 3, 1, 2, 2, 0, 2),
    (1, 0, 0, 1, 2, 0, 1, 0, 0, 0, 1),
)
#: What the phone has begun and not sent.
BEGUN = "At vi får lov til at prøve noget af"


class Stop(NamedTuple):
    """A screen as it stands now."""

    name: str
    screen: Screen


@dataclass
class Tour:
    """How everybody's browser is set on this walk."""

    room: Workshop
    phone_looks: Looks
    wall_looks: Looks
    desk_looks: Looks

    async def stops(self) -> AsyncIterator[Stop]:
        """Every screen once, in the order of a meeting."""
        room = self.room
        async for stop in self._doors():
            yield stop
        desk, wall = await room.desk(**self.desk_looks), await room.wall(**self.wall_looks)
        phone = await room.phone(**self.phone_looks)
        await phone.is_in()
        await wall.code()
        for stop in (Stop("desk-start", desk), Stop("wall-join", wall), Stop("phone-soon", phone)):
            yield stop
        async with _Hand(room) as hand:
            for part in (
                self._writing(hand, desk, wall, phone),
                self._dialogs(desk),
                self._turning(hand, desk, wall, phone),
                self._themes(hand, desk, wall),
                self._choosing(hand, desk, wall, phone),
                self._dots(hand, desk, wall, phone),
                self._pulse(hand, desk, wall, phone),
                self._looking_back(hand, desk, wall, phone),
                self._end(hand, desk, wall, phone),
            ):
                async for stop in part:
                    yield stop

    async def _doors(self) -> AsyncIterator[Stop]:
        people, words, url = self.room.people, self.room.words, self.room.server.url
        context = await people.sits_down(**(self.desk_looks | {"state": self.room.state}))
        page = await context.new_page()
        home = Desk(page, words)
        await page.goto(f"{url}/desk")
        await home.sees("desk.home.new_workshop")
        yield Stop("desk-home", home)
        await page.goto(f"{url}/desk#/new/{self.room.meeting.process}")
        await home.sees("desk.new.agenda")
        yield Stop("desk-new", home)
        await people.leave(context)
        context = await people.sits_down(**(PHONE | self.phone_looks))
        stranger = Phone(await context.new_page(), words)
        await stranger.page.goto(url)
        await stranger.sees("phone.join.title")
        yield Stop("phone-join", stranger)
        await stranger.code("AAAAAA")
        await stranger.sees("phone.join.wrong.title")
        yield Stop("phone-wrong-code", stranger)
        await stranger.page.goto(f"{url}{PAGES[words.language]}")
        await stranger.sees("page.stored.lead")
        yield Stop("stored", stranger)
        await people.leave(context)
        context = await people.sits_down(**(PROJECTOR | self.wall_looks))
        blank = Wall(await context.new_page(), words)
        await blank.page.goto(f"{url}/wall")
        await blank.pairing_code()
        yield Stop("wall-pair", blank)
        await people.leave(context)

    async def _writing(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        await desk.starts("notes_draws")
        await desk.sees("notes.desk.not_begun")
        yield Stop("desk-notes-before", desk)
        await hand.start(0)
        await phone.may_write()
        await hand.write(0, DEMO["notes"]["draws"][: NOTES - OWN])
        texts = DEMO["notes"]["draws"][NOTES - OWN : NOTES]
        await phone.writes(*texts)
        await phone.has_on_board(OWN)
        await phone.field.fill(BEGUN)
        await wall.has_cards(NOTES)
        for stop in (
            Stop("phone-write", phone),
            Stop("wall-writing", wall),
            Stop("desk-writing", desk),
        ):
            yield stop
        await phone.field.fill("")
        await phone.opens_mine()
        yield Stop("phone-mine", phone)
        await phone.goes_back()
        await desk.presses("q")
        await wall.sees("wall.join.title")
        yield Stop("wall-join-again", wall)
        await desk.offers("desk.join_big.off")
        await desk.presses("q")

    async def _dialogs(self, desk: Desk) -> AsyncIterator[Stop]:
        await desk.opens_panel()
        yield Stop("desk-dialog-join", desk)
        await desk.closes_dialog()
        await desk.dock.get_by_role("button", name=desk.words("desk.all")).click()
        yield Stop("desk-dialog-all", desk)
        await desk.closes_dialog()
        await desk.presses("?")
        await desk.sees("desk.keys.primary")
        yield Stop("desk-dialog-keys", desk)
        await desk.closes_dialog()
        await desk.button("desk.agenda.add").click()
        await desk.sees("desk.item.kind")
        yield Stop("desk-dialog-item", desk)
        await desk.closes_dialog()

    async def _turning(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        await desk.goes_on("notes.desk.stop")
        await desk.previews(NOTES)
        await phone.sees("notes.phone.stopped")
        yield Stop("desk-preview", desk)
        yield Stop("phone-stopped", phone)
        await desk.goes_on("notes.desk.turn_all")
        await desk.sees("notes.desk.turned.title")
        await wall.papers.first.wait_for()
        await phone.looks_up()
        for stop in (Stop("wall-turned", wall), Stop("desk-turned", desk), Stop("phone-look", phone)):
            yield stop
        await hand.all_of(0)

    async def _themes(self, hand: "_Hand", desk: Desk, wall: Wall) -> AsyncIterator[Stop]:
        await hand.go(1)
        await hand.cluster(0, 1, THEMES["draws"])
        for screen in (wall, desk):
            await screen.sees_text(THEMES["draws"][0][0])
        yield Stop("wall-themes", wall)
        yield Stop("desk-themes", desk)
        await desk.presses("a")
        await desk.sees("clustering.desk.question.1")
        yield Stop("desk-questions", desk)
        # The caret is in the first answer, which is saved when the meeting moves on.
        await desk.page.keyboard.type("At vi holder sammen")
        await hand.go(2)
        await hand.desk.until(lambda: hand.desk.all("answer"))
        await hand.start(2)
        await hand.write(2, DEMO["notes"]["hard"][:NOTES])
        await hand.turn(2, NOTES)
        await hand.go(3)
        await hand.cluster(2, 3, THEMES["hard"])
        async for stop in self._six(hand, desk, wall):
            yield stop

    async def _six(self, hand: "_Hand", desk: Desk, wall: Wall) -> AsyncIterator[Stop]:
        await hand.desk.until(lambda: len(hand.themes(2)) == len(HARD))
        for theme, factors in zip(hand.themes(2), FACTORS, strict=True):
            for factor in factors:
                await hand.desk.do("clustering.tag", theme=theme, factor=factor)
        await desk.theme(HARD[0][0]).click()
        await desk.presses("g")
        await desk.sees("factors.desk.tag_text")
        yield Stop("desk-dialog-tag", desk)
        await desk.closes_dialog()
        await desk.presses("6")
        await wall.sees("factors.wall.title")
        yield Stop("wall-six", wall)
        await desk.sees("factors.desk.help")
        yield Stop("desk-six", desk)
        await desk.presses("6")
        await wall.sees_text(HARD[1][0])
        yield Stop("desk-tagged", desk)

    async def _choosing(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        themes = hand.themes(2)
        await hand.go(4)
        for nth, theme in enumerate(themes[:-1]):
            await hand.desk.do("influence.place", theme=theme, base=0, field="cannot" if nth == 1 else "can")
        await desk.field("influence.desk.can").wait_for()
        await desk.presses("e")
        yield Stop("desk-influence", desk)
        yield Stop("wall-influence", wall)
        yield Stop("phone-look-influence", phone)
        await hand.go(5)
        async for stop in self._placing(hand, desk, wall, phone):
            yield stop
        for nth, theme in enumerate([theme for at, theme in enumerate(themes[:-1]) if at != 1]):
            await hand.desk.do(
                "priority.place", theme=theme, base=0, important=nth != 2, urgent=nth in (0, 2)
            )
        await hand.desk.do("priority.choose", theme=themes[0], confirmed=False)
        await wall.sees("priority.wall.chosen", n=1)
        yield Stop("wall-priority", wall)
        yield Stop("desk-priority", desk)

    async def _placing(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        await hand.desk.do("placing.open", activity=hand.item(5))
        await phone.sees("placing.phone.lead")
        await hand.place(5, PLACED)
        yield Stop("phone-place", phone)
        await wall.sees("priority.wall.placing.about")
        await wall.sees("placing.wall.done", n=5)
        yield Stop("wall-placing", wall)
        yield Stop("desk-placing", desk)
        await hand.desk.do("placing.close", activity=hand.item(5))
        await wall.sees("placing.wall.group.title")
        await desk.sees("priority.desk.group.size")
        yield Stop("wall-group", wall)
        yield Stop("desk-group", desk)
        await desk.presses("g")
        await wall.sees("priority.wall.title.important")

    async def _dots(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        item = await hand.adds("dots", which="all")
        await phone.sees("dots.phone.title", n=3)
        await hand.lays(item, (3, 0, 0), (2, 1, 0), (1, 1, 1), (0, 0, 3))
        await phone.page.get_by_role("button", name=phone.words.any("dots.phone.lay")).first.click()
        await phone.sees("dots.phone.stored")
        await wall.sees_text("5")
        for stop in (Stop("phone-dots", phone), Stop("wall-dots-open", wall), Stop("desk-dots-open", desk)):
            yield stop
        await hand.desk.do("dots.close", activity=item)
        await wall.sees("dots.wall.title.counted")
        await desk.sees("dots.desk.counted.help")
        yield Stop("wall-dots", wall)
        yield Stop("desk-dots", desk)

    async def _pulse(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        item = await hand.adds("pulse")
        await desk.sees("pulse.desk.no_theme")
        yield Stop("desk-pulse-theme", desk)
        await hand.desk.do("agenda.become", **hand.about_theme(item, hand.themes(2)[0]))
        await hand.answers(item, PULSE)
        await phone.sees("pulse.phone.needed", theme=HARD[0][0])
        await phone.page.get_by_role("radio", name="4").check(force=True)
        await wall.sees_text(str(len(PULSE)))
        for stop in (
            Stop("phone-pulse", phone),
            Stop("wall-pulse-open", wall),
            Stop("desk-pulse-open", desk),
        ):
            yield stop
        for _ in range(2):
            await phone.page.locator(".foot .btn:not(.back)").click()
        await phone.sees("pulse.phone.optional")
        yield Stop("phone-pulse-words", phone)
        await hand.desk.do("pulse.close", activity=item)
        await wall.sees("pulse.wall.low")
        await desk.sees("pulse.desk.answers")
        yield Stop("wall-pulse", wall)
        yield Stop("desk-pulse", desk)
        await hand.desk.do("wall.change", workshop=self.room.meeting.workshop, page=1)
        await wall.sees_text(PULSE[0][2])
        yield Stop("wall-pulse-words", wall)

    async def _looking_back(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        item = await hand.adds("reflection")
        theme = hand.themes(2)[0]
        for part, text in (
            ("far", "Vi siger det til hinanden."),
            ("well", "Alle var med."),
            ("less", "Tid."),
        ):
            await hand.desk.do("reflection.write", activity=item, part=part, base=0, text=text)
        await hand.desk.do("reflection.mark", activity=item, theme=theme, base=0, value=4, want=8)
        await phone.sees("reflection.phone.text")
        await wall.sees("reflection.wall.title.far")
        await desk.sees("reflection.desk.progress")
        for stop in (
            Stop("desk-reflection", desk),
            Stop("wall-reflection", wall),
            Stop("phone-look-reflection", phone),
        ):
            yield stop
        await hand.desk.do("wall.change", workshop=self.room.meeting.workshop, page=1)
        await wall.sees("reflection.wall.well")
        yield Stop("wall-reflection-both", wall)

    async def _end(self, hand: "_Hand", desk: Desk, wall: Wall, phone: Phone) -> AsyncIterator[Stop]:
        await desk.does("desk.summary.share")
        await desk.sees("desk.links.make")
        yield Stop("desk-dialog-links", desk)
        await desk.closes_dialog()
        await desk.does("desk.end")
        await desk.sees("desk.end.kept")
        yield Stop("desk-dialog-end", desk)
        await desk.closes_dialog()
        await hand.desk.do("agenda.end", workshop=self.room.meeting.workshop)
        await wall.sees("wall.ended.title")
        await phone.sees("phone.ended.title")
        await desk.sees("desk.ended.about")
        for stop in (Stop("wall-ended", wall), Stop("phone-ended", phone), Stop("desk-ended", desk)):
            yield stop
        async for stop in self._process(desk):
            yield stop
        around = (
            office(self.room, self.desk_looks),
            gates(self.room, self.desk_looks),
            pockets(self.room, self.phone_looks),
        )
        for part in around:
            async for name, screen in part:
                yield Stop(name, screen)
        summary = await desk.opens_summary()
        yield Stop("summary", Screen(summary, self.room.words))
        url, _ = await self.room.link(password="tre gule heste løber")
        context = await self.room.people.sits_down(**self.desk_looks)
        manager = Screen(await context.new_page(), self.room.words)
        await manager.page.goto(url)
        await manager.sees("page.summary.password.title")
        yield Stop("manager-password", manager)
        await manager.page.goto(f"{self.room.server.url}/nowhere-at-all")
        await manager.sees("page.not_found.title")
        yield Stop("not-found", manager)

    async def _process(self, desk: Desk) -> AsyncIterator[Stop]:
        """Next to the meeting: the circle, the working group, and a personal link."""
        room, words = self.room, self.room.words
        path = f"/api/processes/{room.meeting.process}/members"
        for name, duty in (("Sanne Lund", "leader"), ("Yusuf Aydin", "union"), ("Dorte Friis", "safety")):
            await room.meeting.post(path, name=name, duty=words(f"desk.group.duty.{duty}"))
        context = await room.people.sits_down(**(self.desk_looks | {"state": room.state}))
        page = Desk(await context.new_page(), words)
        for phase in (3, 4, 5, 2):
            await page.page.goto(f"{room.server.url}/desk#/p/{room.meeting.process}/{phase}")
            await page.sees(f"method.phase.{phase}.time")
            await page.reads("Yusuf Aydin")
            yield Stop(f"desk-process-{phase}", page)
        await page.button("desk.group.add").click()
        await page.sees("desk.group.duty_hint")
        yield Stop("desk-dialog-member", page)
        await page.closes_dialog()
        await page.button("desk.group.menu", name="Yusuf Aydin").click()
        await page.page.get_by_role("menuitem", name=words("desk.group.link")).click()
        link = await page.dialog.get_by_role("textbox", name=words("desk.group.url")).input_value()
        yield Stop("desk-dialog-personal-link", page)
        await page.page.goto(link)
        await page.sees("desk.invited.go")
        yield Stop("desk-invited", page)
        await room.people.leave(context)


class _Hand:
    """A second desk, without a browser, that does quickly what the walk need not show."""

    def __init__(self, room: Workshop) -> None:
        self._room = room

    async def __aenter__(self) -> Self:
        self.desk: Wire = await self._room.meeting.desk()
        # Several, since each may write only so fast.
        self._phones = [await self._room.meeting.phone() for _ in range(4)]
        await self.desk.until(lambda: self.desk.items)
        return self

    async def __aexit__(self, *_: object) -> None:
        for phone in self._phones:
            await phone.close()
        await self.desk.close()

    def item(self, nth: int) -> str:
        return str(self.desk.items[nth]["id"])

    async def go(self, nth: int) -> None:
        await self.desk.do("agenda.go", item=self.item(nth))

    async def adds(self, kind: str, **settings: Any) -> str:
        """One more activity at the end of the agenda, live at once; its id."""
        item = new_id()
        title = self._room.words(f"desk.kind.{kind}")
        about = {"activity": kind, "title": title, "minutes": 10, "settings": settings, "before": None}
        await self.desk.do("agenda.add", item=item, workshop=self._room.meeting.workshop, **about)
        await self.desk.do("agenda.go", item=item)
        return item

    async def lays(self, item: str, *dots: tuple[int, ...]) -> None:
        """A ballot for each of these: so many dots on the first theme of the slate, and so on."""
        await self.desk.until(lambda: self.desk.all("dots_slate"))
        slate = next(each for each in self.desk.all("dots_slate") if each["activity"] == item)
        themes = [asked["theme"] for asked in slate["themes"]]
        for phone, laid in zip(self._phones, dots, strict=True):
            value = [theme for theme, n in zip(themes, laid, strict=False) for _ in range(n)]
            await phone.cast(item, "dots", value)

    def about_theme(self, item: str, theme: str) -> dict[str, Any]:
        """P5.1: the pulse is about this theme."""
        kind = {"activity": "pulse", "title": "Puls", "settings": {"theme": theme}}
        return {"item": item, "base": self.desk.seqs[item]} | kind

    async def answers(self, item: str, said: tuple[tuple[int, int, str], ...]) -> None:
        """P5.1: three ballots for each of these."""
        for phone, answers in zip(itertools.cycle(self._phones), said, strict=False):
            for of, value in zip(("better", "needed", "more"), answers, strict=True):
                await phone.cast(item, of, value)

    async def start(self, nth: int) -> None:
        await self.desk.do("timer.start", activity=self.item(nth), seconds=300)
        for phone in self._phones:
            await phone.until(lambda phone=phone: phone.activity == self.item(nth))

    async def write(self, nth: int, texts: list[str]) -> None:
        hands = zip(itertools.cycle(self._phones), texts, strict=False)
        answers = await asyncio.gather(*(phone.write(self.item(nth), text) for phone, text in hands))
        assert all(answer["type"] == "stored" for answer in answers)

    async def turn(self, nth: int, n: int) -> None:
        await self.desk.do("notes.stop_writing", activity=self.item(nth))
        await self.desk.do("notes.turn_all", activity=self.item(nth))
        await self.desk.until(lambda: len(self.notes(nth)) == n)

    async def all_of(self, nth: int) -> None:
        await self.desk.until(lambda: len(self.notes(nth)) == NOTES)

    async def place(self, nth: int, placed: tuple[tuple[int, ...], ...]) -> None:
        """P3.4: ballots for the themes that are asked about, in their order."""
        (placing,) = (one for one in self.desk.all("placing") if one["activity"] == self.item(nth))
        themes = [asked["theme"] for asked in placing["themes"]]
        done = (1,) * max(len(values) for values in placed)
        for of, values in [*zip(themes, placed, strict=False), (DONE, done)]:
            for phone, value in zip(itertools.cycle(self._phones), values, strict=False):
                await phone.cast(self.item(nth), of, value)

    def notes(self, nth: int) -> list[dict[str, Any]]:
        return [note for note in self.desk.all("note") if note["activity"] == self.item(nth)]

    def themes(self, nth: int) -> list[str]:
        """Ids in their order."""
        found = [theme for theme in self.desk.all("theme") if theme["of"] == self.item(nth)]
        return [theme["id"] for theme in sorted(found, key=lambda theme: theme["position"])]

    async def cluster(self, asked: int, nth: int, themes: list[tuple[str, str, list[str]]]) -> None:
        """Themes of the demo with those of their notes that were written."""
        texts = {note["text"]: note["id"] for note in self.notes(asked)}
        for name, paper, wanted in themes:
            await self.desk.do(
                "clustering.make_theme",
                activity=self.item(nth),
                theme=new_id(),
                notes=self.desk.at(*(texts[text] for text in wanted if text in texts)),
                name=name,
                paper=paper,
            )


def tour(room: Workshop, **looks: Unpack[Looks]) -> Tour:
    """With the sizes that phones, projectors and laptops have."""
    return Tour(room, PHONE | looks, PROJECTOR | looks, looks)


def sized(walk: Tour, *, phone: Looks, wall: Looks, desk: Looks) -> Tour:
    """The same walk on other screens."""
    return replace(
        walk,
        phone_looks=walk.phone_looks | phone,
        wall_looks=walk.wall_looks | wall,
        desk_looks=walk.desk_looks | desk,
    )
