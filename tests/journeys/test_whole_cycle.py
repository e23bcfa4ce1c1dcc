"""A whole cycle, from the why into the next: one desk, one wall, five phones, ten meetings.

Phase 2 uses the method's own three half hours (W8): a question, the other question, and, once the working
group has grouped them in between, the results. What a single phase asks of phones is tested in its own
journey. Here two of the five are in a browser if they have something new to do, and the others are there to
make up the number.
"""

from collections.abc import Sequence

from playwright.async_api import expect

from tests.exports.reading import page as read_page
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.meeting import Meeting, Wire, new_id, new_secret
from tests.support.phone import Phone
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import Workshop, workshop

WHY = "Vi vil vide, hvad der skal til, for at I har lyst til at blive."
DRAWS = ("Vi griner sammen", "Frihed under ansvar", "God musik", "Vi hjælper hinanden", "Chefen er en nar")
#: It names somebody, and is hidden before anybody reads it.
HIDDEN = "Chefen er en nar"
HARD = (
    "Beskeden kommer for sent",
    "Vi får det at vide sidst",
    "Telefonen ringer",
    "Hallen er kold",
    "Porten står åben",
)
#: The themes of both questions, with the notes they are made of.
TONE, NEWS, CALLS, COLD = "Tonen", "Besked i tide", "Ro til at arbejde", "Kulde"
GATHERED = {TONE: DRAWS[:2], NEWS: HARD[:2], CALLS: HARD[2:3], COLD: HARD[3:]}
COMMON = "At vi gerne vil hinanden"
PROPOSALS = (
    "Rette i planen efter kl. 14",
    "Ringe før vagten",
    "Lægge ordrer om",
    "Tavlen hver morgen",
    "Skrive sent",
)
MORNING = "Tavlen hver morgen"
SAID = (
    (4, 2, "Mere af tavlen"),
    (4, 2, "Tag kontoret med"),
    (5, 3, "Ring i stedet"),
    (2, 4, "To dage før"),
    (4, 1, "Tid til overlevering"),
)
WELL = "Nattevagten var med fra begyndelsen."
#: Meetings of one day are sorted by start time, to the minute; these two are held within one.
EARLIER = "2026-01-05"
#: How many of the five phones are in a browser.
SEEN = 2


async def test_the_whole_method_once_round_and_into_the_second_cycle(people: People, house: Server) -> None:
    async with workshop(people, house, template="why") as room:
        desk, wall = await room.desk(), await room.wall()
        phones, others = [await room.phone() for _ in range(SEEN)], Others()
        await others.come(room.meeting)
        await says_why(desk, wall, phones)
        await meets(room, "step_1", desk, wall, phones, others, date=EARLIER)
        await asks_what_draws(desk, wall, phones, others)
        await meets(room, "step_2", desk, wall, [], others)
        await asks_what_is_hard(desk, wall, others)
        await meets(room, "gathering", desk, wall)
        await gathers_alone(desk, wall)
        await meets(room, "results", desk, wall, phones, others)
        await presents(desk, wall)
        await meets(room, "choose", desk, wall, phones, others)
        await chooses(desk, wall)
        await meets(room, "work", desk, wall, phones, others)
        await works(desk, wall, phones, others)
        await meets(room, "pulse", desk, wall, phones, others)
        await takes_pulse(desk, wall, phones, others)
        await meets(room, "follow_up", desk, wall, phones, others)
        await looks_back(desk, wall, phones)
        await goes_round(room, desk)
        await meets(room, "choose", desk, wall, phones, others)
        await begins_again(desk, wall)
        await tells_all(room)


