"""U4: nothing is cut off: on the wall on usual projectors, on the desk on laptops and a tablet."""

from itertools import cycle

from tests.support.browsers import TWO_FRAMES, People
from tests.support.desk import Desk
from tests.support.faces import faces
from tests.support.meeting import new_id
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.workshop import workshop

SIZES = ("M", "L", "XL")
SCREENS = ((1920, 1080), (1024, 768), (3840, 2160), (1080, 1920), (1200, 1920))
LONG = "Bilen er ikke tanket, når man skal ud til en kunde kl. 6, og så står man der i regnvejr og venter"
GATHERED = {
    "Arbejdsmiljørepræsentantuddannelsesforløbskoordinering": (LONG, "Kulde"),
    "Stolthed over det, vi laver sammen": ("Godt håndværk",),
    "Besked": ("Vi hører det bagefter", "Tegningen er lavet om"),
}
EMPTY = tuple(f"Planlægning {n}" for n in range(1, 15))
#: Texts of which a part is outside the screen, or outside their paper, card or heading.
CUT = """() => {
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const cut = [];
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    const range = document.createRange();
    range.selectNodeContents(text);
    const own = range.getBoundingClientRect();
    if (!own.width || text.parentElement.closest(".unseen, [aria-hidden=true]")) continue;
    const around = text.parentElement.closest(".paper-body, .seat, li, section") ?? document.documentElement;
    const paper = around.getBoundingClientRect();
    // Letters reach a little out of a narrow line.
    const air = 1 + 0.12 * parseFloat(getComputedStyle(text.parentElement).fontSize);
    const out = own.top < -air || own.bottom > innerHeight + air || own.left < -1;
    const over = own.bottom > paper.bottom + air || own.right > paper.right + air;
    if (out || over || own.right > innerWidth + 1) cut.push(text.textContent);
  }
  return cut;
}"""


async def cut(wall: Wall, least: float | None = None) -> list[str]:
    """What is cut off, or smaller than `least`; a picture is drawn some frames after a change of size."""
    found: list[str] = []
    for _ in range(100):
        await wall.still()
        found = await wall.page.evaluate(CUT)
        if least is not None:
            found += await wall.page.evaluate(SMALL, least)
        if not found:
            break
        await wall.page.evaluate(TWO_FRAMES)
    return found


