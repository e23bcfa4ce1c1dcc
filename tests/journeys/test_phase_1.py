"""Phase 1 live: the why is written, rehearsed against the clock, shown on the wall and summarised."""

from playwright.async_api import expect

from tests.exports.reading import page
from tests.support.browsers import People
from tests.support.desk import Desk
from tests.support.meeting import EMAIL, PASSWORD
from tests.support.server import Server
from tests.support.words import Words
from tests.support.workshop import workshop

HEADLINE = "Tre gode kolleger er rejst. Vi vil vide, hvad der skal til, for at I har lyst til at blive."
SEEN = "Flere har sagt, at de bliver afbrudt hele tiden."
GAIN = "I peger på det, der slider, og vi gør noget ved to eller tre ting inden jul."


async def answers(desk: Desk, words: Words, part: str, text: str) -> None:
    """Type into the field, and leave it."""
    field = desk.page.get_by_label(words(f"why.desk.part.{part}"))
    await field.fill(text)
    await field.blur()
    await expect(desk.main.get_by_text(words("desk.answer.saved")).first).to_be_visible()


async def test_P1_1_to_P1_4_P1_6_the_why_from_the_form_to_the_wall_and_the_summary(
    people: People, house: Server
) -> None:
    async with workshop(people, house, template="why") as room:
        words = room.words
        desk, wall = await room.desk(), await room.wall()
        phones = [await room.phone() for _ in range(4)]
        for phone in phones:
            await phone.is_in()
        await desk.starts("why_write")
        for phone in phones:
            await phone.sees("why.phone.text")
        await desk.button("why.desk.examples_show").click()
        await desk.sees("why.desk.example.3.title")
        await desk.button("why.desk.examples_hide").click()
        for part, text in (("headline", HEADLINE), ("seen", SEEN)):
            await answers(desk, words, part, text)
        # G32: the session expires in the middle of a sentence; after signing in it is in its field, and
        # saved.
        gain = desk.page.get_by_label(words("why.desk.part.gain"))
        await gain.fill(GAIN)
        await desk.page.context.clear_cookies()
        await desk.page.reload()
        await desk.gives(EMAIL, PASSWORD)
        await expect(gain).to_have_value(GAIN)
        await wall.reads(HEADLINE, GAIN)
        await wall.reads_not(SEEN)
        # P1.6: on paper there is the why and nothing else.
        await desk.page.evaluate("window.print = () => {}")
        await desk.button("why.desk.print").click()
        await desk.page.emulate_media(media="print")
        sheet = desk.page.locator(".sheet")
        await expect(sheet.get_by_role("heading", name=HEADLINE)).to_be_visible()
        await expect(sheet).to_contain_text(GAIN)
        await expect(desk.main).to_be_hidden()
        await desk.page.emulate_media(media="screen")
        await desk.page.evaluate("dispatchEvent(new Event('afterprint'))")
        await expect(sheet).to_have_count(0)
        # P1.2: it is short so far; then it is too long, and the rest of it is faded.
        await desk.sees("why.desk.pitch.so_far", n=20)
        await answers(desk, words, "stake", "Det haster. " * 70)
        await desk.sees("why.desk.pitch.long", n=80)
        await expect(desk.main.locator(".late").filter(has_text="Det haster.")).to_be_visible()
        await desk.goes_on("why.desk.pitch.rehearse")
        assert 50 < await wall.runs() <= 60
        assert 50 < await desk.runs() <= 60
        await desk.ends()
        summary = page(await (await desk.opens_summary()).content())
        assert all(text in summary.text for text in (HEADLINE, SEEN, GAIN))
        assert summary.text.index(HEADLINE) < summary.text.index(SEEN)
