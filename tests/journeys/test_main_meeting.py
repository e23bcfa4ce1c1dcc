"""A whole main meeting: one desk, one wall, eight phones, from the first login to the downloaded report."""

import asyncio
import re
import time
from collections.abc import Callable

from playwright.async_api import expect

from tests.exports.reading import page, pdf_text, squeezed
from tests.support.browsers import PHONE, People, same_second, until
from tests.support.desk import Desk
from tests.support.meeting import EMAIL, PASSWORD
from tests.support.phone import Phone
from tests.support.proxy import Proxy
from tests.support.server import Server
from tests.support.wall import Wall
from tests.support.words import Words

MOVES = True

#: What each of the eight writes for the first question: two or three thoughts.
DRAWS = (
    ("Vi griner sammen i pausen", "Jeg må selv planlægge min dag"),
    ("Kaffen er varm kl. 7 ☕", "Der er altid en, der vil hjælpe", "Ældre kolleger lærer fra sig"),
    ("الزملاء يساعدونني دائما", "Kunderne siger tak"),
    ("Frihed under ansvar", "Kollegerne 👩‍🔧🧑🏽‍🔧", "Øl om fredagen"),
    ("Jeg lærer noget nyt hver uge", "Åbne døre hos chefen"),
    ("Kantinens rugbrød", "Æblerne i skålen", "Det, jeg laver, kan ses bagefter"),
    ("God musik i værkstedet", "Vi taler ordentligt til hinanden"),
    ("Faste vagter", "Cykelstien helt til døren", "Ro til at blive færdig"),
)
HARD = (
    ("Jeg bliver afbrudt midt i en opgave",),
    ("Besked om ændringer kommer for sent",),
    ("Værktøjet ligger aldrig på sin plads",),
    ("Det er uklart, hvem der bestemmer",),
    ("Nye skal klare sig selv den første uge",),
    ("Fredag er der altid for meget",),
    ("Telefonen ringer hele tiden",),
    ("Der trækker i hal 2 🥶",),
)
HIDDEN = "Øl om fredagen"
DELETED = "Det her fortryder jeg"


def fronts(url: str) -> str:
    return re.sub(r"(?i)(https?://[^/]+).*", r"\1", url)


async def test_the_main_meeting_from_the_first_login_to_the_report(
    people: People, own_server: Callable[..., Server]
) -> None:
    server = own_server()
    desk, wall = await comes_in(people, server)
    async with Proxy(server.port) as lift:
        phones = await all_join(people, wall, lift)
        timer = await writes(desk, wall, phones, lift)
        await dies_and_comes_back(server, desk, wall, phones, timer)
        await turns(desk, wall, phones)
        await clusters(desk, wall)
        await second_question(desk, wall, phones)
        await influences(desk, wall)
        await prioritises(desk, wall)
        await ends(desk, wall, phones)


async def comes_in(people: People, server: Server) -> tuple[Desk, Wall]:
    """The first login, and three clicks to a QR code on the wall."""
    laptop = await people.sits_down()
    desk = Desk(await laptop.new_page(), Words())
    await desk.makes_account(server.first_link(), "Anna Ahl", EMAIL, PASSWORD)
    await desk.makes_process("Montagen ApS", "Montagen")
    await desk.picks("main_meeting")
    wall = desk.wall(await desk.opens_workshop())
    # In capitals, which make a smaller code.
    assert (await wall.qr()).startswith(server.url.upper() + "/J/")
    return desk, wall


async def all_join(people: People, wall: Wall, lift: Proxy) -> list[Phone]:
    """Two by the QR code, the others by the typed code; the last one through a network that will fail."""
    url, code = await wall.qr(), await wall.code()
    contexts = [await people.sits_down(**PHONE) for _ in DRAWS]
    phones = [Phone(await context.new_page(), Words()) for context in contexts]
    for phone in phones[:2]:
        await phone.opens(url)
    for phone in phones[2:-1]:
        await phone.types_code(fronts(url), code)
    await phones[-1].types_code(lift.url, code)
    for phone in phones:
        await phone.is_in()
    await wall.has_phones(len(phones))
    return phones


