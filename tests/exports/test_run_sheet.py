"""W13: the whole script of a meeting with its times, on one printed page."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser
from pypdf import PdfReader

from app.activities.registry import registry
from app.engine.agenda import Item, Workshop, items_of
from app.engine.records import Board, Draft, Held
from app.exports.html import STATIC, run_sheet_css, run_sheet_page
from app.exports.run_sheet import RunSheet, run_sheet
from app.locales import languages, texts_of, words
from app.method.templates import TEMPLATES, Template, items, template

ROUNDS = {"korn": "q1", "fjord": "q2"}
STAGES = {name: kind.stages for name, kind in registry.kinds.items()}


def board_of(of: Template, language: str = "da") -> Board:
    meeting = Workshop(id="w", title="Onsdag", group="Lageret", language="da", date="2027-01-04")
    agenda = items(of, "w", words(language), lambda: secrets.token_urlsafe(16), ROUNDS)
    # As on a board: with complete settings.
    whole = [
        item.with_(settings=registry.settings_of(item.activity).model_validate(item.settings).model_dump())
        for item in agenda
    ]
    board = Draft(Board())
    board.apply(Held(1, record) for record in (meeting, *whole))
    return board


def sheet_of(id: str, begins: int | None = None) -> RunSheet:
    found = template(id)
    assert found
    return run_sheet(board_of(found), "w", STAGES, words("da"), begins)


def test_W13_the_times_go_by_the_minutes_of_the_agenda() -> None:
    assert [line.at for line in sheet_of("well_being").lines] == ["0:00", "0:05", "0:25", "0:35", "0:55"]
    assert [line.at for line in sheet_of("well_being", 13 * 60).lines][:3] == ["13:00", "13:05", "13:25"]


def test_W13_it_says_what_is_said_and_what_leads_on() -> None:
    why, draws, gathering, *_, last = sheet_of("well_being").lines
    assert draws.asks == "Hvad giver dig lyst til at gå på arbejde?"
    assert [one.say[:12] for one in draws.said][-1] == "Det her give"
    assert draws.bridge == words("da")("desk.bridge.clustering")
    assert last.bridge == words("da")("desk.bridge.end")
    # The second question is asked like the first; its hints are not repeated.
    assert why.said[0].hints and gathering.said[0].hints and not last.said[0].hints


def test_W6_what_follows_is_what_is_promised() -> None:
    _, draws = sheet_of("step_1").lines
    assert draws.bridge == words("da")("desk.bridge.end")


class Recording:
    """Texts that record which keys were requested."""

    language = "da"

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __call__(self, key: str, /, **params: object) -> str:
        self.asked.add(key)
        return words("da")(key, **params)

    def __contains__(self, key: object) -> bool:
        return key in words("da")


#: Script for a case that a plan does not foresee, or that an item of a template never reaches.
UNFORESEEN = {
    "influence.desk.say.group",
    "influence.desk.say.placing",
    "priority.desk.say.placing", "priority.desk.say.group", "priority.desk.say.free",
    "pulse.desk.say.ended", "pulse.desk.say.few", "posters.desk.say.further",
}  # fmt: skip


def test_W13_every_script_of_the_desk_is_on_a_sheet() -> None:
    """The desk picks the stage by the state of the room, the sheet has them all; neither may miss one."""
    agenda: list[dict[str, Any]] = [
        *({"activity": "notes", "settings": {"question": "?", "about": a}} for a in ("draws", "hard", "own")),
        {"activity": "notes", "settings": {"question": "?", "mode": "in_turn"}},
        {"activity": "notes", "settings": {"question": "?", "open_until": "2027-01-08"}},
        *({"activity": "pulse", "settings": {"open_until": until}} for until in (None, "2027-01-08")),
        *({"activity": "presentation", "settings": {"show": show}} for show in ("results", "stand")),
        *({"activity": "action_plan", "settings": {"view": view}} for view in ("plan", "status")),
        *({"activity": "why", "settings": {"write": write}} for write in (False, True)),
        *({"activity": "free", "settings": {"what": what}} for what in ("pause", "talk", "pairs", "meal")),
    ]
    there = {each["activity"] for each in agenda}
    agenda += [{"activity": name, "settings": {}} for name in registry.kinds if name not in there]
    board = Draft(Board())
    meeting = Workshop(id="w", title="", group="", language="da", date="2027-01-04")
    board.apply(
        Held(1, record)
        for record in (
            meeting,
            *(
                Item(id=f"i{n}", workshop="w", title="", minutes=5, position=n, **each)
                for n, each in enumerate(agenda)
            ),
        )
    )
    asked = Recording()
    run_sheet(board, "w", STAGES, asked)
    forms = ("one", *map(str, range(13)))
    spoken = {
        key
        for key in texts_of("da")
        if ".desk.say." in key and key.split(".")[-1] not in forms and not key.startswith("desk.")
    }
    unforeseen = {key for key in spoken if key.rsplit(".hint", 1)[0] in UNFORESEEN}
    # Texts shared by several stages appear once, so hints are compared by their text.
    said = {words("da")(key) for key in asked.asked}
    missing = {key for key in spoken - unforeseen if key not in asked.asked and words("da")(key) not in said}
    assert not missing


@pytest.mark.parametrize("language", languages())
def test_W6_every_kind_has_the_sentence_that_leads_to_it(language: str) -> None:
    assert all(texts_of(language).get(f"desk.bridge.{name}") for name in registry.kinds)


@pytest_asyncio.fixture
async def browsed(browser: Browser) -> AsyncIterator[Any]:
    context = await browser.new_context(locale="da-DK")
    page = await context.new_page()

    def answer(route: Any) -> Any:
        name = route.request.url.rsplit("/", 1)[1]
        body = run_sheet_css() if name == "run-sheet.css" else (STATIC / name).read_bytes()
        kind = "text/css" if name == "run-sheet.css" else "font/woff2"
        return asyncio.ensure_future(route.fulfill(body=body, content_type=kind))

    await page.route("**/static/*", answer)
    yield page
    await context.close()


@pytest.mark.parametrize("language", languages())
async def test_W13_every_agenda_prints_on_one_page_without_a_script(language: str, browsed: Any) -> None:
    say = words(language)
    shown = ""

    def answer(route: Any) -> Any:
        return asyncio.ensure_future(route.fulfill(body=shown, content_type="text/html"))

    await browsed.route("http://sheet.test/", answer)
    for of in TEMPLATES:
        board = board_of(of, language)
        shown = run_sheet_page(run_sheet(board, "w", STAGES, say, 9 * 60), say)
        assert "<script" not in shown and "style=" not in shown
        await browsed.goto("http://sheet.test/")
        printed = PdfReader(BytesIO(await browsed.pdf(prefer_css_page_size=True)))
        assert len(printed.pages) == 1, of.id
        assert len(items_of(board, "w")) == await browsed.locator("main > ol > li").count()


def test_W13_an_agenda_that_was_emptied_is_a_sheet_that_says_so() -> None:
    board = Board()
    board.apply(
        [Held(1, Workshop(id="w", title="Onsdag", group="Lageret", language="da", date="2027-01-04"))]
    )
    sheet = run_sheet(board, "w", STAGES, words("da"))
    assert sheet.lines == () and words("da")("sheet.empty") in run_sheet_page(sheet, words("da"))
