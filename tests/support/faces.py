"""Every face of the wall in turn, driven over the wire, so that only the wall needs a browser."""

from collections.abc import AsyncIterator
from typing import Any, Self

import orjson

from app.parts.placing import DONE
from tests.support.meeting import Wire, new_id
from tests.support.server import CHECKOUT
from tests.support.wall import Wall
from tests.support.workshop import Workshop

PAPERS = ("korn", "hyben", "mos", "fjord", "lyng")
#: The why, as long as people write it.
WHY = {
    "headline": "Vi vil have ro til at gøre arbejdet ordentligt, og vi vil høre om ændringer, før kunden gør",
    "gain": "Færre afbrydelser, færre fejl, og flere, der har overskud, når de kommer hjem",
    "success": "Nye siger efter en måned, at de ved, hvem de skal spørge, og ingen ringes op om aftenen",
}
TALK = "Hvad har I lagt mærke til siden sidst? Skriv to ting ned hver, og vælg én, som I siger højt."
ROWS: tuple[tuple[str, list[str], str, str, str], ...] = (
    ("Ti minutter ved tavlen hver morgen", ["Dorte", "Emil"], "Hele holdet", "Kl. 7.10, på skift", "fredag"),
    ("To stille timer om formiddagen", ["Emil"], "", "Telefonen stilles om", "om 14 dage"),
    ("Rødt mærke på den nye tegning", [], "", "", "når vi kan"),
    ("Fast lukketid for ændringer", ["Sanne"], "Kontoret", "Skrevet på døren", "næste måned"),
)
SAID = {
    "far": "Vi siger det til hinanden, når noget bliver lavet om, og vi gør det samme dag.",
    "well": "Alle var med, også dem fra aftenholdet. Tavlen blev brugt hver eneste morgen.",
    "less": "Vi glemte det stadig om torsdagen, når der var travlt, og så kom det bag på nogen.",
    "plan": "Tavlen bliver hængende. Vi prøver med telefonfri formiddage i to uger mere.",
}


class Led(Wire):
    """A desk that quickly does what is needed to produce a face."""

    room: Workshop

    @classmethod
    async def of(cls, room: Workshop) -> Self:
        ticket = await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/ticket")
        desk = cls(room.meeting.url, ticket["ticket"])
        desk.room = room
        await desk.open()
        await desk.until(lambda: desk.items)
        return desk

    async def wall(self, **change: Any) -> None:
        await self.do("wall.change", workshop=self.room.meeting.workshop, **change)

    async def goes(self, kind: str, **settings: Any) -> str:
        """One more item of this kind, live at once; its id."""
        item = new_id()
        about = {"activity": kind, "title": self.room.words(f"desk.kind.{kind}"), "minutes": 10}
        where = {"workshop": self.room.meeting.workshop, "before": None}
        await self.do("agenda.add", item=item, settings=settings, **about, **where)
        await self.do("agenda.go", item=item)
        return item

    def notes(self, item: str) -> dict[str, str]:
        """The ids of its notes by their words."""
        return {note["text"]: note["id"] for note in self.all("note") if note["activity"] == item}

    async def turns(self, item: str, texts: list[str], **on: str) -> None:
        """Notes from paper, all turned over."""
        before = len(self.notes(item))
        await self.do("notes.add_paper", activity=item, texts=texts, **on)
        await self.do("notes.turn_all", activity=item)
        await self.until(lambda: len(self.notes(item)) == before + len(texts))


async def faces(room: Workshop, wall: Wall) -> AsyncIterator[str]:
    """Their names, in a workshop of the template `main_meeting`; each stays until the next is requested."""
    data = CHECKOUT / "app" / "method" / "invented" / f"{room.words.language}.json"
    said: dict[str, Any] = orjson.loads(data.read_bytes())
    yield "join"
    desk = await Led.of(room)
    # As many as it takes for a sum to be shown.
    phones = [await room.meeting.phone() for _ in range(5)]
    for part in (_told, _sorted, _chosen, _asked, _done, _last):
        async for name in part(desk, wall, phones, said):
            yield name
    for wire in (desk, *phones):
        await wire.close()


Names = AsyncIterator[str]