async def test_U4_nothing_on_the_wall_is_cut_on_any_screen_in_any_size(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        await room.meeting.gathers(GATHERED)
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        gathering = hand.items[1]["id"]
        for name in EMPTY:
            about = {"theme": new_id(), "name": name, "paper": "korn", "notes": []}
            await hand.do("clustering.make_theme", activity=gathering, **about)
        wall = await room.wall(still=True)
        await wall.sees_text(EMPTY[0])
        bad: dict[str, list[str]] = {}
        for size in ("M", "L", "XL"):
            await hand.do("wall.change", workshop=room.meeting.workshop, size=size)
            await wall.has_size(size)
            for width, height in SCREENS:
                await wall.page.set_viewport_size({"width": width, "height": height})
                if found := await cut(wall):
                    bad[f"{width}×{height} {size}"] = found
        await hand.close()
        await wall.page.evaluate("document.querySelectorAll('h2').forEach((h) => (h.style.fontSize = '3em'))")
        assert await cut(wall) != []
    assert bad == {}


#: Texts in smaller type than design.md allows, in wall units; numbers in a drawing scale with it.
SMALL = """(least) => {
  const probe = document.createElement("div");
  probe.style.cssText = "position: absolute; width: calc(1000 * var(--u))";
  document.body.append(probe);
  const u = probe.getBoundingClientRect().width / 1000;
  probe.remove();
  const texts = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  const small = [];
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    const unseen = text.parentElement.closest(".unseen, [aria-hidden=true], svg");
    const size = parseFloat(getComputedStyle(text.parentElement).fontSize) / u;
    if (text.textContent.trim() && !unseen && size < least) small.push(`${text.textContent} ${size}`);
  }
  return small;
}"""
#: Portrait screens, and the largest landscape one.
FACED = ((1080, 1920), (1200, 1920), (3840, 2160))
#: design.md: notes in themes and captions, which are support and never the only place.
SUPPORT = 27.5


async def test_U4_every_face_fits_on_a_portrait_screen_in_readable_type(
    people: People, house: Server
) -> None:
    bad: dict[str, list[str]] = {}
    seen: list[str] = []
    async with workshop(people, house) as room:
        wall = await room.wall(still=True, width=1080, height=1920)
        await wall.code()
        hand = await room.meeting.desk()
        async for name in faces(room, wall):
            seen.append(name)
            for nth, (width, height) in enumerate(FACED):
                # Another size on each screen, in turn: all three on each would take minutes.
                size = SIZES[(len(seen) + nth) % 3]
                await wall.page.set_viewport_size({"width": width, "height": height})
                if name != "ended":
                    await hand.do("wall.change", workshop=room.meeting.workshop, size=size)
                    await wall.has_size(size)
                # The QR code is as large as the screen, whatever the size.
                if found := await cut(wall, None if name == "join" else SUPPORT):
                    bad[f"{name} {width}×{height} {size}"] = found
        await hand.close()
    assert len(seen) == len(set(seen)) >= 36
    assert bad == {}


DESKS = ((1440, 900), (1100, 700), (820, 1180))
FACTORS = ("demands", "influence", "meaning", "support", "predictability", "reward")
#: Texts of a picture that leave it, or cover another one.
CLASHES = """(picture) => {
  const texts = document.createTreeWalker(picture, NodeFilter.SHOW_TEXT);
  const boxes = [], bad = [];
  while (texts.nextNode()) {
    const { currentNode: text } = texts;
    if (text.parentElement.closest(".unseen, svg") || !text.textContent.trim()) continue;
    const range = document.createRange();
    range.selectNodeContents(text);
    for (const line of range.getClientRects()) {
      const own = { text: text.textContent, top: line.top + 2, bottom: line.bottom - 2 };
      boxes.push({ ...own, left: line.left + 1, right: line.right - 1 });
    }
  }
  const over = picture.parentElement.getBoundingClientRect();
  for (const one of boxes) {
    if (one.left < over.left - 2 || one.right > over.right + 2) bad.push(`leaves the side: ${one.text}`);
    if (one.bottom > picture.getBoundingClientRect().bottom + 2) bad.push(`leaves below: ${one.text}`);
    for (const two of boxes) {
      if (one === two || one.text === two.text) continue;
      const across = one.right > two.left && two.right > one.left;
      if (across && one.bottom > two.top && two.bottom > one.top) bad.push(`${one.text} / ${two.text}`);
    }
  }
  return bad;
}"""


async def clashes(desk: Desk, picture: str) -> list[str]:
    """What is wrong with the picture, once it is drawn in its size."""
    found: list[str] = []
    for _ in range(40):
        await desk.page.evaluate(TWO_FRAMES)
        found = await desk.page.locator(picture).evaluate(CLASHES)
        if not found:
            break
    return found


async def looked_at(desk: Desk, picture: str) -> dict[str, list[str]]:
    """On every screen that a desk may have."""
    bad: dict[str, list[str]] = {}
    for width, height in DESKS:
        await desk.page.set_viewport_size({"width": width, "height": height})
        if found := await clashes(desk, picture):
            bad[f"{picture} {width}×{height}"] = found
    return bad


async def test_U4_nothing_is_cut_in_the_pictures_of_the_desk(people: People, house: Server) -> None:
    async with workshop(people, house) as room:
        themes = [*(await room.meeting.gathers(GATHERED)).values()]
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        gathering = hand.items[1]["id"]
        for name in EMPTY[:6]:
            themes.append(new_id())
            about = {"theme": themes[-1], "name": f"{name} af arbejdet", "paper": "korn", "notes": []}
            await hand.do("clustering.make_theme", activity=gathering, **about)
        for theme, factor in zip(themes * 2, cycle(FACTORS[:4]), strict=False):
            await hand.do("clustering.tag", theme=theme, factor=factor)
        desk = await room.desk(still=True)
        await hand.do("wall.change", workshop=room.meeting.workshop, forward="the-six")
        await desk.page.locator(".wheel").wait_for()
        bad = await looked_at(desk, ".wheel")
        await hand.do("wall.change", workshop=room.meeting.workshop, forward=None)
        for theme in themes:
            await hand.do("influence.place", theme=theme, base=0, field="can")
        item = next(one["id"] for one in hand.items if one["activity"] == "priority")
        await hand.do("agenda.go", item=item)
        await hand.do("placing.open", activity=item)
        phones = [await room.meeting.phone() for _ in range(5)]
        for nth, theme in enumerate(themes):
            for n, phone in enumerate(phones):
                await phone.cast(item, theme, (n + nth) % 4)
        await hand.do("placing.close", activity=item)
        await desk.page.locator(".spread").wait_for()
        bad |= await looked_at(desk, ".spread")
        larger = "all => all.forEach((one) => (one.style.fontSize = '3em'))"
        await desk.page.locator(".spread .said").evaluate_all(larger)
        assert await clashes(desk, ".spread") != []
        for wire in (hand, *phones):
            await wire.close()
    assert bad == {}


PLAN: tuple[tuple[str, list[str], str, str, str], ...] = (
    (
        "Ti minutter ved tavlen",
        ["Dorte", "Christoffersen"],
        "Hele holdet",
        "Kl. 7.10, på skift",
        "om 14 dage",
    ),
    ("To stille timer", ["Emil"], "", "Telefonen stilles om, og døren er lukket", "formiddagspauserne"),
    ("Rødt mærke på den nye tegning", [], "", "", "når vi kan"),
    ("Fast lukketid for ændringer", ["Sanne"], "Kontoret", "", ""),
)


async def test_U11_U19_the_plan_in_XL_has_rows_that_fit_and_no_word_is_cut(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="work") as room:
        hand = await room.meeting.desk()
        await hand.until(lambda: hand.items)
        item = next(one["id"] for one in hand.items if one["activity"] == "action_plan")
        await hand.do("agenda.go", item=item)
        for text, responsible, who, how, when in PLAN * 2:
            row = new_id()
            await hand.do("action_plan.add", activity=item, action=row, theme=None, text=text)
            await hand.until(lambda row=row: row in hand.held)
            told = {"responsible": responsible, "who": who, "how": how, "when": when}
            await hand.do("action_plan.change", activity=item, action=row, base=hand.seqs[row], **told)
            await hand.until(lambda row=row, when=when: hand.held[row]["when"] == when)
            open_up = {"action": row, "base": hand.seqs[row], "open": True}
            await hand.do("action_plan.open_sign_up", activity=item, **open_up)
        wall = await room.wall(still=True)
        await wall.sees_text(PLAN[0][0])
        bad: dict[str, list[str]] = {}
        for size in ("M", "L", "XL"):
            await hand.do("wall.change", workshop=room.meeting.workshop, size=size)
            await wall.has_size(size)
            for width, height in SCREENS:
                await wall.page.set_viewport_size({"width": width, "height": height})
                if found := await cut(wall):
                    bad[f"{width}×{height} {size}"] = found
        assert bad == {}
        await wall.page.set_viewport_size({"width": 1920, "height": 1080})
        await wall.still()
        assert await wall.page.locator(".table .row").count() >= 3
        await hand.close()