class Others:
    """The rest of the room, without browsers."""

    def __init__(self) -> None:
        self._phones: list[Wire] = []

    async def come(self, meeting: Meeting, seen: int = SEEN) -> None:
        """To the next meeting, by its code, so that with those in a browser they are five."""
        for phone in self._phones:
            await phone.close()
        self._phones = [await meeting.phone() for _ in DRAWS[seen:]]

    async def write(self, *texts: str, **more: str) -> None:
        """A note each."""
        for phone, text in zip(self._phones, texts, strict=True):
            await self._open(phone, "writing")
            assert (await phone.write(str(phone.activity), text, **more))["type"] == "stored"

    async def answer(self, *said: tuple[int, int, str]) -> None:
        """The pulse's three questions."""
        for phone, answers in zip(self._phones, said, strict=True):
            await self._open(phone, "pulse")
            for of, value in zip(("better", "needed", "more"), answers, strict=True):
                ballot = {"ballot": new_id(), "secret": new_secret(), "rev": 1, "of": of, "value": value}
                cast = await phone.ask({"type": "ballots.cast", "activity": phone.activity, **ballot})
                assert cast["type"] == "stored", cast

    async def _open(self, phone: Wire, kind: str) -> None:
        def is_open() -> bool:
            return any(
                one["state"] == "open" and one["activity"] == phone.activity for one in phone.all(kind)
            )

        await phone.until(is_open)


async def meets(
    room: Workshop,
    template: str,
    desk: Desk,
    wall: Wall,
    phones: Sequence[Phone] = (),
    others: Others | None = None,
    **more: str,
) -> None:
    """The next meeting: the same screens join it, and the named phones."""
    await room.meeting.again(template, **more)
    await desk.opens(room.server.url, room.meeting.workshop)
    token = (await room.meeting.post(f"/api/workshops/{room.meeting.workshop}/screens"))["token"]
    await wall.page.goto("about:blank")
    await wall.page.goto(f"{room.server.url}/wall#{token}")
    for phone in phones:
        await phone.opens(room.meeting.join_url)
        await phone.is_in()
    if others:
        await others.come(room.meeting, len(phones))


async def types(desk: Desk, key: str, text: str) -> None:
    """Type into a field of the desk, until it says that it is saved."""
    field = desk.page.get_by_label(desk.words(key))
    await field.fill(text)
    await field.blur()
    await expect(desk.main.get_by_text(desk.words("desk.answer.saved")).first).to_be_visible()