async def _told(desk: Led, wall: Wall, phones: list[Wire], said: dict[str, Any]) -> Names:
    """The why, what people talk about, and writing to the first question."""
    words = desk.room.words
    why = next(one["id"] for one in desk.all("item") if one["activity"] == "why")
    for part, text in WHY.items():
        await desk.do("why.write", activity=why, part=part, base=0, text=text)
    await desk.do("agenda.go", item=why)
    await wall.reads(WHY["headline"])
    yield "why"
    await desk.goes("free", what="pairs", text=TALK)
    await wall.reads(TALK)
    yield "free"
    pause = await desk.goes("free", what="pause")
    await desk.do("timer.start", activity=pause, seconds=600)
    await wall.runs()
    yield "free-pause"
    question = desk.items[0]["id"]
    await desk.do("agenda.go", item=question)
    await desk.do("timer.start", activity=question, seconds=300)
    await desk.do("notes.add_paper", activity=question, texts=said["notes"]["draws"])
    await wall.has_cards(len(said["notes"]["draws"]))
    yield "writing"
    await desk.do("notes.stop_writing", activity=question)
    await desk.do("notes.turn_all", activity=question)
    await desk.until(lambda: len(desk.notes(question)) == len(said["notes"]["draws"]))
    await wall.papers.first.wait_for()
    yield "turned"
    note = next(iter(desk.notes(question).values()))
    await desk.wall(forward=note)
    yield "turned-front"
    late = await desk.goes("notes", question=words("method.question.draws"), open_until="2099-01-04")
    await desk.do("notes.add_paper", activity=late, texts=said["notes"]["draws"][:3])
    await wall.has_cards(3)
    yield "by-link"


async def _sorted(desk: Led, wall: Wall, phones: list[Wire], said: dict[str, Any]) -> Names:
    """Both questions gathered in themes."""
    first, gather, second, again = (desk.items[nth]["id"] for nth in range(4))
    await desk.do("agenda.go", item=gather)
    await _makes(desk, first, gather, said["themes"])
    await wall.reads(said["themes"][0]["name"])
    yield "themes"
    await desk.do("agenda.go", item=second)
    await desk.turns(second, said["notes"]["hard"])
    await desk.do("agenda.go", item=again)
    hard = said["themes_hard"]
    await _makes(desk, second, again, hard)
    themes = _themes(desk, second)
    await wall.reads(hard[0]["name"])
    yield "themes-hard"
    await desk.wall(forward=themes[0])
    yield "themes-front"
    factors = ("demands", "influence", "meaning", "support", "predictability", "reward")
    for nth, theme in enumerate(themes):
        for factor in (factors[nth % 6], factors[(nth + 3) % 6]):
            await desk.do("clustering.tag", theme=theme, factor=factor)
    await desk.wall(forward="the-six")
    await wall.sees("factors.wall.title")
    yield "six"
    await desk.goes("presentation")
    await wall.sees("presentation.wall.title")
    yield "presentation"
    await desk.wall(forward=themes[0])
    yield "presentation-front"


async def _chosen(desk: Led, wall: Wall, phones: list[Wire], said: dict[str, Any]) -> Names:
    """What can be influenced, what is important, what is chosen."""
    themes = _themes(desk, desk.items[2]["id"])
    influence, priority = desk.items[4]["id"], desk.items[5]["id"]
    await desk.do("agenda.go", item=influence)
    await wall.sees("influence.wall.title")
    yield "influence-waiting"
    for nth, theme in enumerate(themes):
        await desk.do("influence.place", theme=theme, base=0, field="cannot" if nth == 1 else "can")
    yield "influence"
    await desk.do("agenda.go", item=priority)
    await desk.do("placing.open", activity=priority)
    for phone in phones:
        await phone.until(lambda phone=phone: phone.activity == priority)
    for nth, of in enumerate([*(theme for at, theme in enumerate(themes) if at != 1), DONE]):
        for n, phone in enumerate(phones):
            await phone.cast(priority, of, 1 if of == DONE else (3, 2, 1, 2, 3)[(nth + n) % 4])
    await wall.sees("priority.wall.placing.about")
    yield "placing"
    await desk.do("placing.close", activity=priority)
    await wall.sees("placing.wall.group.title")
    yield "group"
    await desk.wall(forward=None)
    await desk.do("priority.follow", activity=priority)
    for theme in themes[:1]:
        await desk.do("priority.choose", theme=theme, confirmed=True)
    await wall.sees("priority.wall.chosen", n=1)
    yield "priority"


async def _asked(desk: Led, wall: Wall, phones: list[Wire], said: dict[str, Any]) -> Names:
    """Dots, me too and pulse: while phones answer, and what came of it."""
    themes = _themes(desk, desk.items[2]["id"])
    item = await desk.goes("dots", which="all")
    await desk.until(lambda: desk.all("dots_slate"))
    slate = [asked["theme"] for asked in desk.one("dots_slate")["themes"]]
    await _all_at(item, phones)
    for nth, phone in enumerate(phones):
        await phone.cast(item, "dots", [slate[0], slate[nth % len(slate)], slate[(2 * nth) % len(slate)]])
    await wall.sees("dots.wall.secret")
    yield "dots-open"
    await desk.do("dots.close", activity=item)
    await wall.sees("dots.wall.title.counted")
    yield "dots"
    item = await desk.goes("me_too")
    await _all_at(item, phones)
    for theme in themes[:3]:
        for phone in phones:
            await phone.cast(item, theme, 1)
    await wall.sees("me_too.wall.about", least=5)
    yield "me-too-open"
    await desk.do("me_too.close", activity=item)
    await wall.sees("me_too.wall.title.counted")
    yield "me-too"
    item = await desk.goes("pulse", theme=themes[0])
    await _all_at(item, phones)
    for nth, phone in enumerate(phones):
        for of, value in (
            ("better", 1 + nth % 5),
            ("needed", 5 - nth % 3),
            ("more", said["notes"]["pulse"][nth]),
        ):
            await phone.cast(item, of, value)
    await wall.sees("pulse.wall.secret", n=len(phones))
    yield "pulse-open"
    await desk.do("pulse.close", activity=item)
    await wall.sees("pulse.wall.low")
    yield "pulse"
    await desk.wall(page=1)
    await wall.reads(said["notes"]["pulse"][0])
    yield "pulse-words"