async def writes(desk: Desk, wall: Wall, phones: list[Phone], lift: Proxy) -> Callable[[], float]:
    """Five silent minutes: notes, a timer, a count at ticks, a phone in a lift (R2), a deletion."""
    await desk.starts("notes_draws")
    await desk.goes_on("notes.desk.start", minutes="fem")
    began = time.monotonic()
    for phone in phones:
        await phone.may_write()
        assert 280 < await phone.runs() <= 300

    async def sends(phone: Phone, texts: tuple[str, ...]) -> None:
        await phone.writes(*texts)
        await phone.has_on_board(len(texts))

    await asyncio.gather(*map(sends, phones[:-1], DRAWS))

    # R2: in the lift, and back, without any action by hand.
    lift.cut()
    await phones[-1].writes(*DRAWS[-1])
    await phones[-1].is_offline()
    await phones[-1].has_on_way(len(DRAWS[-1]))
    lift.mend()
    await phones[-1].has_on_board(len(DRAWS[-1]))

    await phones[0].writes(DELETED)
    await phones[0].has_on_board(3)
    await phones[0].opens_mine()
    await phones[0].deletes(DELETED)
    await phones[0].goes_back()

    # U24: people report that they are done; the count moves in threes, so it may not show all of them.
    await asyncio.gather(*(phone.is_done() for phone in phones[1:]))
    total = sum(map(len, DRAWS))
    await wall.has_cards(total)
    await desk.count(total)
    for screen in (wall, desk):
        await expect(screen.main).to_contain_text(re.compile(r"[3-7] af 8 er færdige"))
    # A16: nobody can read anything yet, not even in the page's source.
    for screen in (wall, desk):
        source = await screen.page.content()
        assert not [text for texts in DRAWS for text in texts if text in source]
    return lambda: 300 - (time.monotonic() - began)


async def dies_and_comes_back(
    server: Server, desk: Desk, wall: Wall, phones: list[Phone], timer: Callable[[], float]
) -> None:
    """R3, R12: the server is killed while the timer runs; all screens reconnect, and nothing was lost."""
    server.kill()
    await desk.is_offline()
    last = phones[3]
    await last.is_offline()
    server.start()
    await desk.is_online()
    for phone in phones:
        await phone.is_online()
    await desk.presses("q")
    await wall.sees("wall.join.title")
    await desk.offers("desk.join_big.off")
    await desk.presses("q")

    # R9: everybody sees the same second, and it is the right one.
    async def wrong_by() -> float:
        return (await same_second(desk, wall, *phones))[0] - timer()

    await until(wrong_by, lambda seconds: abs(seconds) <= 2.5)
    await last.writes("Efter genstarten ✅")
    await last.has_on_board(len(DRAWS[3]) + 1)


