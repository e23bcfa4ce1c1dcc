"""Problems a facilitator found: words broken anywhere, cramped fields, a toast below a dialog."""

from functools import partial

from playwright.async_api import expect

from tests.support.browsers import PROJECTOR, People, until
from tests.support.meeting import new_id
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import workshop

LONG = {
    "Arbejdsmiljørepræsentanten om formiddagen": ("Tillidsrepræsentanten hører det bagefter",),
    "Kompetenceudvikling": ("Medarbejdersamtaler om formiddagen", "Forudsigelighed"),
    "Sammenhængskraft": ("Ledelsesopbakning til vagtplanlægningen",),
}
#: Words in the picture that are split over two lines without a hyphen between syllables.
BROKEN = """() => {
  const bad = [];
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    for (const { 0: word, index } of text.data.matchAll(/\\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
      const tops = lines.map(({ top }) => Math.round(top));
      if (new Set(tops).size > 1) bad.push(word);
    }
  }
  return bad;
}"""
#: What sounds from now on, in Hz.
LISTEN = """() => {
  window.tones = [];
  const start = OscillatorNode.prototype.start;
  OscillatorNode.prototype.start = function (...at) {
    window.tones.push(this.frequency.value);
    return start.apply(this, at);
  };
}"""
#: In seconds: long enough to be seen running.
SHORT = 2
#: What is selected, and what a screen reader gets, of the first theme.
COPIED = """() => {
  getSelection().selectAllChildren(document.querySelector("main"));
  return String(getSelection());
}"""


async def test_U11_no_word_of_the_wall_breaks_but_at_a_hyphen(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        await room.meeting.gathers(LONG)
        wall = await room.wall(still=True)
        await wall.sees_text("Kompetenceudvikling")
        bad: dict[str, list[str]] = {}
        points = 0
        for width, height in ((1920, 1080), (1024, 768), (1080, 1920)):
            await wall.page.set_viewport_size({"width": width, "height": height})
            await wall.still()
            points += await wall.page.locator("main bdi > .point").count()
            if found := await wall.page.evaluate(BROKEN):
                bad[f"{width}×{height}"] = found
        assert bad == {}
        assert points > 0
        copied = await wall.page.evaluate(COPIED)
        assert "Arbejdsmiljørepræsentanten om formiddagen" in copied
        assert "\u00ad" not in copied
        # The same without break points: the words are larger than their lines, and break anywhere.
        await wall.page.evaluate(
            "document.querySelectorAll('main bdi > .point').forEach((point) => point.remove())"
        )
        await wall.page.evaluate(
            "document.querySelectorAll('main h2, main p').forEach((p) => (p.style.width = '4em'))"
        )
        assert await wall.page.evaluate(BROKEN) != []


async def test_U21_a_toast_over_a_dialog_is_seen_and_can_be_pressed(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        context = await people.sits_down(**PROJECTOR)
        blank = Wall(await context.new_page(), room.words)
        await blank.page.goto(f"{house.url}/wall")
        code = await blank.pairing_code()
        desk = await room.desk()
        await desk.opens_panel()
        # U21: missing input is explained at the field, in our own words, without a native bubble.
        await desk.dialog.get_by_role("button", name=desk.words("desk.join.pair_go")).click()
        field = desk.dialog.get_by_label(desk.words("desk.join.pair_code"))
        await expect(field).to_be_focused()
        await expect(desk.dialog.get_by_text(desk.words("desk.unfilled.text"))).to_be_visible()
        await field.fill(code)
        await expect(desk.dialog.get_by_text(desk.words("desk.unfilled.text"))).to_have_count(0)
        await desk.dialog.get_by_role("button", name=desk.words("desk.join.pair_go")).click()
        toast = desk.page.locator(".toast")
        await expect(toast).to_be_visible()
        await toast.get_by_role("button", name=desk.words("desk.close")).click()
        await expect(toast).to_have_count(0)


async def test_U11_enlarged_four_times_the_fields_are_stacked(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        await room.meeting.gathers(LONG)
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        desk = await room.desk(width=320, height=900)
        for kind in ("influence", "priority"):
            await hand.do("agenda.go", item=next(one["id"] for one in hand.items if one["activity"] == kind))
            fields = desk.main.locator("section.field")
            await expect(fields).to_have_count(2)
            await expect(desk.main.get_by_text(desk.words(f"{kind}.desk.tray")).first).to_be_visible()
            boxes = await fields.evaluate_all("all => all.map((one) => one.getBoundingClientRect().toJSON())")
            assert boxes[0]["bottom"] <= boxes[1]["top"]
            assert boxes[0]["width"] > 250
        await hand.close()


async def test_U24_time_that_is_up_is_heard_at_wall_and_desk_which_fill_the_screen_and_hand_on_the_link(
    people: People, house: Server
) -> None:
    async with workshop(people, house) as room:
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        item = next(one["id"] for one in hand.all("item") if one["activity"] == "why")
        await hand.do("agenda.go", item=item)
        desk, wall = await room.desk(), await room.wall()
        await desk.is_at("why")
        await wall.sees("why.wall.empty")
        for screen in (desk, wall):
            await screen.page.evaluate(LISTEN)
        await desk.opens_panel()
        link = desk.dialog.get_by_role("textbox", name=desk.words("desk.join.link"))
        await expect(link).to_have_value(room.meeting.join_url)
        await desk.presses("Escape")
        await wall.page.mouse.move(200, 200)
        await wall.page.mouse.move(220, 200)
        await wall.page.get_by_role("button", name=wall.words("wall.full"), exact=True).click()
        await until(lambda: wall.page.evaluate("document.fullscreenElement?.localName"), "html".__eq__)
        await hand.do("timer.start", activity=item, seconds=SHORT)
        for page in (desk.page, wall.page):
            await until(partial(page.evaluate, "window.tones"), [660, 523].__eq__)
        await hand.close()


async def test_U23_the_last_picture_says_who_does_what_by_when(people: People, house: Server) -> None:
    async with workshop(people, house, template="plan") as room:
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        item = next(one["id"] for one in hand.items if one["activity"] == "action_plan")
        await hand.do("agenda.go", item=item)
        row = new_id()
        await hand.do(
            "action_plan.add", activity=item, action=row, theme=None, text="Stilletid om formiddagen"
        )
        await hand.until(lambda: row in hand.held)
        told = {"responsible": ["Dorte"], "who": "", "how": "", "when": "før ferien"}
        await hand.do("action_plan.change", activity=item, action=row, base=hand.seqs[row], **told)
        again = {"title": "Opfølgning", "date": "2099-06-04"}
        await room.meeting.post(
            "/api/workshops", process=room.meeting.process, template="status", language="da", **again
        )
        wall = await room.wall(still=True)
        await hand.do("agenda.end", workshop=room.meeting.workshop)
        await wall.sees("wall.ended.plan")
        for text in (
            "Stilletid om formiddagen",
            "Dorte · før ferien",
            "Vi ses igen torsdag 4. juni · Opfølgning",
        ):
            await wall.sees_text(text)
        await hand.close()