async def _done(desk: Led, wall: Wall, phones: list[Wire], said: dict[str, Any]) -> Names:
    """Proposals, and the plan."""
    theme = _themes(desk, desk.items[2]["id"])[0]
    await desk.goes("stop_more_new")
    await wall.sees("posters.wall.soon")
    yield "posters-soon"
    item = await desk.goes("stop_more_new", theme=theme)
    await desk.do("timer.start", activity=item, seconds=300)
    for poster in ("stop", "more", "new"):
        await desk.do("notes.add_paper", activity=item, texts=said["notes"][poster], poster=poster)
    await wall.sees("posters.wall.cards", n=15)
    yield "posters-open"
    await desk.do("notes.stop_writing", activity=item)
    await wall.sees("posters.wall.count", n=5)
    yield "posters-stopped"
    await desk.do("notes.turn_all", activity=item)
    await desk.until(lambda: len(desk.notes(item)) == 15)
    note = desk.notes(item)[said["notes"]["more"][0]]
    for text in ("Kl. 7.10, på skift", "Den første uge tager kontoret"):
        how = new_id()
        await desk.do("proposals.how", how=how, of=note, text=text)
    await desk.do("proposals.pick", note=note)
    await wall.page.locator(".posters li").first.wait_for()
    yield "posters"
    await desk.wall(forward=note)
    yield "posters-front"
    item = await desk.goes("action_plan")
    await wall.sees("action_plan.wall.empty")
    yield "plan-empty"
    for text, responsible, who, how, when in ROWS:
        row = new_id()
        await desk.do("action_plan.add", activity=item, action=row, theme=theme, text=text)
        await desk.until(lambda row=row: row in desk.held)
        told = {"responsible": responsible, "who": who, "how": how, "when": when}
        await desk.do("action_plan.change", activity=item, action=row, base=desk.seqs[row], **told)
        await desk.until(lambda row=row, when=when: desk.held[row]["when"] == when)
        await desk.do("action_plan.open_sign_up", activity=item, action=row, base=desk.seqs[row], open=True)
    await wall.reads(ROWS[0][0])
    yield "plan"


async def _last(desk: Led, wall: Wall, phones: list[Wire], said: dict[str, Any]) -> Names:
    """Looking back, and the end."""
    themes = _themes(desk, desk.items[2]["id"])
    item = await desk.goes("reflection")
    for part, text in SAID.items():
        await desk.do("reflection.write", activity=item, part=part, base=0, text=text)
    await desk.do("reflection.mark", activity=item, theme=themes[0], base=0, value=4, want=8)
    await desk.do("reflection.next", activity=item, base=0, theme=themes[2])
    about = {"theme": themes[0], "meeting": "Tavlemøde", "when": "om 14 dage", "who": ""}
    await desk.do("reflection.remind", activity=item, reminder=new_id(), base=0, **about)
    await wall.reads(SAID["far"])
    yield "reflection-far"
    await desk.wall(page=1)
    await wall.reads(SAID["well"])
    yield "reflection-both"
    await desk.wall(page=2)
    await wall.reads(SAID["plan"])
    yield "reflection-next"
    plan = next(one["id"] for one in desk.all("item") if one["activity"] == "action_plan")
    await desk.do("agenda.go", item=plan)
    await desk.do("agenda.end", workshop=desk.room.meeting.workshop)
    await wall.sees("wall.ended.title")
    yield "ended"


async def _makes(desk: Led, of: str, item: str, themes: list[dict[str, Any]]) -> None:
    notes = desk.notes(of)
    for theme in themes:
        made = {"theme": new_id(), "name": theme["name"], "paper": theme["paper"]}
        own = desk.at(*(notes[text] for text in theme["notes"] if text in notes))
        await desk.do("clustering.make_theme", activity=item, notes=own, **made)
    await desk.until(lambda: len(_themes(desk, of)) == len(themes))


def _themes(desk: Led, of: str) -> list[str]:
    found = [theme for theme in desk.all("theme") if theme["of"] == of]
    return [theme["id"] for theme in sorted(found, key=lambda theme: theme["position"])]


async def _all_at(item: str, phones: list[Wire]) -> None:
    for phone in phones:
        await phone.until(lambda phone=phone: phone.activity == item)