async def says_why(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """Phase 1."""
    await desk.starts("why_write")
    for phone in phones:
        await phone.sees("why.phone.text")
    await types(desk, "why.desk.part.headline", WHY)
    await wall.reads(WHY)
    await desk.breaks_off()


async def asks(
    desk: Desk,
    wall: Wall,
    phones: Sequence[Phone],
    others: Others,
    texts: tuple[str, ...],
    hidden: str = "",
) -> None:
    """A question: silence, the stop, and all notes turned over except hidden ones."""
    await desk.goes_on("notes.desk.start", minutes="fem")
    for phone, text in zip(phones, texts, strict=False):
        await phone.may_write()
        await phone.writes(text)
        await phone.has_on_board(1)
    await others.write(*texts[len(phones) :])
    await wall.reads_not(*texts)
    await desk.goes_on("notes.desk.stop")
    if hidden:
        await desk.hides_or_shows(hidden)
    await desk.goes_on("notes.desk.turn_all")
    await wall.reads(*(text for text in texts if text != hidden))


async def gathers(desk: Desk, wall: Wall, *themes: str) -> None:
    """A theme of each of these, by menu."""
    for theme in themes:
        first, *others = GATHERED[theme]
        await desk.moves_by_menu(first, desk.words("clustering.desk.to_fresh"))
        await desk.names(theme)
        for text in others:
            await desk.moves_by_menu(text, theme)
        await wall.theme_holds(theme, len(GATHERED[theme]))


async def asks_what_draws(desk: Desk, wall: Wall, phones: list[Phone], others: Others) -> None:
    """Phase 2, the first half hour: why we do this, and the first question."""
    await desk.starts("why")
    await wall.reads(WHY)
    await desk.moves_on_to("notes_draws")
    await asks(desk, wall, phones, others, DRAWS, HIDDEN)
    await desk.breaks_off()


async def asks_what_is_hard(desk: Desk, wall: Wall, others: Others) -> None:
    """Phase 2, the second half hour: the other question alone."""
    await desk.starts("notes_hard")
    await asks(desk, wall, [], others, HARD)
    await desk.breaks_off()


async def gathers_alone(desk: Desk, wall: Wall) -> None:
    """Phase 2, in between: the working group groups the notes of both questions."""
    await desk.starts("clustering_draws")
    await gathers(desk, wall, TONE)
    await desk.leaves_the_rest()
    await desk.goes_on("clustering.desk.answer")
    await types(desk, "clustering.desk.question.4", COMMON)
    await desk.goes_to("clustering_hard")
    await gathers(desk, wall, NEWS, CALLS, COLD)
    await desk.breaks_off()


async def presents(desk: Desk, wall: Wall) -> None:
    """Phase 2, the third half hour: the results, theme by theme."""
    await desk.starts("why")
    await desk.moves_on_to("presentation")
    await desk.goes_on("presentation.desk.next", theme=TONE)
    await wall.reads(*GATHERED[TONE])
    await wall.reads_not(HIDDEN)
    await desk.breaks_off()


async def chooses(desk: Desk, wall: Wall) -> None:
    """Phase 3: what we stand on, what can be influenced, what is important and urgent, one chosen theme."""
    await desk.starts("stand")
    await wall.reads(TONE)
    await wall.reads_not(NEWS, CALLS, COLD)
    await desk.moves_on_to("influence")
    await wall.reads_not(TONE)
    for theme in (NEWS, CALLS):
        await desk.places_by_key(theme, "1", "influence.desk.can")
    await desk.places_by_key(COLD, "2", "influence.desk.cannot")
    await desk.moves_on_to("priority")
    for theme in (NEWS, CALLS):
        await desk.places_by_key(theme, "1", "priority.desk.important")
    await desk.goes_on("priority.desk.to_urgent")
    await desk.places_by_key(NEWS, "1", "priority.desk.do")
    await desk.tick(NEWS).click()
    await wall.sees("priority.wall.chosen", n=1)
    await desk.breaks_off()


async def works(desk: Desk, wall: Wall, phones: list[Phone], others: Others) -> None:
    """Phase 4: posters for the theme, one proposal into the plan, two participants."""
    await desk.starts("posters")
    await desk.goes_on("posters.desk.choose")
    await desk.dialog.get_by_role("button", name=NEWS).click()
    await desk.chooses(desk.words("desk.kind.stop_more_new"))
    await desk.goes_on("notes.desk.start", minutes="fem")
    for phone, text in zip(phones, PROPOSALS[:SEEN], strict=True):
        new = phone.words("posters.phone.name.new")
        await phone.page.get_by_role("button", name=new, exact=True).click()
        await phone.writes(text)
        await phone.has_on_board(1)
    await others.write(*PROPOSALS[SEEN:], poster="new")
    await desk.goes_on("notes.desk.stop")
    await desk.goes_on("notes.desk.turn_all")
    await wall.reads(*PROPOSALS)
    # W5: the strengths are available where solutions are looked for.
    await wall.reads(TONE)
    await desk.picks_note(MORNING)
    await desk.presses("c")
    await desk.sees("posters.desk.mark")
    await desk.goes_to("action_plan")
    await desk.sees("action_plan.desk.picked")
    await desk.presses("g")
    await expect(desk.cell("text", 1)).to_have_value(MORNING)
    await desk.cell("responsible", 1).fill("Dorte")
    await desk.cell("when", 1).fill("om 14 dage")
    await desk.handle(1).focus()
    await wall.reads(MORNING, "Dorte")
    await phones[0].joins_in("Anna", MORNING)
    await phones[1].joins_in("Yusuf", MORNING)
    await expect(wall.main).to_contain_text("Anna, Yusuf")
    await desk.breaks_off()


async def takes_pulse(desk: Desk, wall: Wall, phones: list[Phone], others: Others) -> None:
    """Phase 5: the progress of the theme, from five answers."""
    await desk.starts("pulse")
    await desk.goes_on("pulse.desk.choose")
    await desk.dialog.get_by_role("button", name=NEWS).click()
    for phone, (better, needed, more) in zip(phones, SAID[:SEEN], strict=True):
        asked = {"theme": NEWS, "span": phone.words("pulse.phone.span.6")}
        for scale, step in (("needed", needed), ("better", better)):
            await phone.sees(f"pulse.phone.{scale}", **asked)
            await phone.page.get_by_role("radio", name=str(step)).check(force=True)
            await phone.page.get_by_role("button", name=phone.words("pulse.phone.next"), exact=True).click()
        await phone.page.get_by_label(phone.words("pulse.phone.field")).fill(more)
        await phone.page.get_by_role("button", name=phone.words("pulse.phone.send"), exact=True).click()
    for phone in phones:
        said = phone.page.get_by_text(phone.words("pulse.phone.stored", n=3))
        await expect(said).to_be_visible()
    await others.answer(*SAID[SEEN:])
    await desk.sees("pulse.desk.open", n=5)
    await desk.goes_on("pulse.desk.close")
    bars = wall.words("pulse.wall.alt", a=0, b=1, c=0, d=3, e=1)
    await expect(wall.main.get_by_role("img", name=bars)).to_be_visible()
    await desk.breaks_off()


async def looks_back(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """Phase 5: the open actions first; then what went well, and what comes next."""
    await desk.starts("since_last")
    await wall.reads(MORNING)
    await desk.status(1).select_option("done")
    await desk.moves_on_to("reflection")
    await phones[0].sees("reflection.phone.text")
    step = desk.words("reflection.desk.step.both")
    await desk.goes_on("reflection.desk.to", step=step)
    await types(desk, "reflection.desk.part.well", WELL)
    await wall.reads(WELL)
    await desk.main.get_by_role("radio", name=desk.words("reflection.desk.step.next")).focus()
    await desk.presses("3")
    choice = desk.main.get_by_label(desk.words("reflection.desk.next"), exact=True)
    await choice.select_option(CALLS)
    await wall.reads(CALLS)
    await desk.breaks_off()


async def goes_round(room: Workshop, desk: Desk) -> None:
    """P5.5: the next cycle begins with what was left over; if begun by mistake, it can be undone."""
    await desk.page.goto(f"{room.server.url}/desk#/p/{room.meeting.process}")
    begin = desk.button("desk.cycle.begin", n=2).first
    await begin.click()
    for theme in (CALLS, NEWS):
        await expect(desk.dialog.get_by_text(theme, exact=True)).to_be_visible()
    for theme in (COLD, TONE):
        await expect(desk.dialog.get_by_text(theme, exact=True)).to_have_count(0)
    assert await desk.no_barriers() == []
    await desk.dialog.get_by_role("button", name=desk.words("desk.cycle.begin", n=2)).click()
    await desk.sees("desk.cycle.begun", n=2)
    await desk.button("desk.cycle.take_back", n=2).click()
    await begin.click()
    await desk.dialog.get_by_role("button", name=desk.words("desk.cycle.begin", n=2)).click()
    await desk.sees("desk.cycle.begun", n=2)


async def begins_again(desk: Desk, wall: Wall) -> None:
    """P5.5, P3: the theme worked with is not asked about again; the others are placed and chosen again."""
    await desk.starts("influence")
    await desk.lies_in(CALLS, "influence.desk.can")
    for screen in (desk, wall):
        await screen.reads(CALLS, COLD)
        await screen.reads_not(NEWS, TONE)
    await desk.moves_on_to("priority")
    await wall.reads(CALLS)
    await wall.reads_not(NEWS, COLD)
    await desk.places_by_key(CALLS, "1", "priority.desk.important")
    await desk.goes_on("priority.desk.to_urgent")
    await desk.places_by_key(CALLS, "1", "priority.desk.do")
    await desk.tick(CALLS).click()
    await wall.sees("priority.wall.chosen", n=1)
    # An earlier one may still be followed up again.
    await desk.does("priority.desk.again")
    await desk.chooses(NEWS)
    await wall.reads(NEWS)
    await desk.breaks_off()


async def tells_all(room: Workshop) -> None:
    """The summary of the process has everything made, each cycle separately, and nothing that was hidden."""
    url, _ = await room.link()
    reader = await room.people.sits_down()
    manager = await reader.new_page()
    await manager.goto(url)
    await expect(manager.get_by_text(WHY)).to_be_visible()
    html = read_page(await manager.content()).text
    made = (*DRAWS[:-1], *HARD, *GATHERED, COMMON, *PROPOSALS, "Dorte", "Anna", "Yusuf", WELL)
    for said in (*made, *(more for _, _, more in SAID), room.words("pulse.report.now", mean="3,8", n=5)):
        assert said in html, said
    assert room.words("priority.report.title") in html
    title = room.words("influence.report.title")
    assert room.words("summary.of_cycle", title=title, cycle=2) in html
    assert HIDDEN not in html