async def turns(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """Stop, preview, hide one, show one, turn all; everything acknowledged is there once."""
    sent = sorted([*(text for texts in DRAWS for text in texts), "Efter genstarten ✅"])
    for phone in phones:
        await phone.opens_mine()
    for phone, texts in zip(phones, DRAWS, strict=True):
        assert await phone.notes_stored(texts) == list(texts)
    await desk.goes_on("notes.desk.stop")
    assert sorted(await desk.previews(len(sent))) == sent
    await desk.hides_or_shows(HIDDEN)
    await desk.sees("desk.hidden")
    await desk.hides_or_shows("Kantinens rugbrød")
    await phones[5].stands("Kantinens rugbrød", "hidden")
    await desk.hides_or_shows("Kantinens rugbrød")
    await desk.goes_on("notes.desk.turn_all")
    await phones[5].stands("Kantinens rugbrød", "turned")
    await phones[3].stands(HIDDEN, "hidden")
    read = await all_pages(desk, wall)
    assert read == {text for text in sent if text != HIDDEN}
    await wall.reads_not(HIDDEN)
    for phone in phones:
        await phone.goes_back()
        await phone.looks_up()


async def all_pages(desk: Desk, wall: Wall) -> set[str]:
    """What the room reads when the facilitator turns the pages."""
    read = set(await until(wall.texts, bool))
    first, last, of = await wall.range()
    while last < of:
        await desk.shows_from(last + 1)
        first, last, of = await wall.next_range(first)
        await wall.still()
        read |= set(await wall.texts())
    return read


async def clusters(desk: Desk, wall: Wall) -> None:
    """By mouse, by keyboard and by menu; and everything back and forth again."""
    await desk.moves_on_to("clustering_draws")
    free = desk.words("clustering.desk.free")
    await expect(desk.main.get_by_role("region", name=free)).to_be_visible()
    a, b, c, d = (
        "Vi griner sammen i pausen",
        "Vi taler ordentligt til hinanden",
        "Kunderne siger tak",
        "Faste vagter",
    )
    await desk.drags(desk.note(a), desk.note(b))
    await desk.names("Tonen")
    await wall.theme_holds("Tonen", 2)
    await desk.moves_by_keyboard("Der er altid en, der vil hjælpe", "Tonen")
    await wall.theme_holds("Tonen", 3)
    await desk.moves_by_menu(c, "Tonen")
    await wall.theme_holds("Tonen", 4)

    await desk.moves_by_menu(d, desk.words("clustering.desk.to_fresh"))
    await desk.names("Arbejdstid")
    await desk.drags(desk.note("Jeg må selv planlægge min dag"), desk.theme("Arbejdstid"))
    await wall.theme_holds("Arbejdstid", 2)
    await desk.moves_by_menu("Kantinens rugbrød", desk.words("clustering.desk.to_fresh"))
    await desk.names("Mad")
    await desk.drags(desk.note("Æblerne i skålen"), desk.theme("Mad"))
    await wall.theme_holds("Mad", 2)

    await desk.from_menu("Mad", "clustering.desk.recolour")
    await desk.chooses(desk.words("clustering.desk.paper.lyng"))
    await desk.can_undo("clustering.recolour")
    await desk.from_menu("Mad", "clustering.desk.split")
    await expect(desk.theme("Mad")).to_have_count(0)
    await expect(desk.inside(free).get_by_text("Æblerne i skålen", exact=True)).to_be_visible()
    await desk.undoes("clustering.split")
    await wall.theme_holds("Mad", 2)
    await desk.redoes("clustering.split")
    await expect(desk.theme("Mad")).to_have_count(0)
    await desk.undoes("clustering.split")
    await desk.from_menu("Mad", "clustering.desk.merge")
    await desk.chooses("Tonen")
    await wall.theme_holds("Tonen", 6)
    await desk.undoes("clustering.merge")
    await wall.theme_holds("Tonen", 4)
    await wall.theme_holds("Mad", 2)
    await desk.theme("Mad").focus()
    await desk.presses("r")
    await desk.names("Frokost og frugt")
    await wall.theme_holds("Frokost og frugt", 2)

    await desk.leaves_the_rest()
    await desk.goes_on("clustering.desk.answer")
    answer = desk.page.get_by_label(desk.words("clustering.desk.question.1"))
    await answer.fill("At det mest handler om hinanden")
    await answer.blur()
    await desk.sees("desk.answer.saved")


async def second_question(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """The same, shorter."""
    await desk.moves_on_to("notes_hard")
    await desk.goes_on("notes.desk.start", minutes="fem")

    async def sends(phone: Phone, texts: tuple[str, ...]) -> None:
        await phone.may_write()
        await phone.writes(*texts)
        await phone.has_on_board(1)

    await asyncio.gather(*map(sends, phones, HARD))
    await wall.has_cards(len(HARD))
    await desk.goes_on("notes.desk.stop")
    await desk.previews(len(HARD))
    await desk.goes_on("notes.desk.turn_all")
    await wall.reads(*(text for texts in HARD for text in texts))
    await desk.moves_on_to("clustering_hard")
    fresh = desk.words("clustering.desk.to_fresh")
    for name, first, second in (
        ("Afbrydelser", HARD[0][0], HARD[6][0]),
        ("Besked", HARD[1][0], HARD[3][0]),
    ):
        await desk.moves_by_menu(first, fresh)
        await desk.names(name)
        await desk.moves_by_menu(second, name)
        await wall.theme_holds(name, 2)


async def influences(desk: Desk, wall: Wall) -> None:
    """Four can be influenced, one cannot."""
    # W5: strengths are not asked about; this group includes them anyway.
    await desk.wants("influence", "influence.desk.strengths")
    await desk.goes_to("influence")
    for theme in ("Tonen", "Frokost og frugt", "Afbrydelser"):
        await desk.places(theme, "influence.desk.can")
    await desk.places_by_key("Besked", "1", "influence.desk.can")
    await desk.places("Arbejdstid", "influence.desk.cannot")
    left, _ = await wall.middle("Tonen")
    right, _ = await wall.middle("Arbejdstid")
    assert left < right


async def prioritises(desk: Desk, wall: Wall) -> None:
    """What is important, then what is urgent, then three; a fourth needs confirmation."""
    await desk.moves_on_to("priority")
    for theme in ("Tonen", "Afbrydelser", "Besked"):
        await desk.places(theme, "priority.desk.important")
    await desk.places_by_key("Frokost og frugt", "2", "priority.desk.other")
    await desk.goes_on("priority.desk.to_urgent")
    for theme in ("Afbrydelser", "Besked"):
        await desk.places_by_key(theme, "1", "priority.desk.do")
    await desk.places("Tonen", "priority.desk.plan")
    await desk.places("Frokost og frugt", "priority.desk.leave")
    for n, theme in enumerate(("Afbrydelser", "Besked", "Tonen"), start=1):
        await desk.tick(theme).click()
        await expect(desk.tick(theme)).to_have_attribute("aria-pressed", "true")
        await wall.sees("priority.wall.chosen", n=n)
    await desk.tick("Frokost og frugt").click()
    await desk.sees("priority.desk.fourth")
    await desk.chooses(desk.words("priority.desk.fourth_no"))
    await expect(desk.tick("Frokost og frugt")).to_have_attribute("aria-pressed", "false")


async def ends(desk: Desk, wall: Wall, phones: list[Phone]) -> None:
    """Thanks, and a report that contains every text once, and nothing that was hidden or deleted."""
    await desk.ends()
    await wall.sees("wall.ended.title")
    await wall.reads("Afbrydelser", "Besked", "Tonen")
    for phone in phones:
        await phone.sees("phone.ended.title")
    shown = [text for texts in (*DRAWS, *HARD) for text in texts if text != HIDDEN]
    summary = await desk.opens_summary()
    html = page(await summary.content())
    assert sorted(note.strip() for note in html.notes) == sorted([*shown, "Efter genstarten ✅"])
    text = squeezed(pdf_text((await desk.downloads_pdf()).read_bytes()))
    for theme in (
        "Tonen",
        "Arbejdstid",
        "Frokost og frugt",
        "Afbrydelser",
        "Besked",
        "At det mest handler om hinanden",
    ):
        assert theme in html.text
        assert squeezed(theme) in text
    readable = [each for each in shown if each.isascii() or re.fullmatch(r"[\w\s.,ÆØÅæøå]+", each)]
    assert not [each for each in readable if "الز" not in each and squeezed(each) not in text]
    for gone in (HIDDEN, DELETED):
        assert gone not in html.text and squeezed(gone) not in text
