"""The summary as PDF: complete, accessible, reproducible; and made where it can do no harm."""

import asyncio
import io
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pikepdf
import psutil
import pypdf
import pytest
import pytest_asyncio
import typst

from app.blocks.fields import FieldBlock, Fields
from app.blocks.notes import Notes
from app.blocks.posters import HowLine, PosterBlock, Posters, Proposal
from app.blocks.table import Table, TableRow
from app.blocks.themes import ThemeBlock, Themes
from app.engine.report import Block, Card
from app.exports import setter
from app.exports.maker import HELD, NotMade
from app.exports.pdf import document_data
from app.exports.summary import Summary, collect
from app.locales import words
from tests.exports.every_block import summary_with
from tests.exports.making import FileMaker
from tests.exports.reading import pdf_text, squeezed
from tests.exports.sample import HARD, HEADING, JOYS, REST, Item, sample

DA = words("da")
BOXES = squeezed(DA("summary.boxes"))
SCRIPTS = (
    "æøå ÆØÅ é ≥ → ✓ ½ €", "Łódź", "Þór", "Дякую", "Ευχαριστώ", "Cảm ơn", "我们互相帮助",
    "我們互相幫助, 謝謝", "私たちは毎日助け合う", "함께 일해서 좋아요, 뷁", "ขอบคุณทุกคน",
    "ကျွန်တော်တို့ အလုပ်လုပ်ကြပါတယ်", "យើងធ្វើការ", "ພວກເຮົາເຮັດວຽກ", "हम साथ काम करते हैं",
    "আমরা একসাথে কাজ করি", "ਅਸੀਂ ਕੰਮ ਕਰਦੇ ਹਾਂ", "અમે સાથે કામ કરીએ", "நன்றி", "మేము కలిసి పని",
    "ನಾವು ಒಟ್ಟಿಗೆ", "ഞങ്ങൾ ഒരുമിച്ച്", "අපි එකට", "ہم مل کر کام کرتے ہیں", "በጋራ እንሰራለን", "ჩვენ ერთად",
    "Մենք միասին",
)  # fmt: skip


@pytest_asyncio.fixture
async def maker() -> AsyncIterator[FileMaker]:
    maker = FileMaker()
    yield maker
    await maker.close()


def with_notes(*notes: str) -> Summary:
    themes = Themes(themes=(ThemeBlock(name="Et tema", notes=notes),))
    return collect(None, [Item("one", "Et punkt")], {"one": lambda board, item, say: [themes]}, HEADING, DA)


async def text_of(maker: FileMaker, *notes: str) -> str:
    return squeezed(pdf_text(await maker.summary(with_notes(*notes), DA)))


async def test_every_note_and_theme_is_in_it(maker: FileMaker) -> None:
    text = squeezed(pdf_text(await maker.summary(sample(), DA)))
    for (name, _), notes in (JOYS | HARD | REST).items():
        assert squeezed(name) in text
        assert all(squeezed(note) in text for note in notes)
    assert "Side1af4" in text and "Ingennavneerknyttettilsedlerne" in text


async def test_P4_1_P4_4_the_posters_are_there_with_their_chains(maker: FileMaker) -> None:
    hows = tuple(HowLine(text=f"svar {n}", depth=n) for n in range(1, 6))
    proposal = Proposal(text="Ti minutter ved tavlen", picked=True, hows=hows)
    poster = PosterBlock(title="Mere", proposals=(proposal,))
    empty = PosterBlock(title="Nyt", empty="Ingen forslag")
    block = Posters(theme=Card(name="Besked om ændringer", paper="hyben"), posters=(poster, empty))
    blocks: list[Block] = [block]
    items = [Item("one", "Forslag til Besked om ændringer")]
    summary = collect(None, items, {"one": lambda board, item, say: blocks}, HEADING, DA)
    text = squeezed(pdf_text(await maker.summary(summary, DA)))
    # The title names the theme, and nothing else repeats it.
    assert text.count(squeezed("Besked om ændringer")) == 1
    said = ("Besked om ændringer", "Mere", "Ti minutter ved tavlen", "Med i handleplanen", "Ingen forslag")
    for one in (*said, *(f"Hvordan? svar {n}" for n in range(1, 6))):
        assert squeezed(one) in text


async def test_eight_hundred_notes_are_all_there(maker: FileMaker) -> None:
    notes = [f"Seddel nummer {n} her" for n in range(800)]
    text = await text_of(maker, *notes)
    assert all(squeezed(note) in text for note in notes)


async def test_it_is_tagged_archival_and_in_its_language(maker: FileMaker) -> None:
    for language in ("da", "en"):
        made = await maker.summary(sample(language), words(language))
        with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_metadata() as metadata:
            assert pdf.Root.Lang == language and bool(pdf.Root.MarkInfo.Marked)
            assert metadata["pdfuaid:part"] == "1"
            assert (metadata["pdfaid:part"], metadata["pdfaid:conformance"]) == ("2", "A")
            assert metadata["dc:title"] == sample(language).title
            assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


async def test_every_figure_has_its_words(maker: FileMaker) -> None:
    with pikepdf.open(io.BytesIO(await maker.summary(sample(), DA))) as pdf:
        figures = [
            it for it in pdf.objects if isinstance(it, pikepdf.Dictionary) and it.get("/S") == "/Figure"
        ]
        assert {str(figure.Alt).partition(" ")[0] for figure in figures} == {"Fire", "Krav:"}


async def test_all_fonts_are_embedded_and_our_own(maker: FileMaker) -> None:
    with pikepdf.open(io.BytesIO(await maker.summary(sample(), DA))) as pdf:
        found = [it for it in pdf.objects if isinstance(it, pikepdf.Dictionary)]
        fonts = [it for it in found if it.get("/Type") == "/FontDescriptor"]
        # Emoji are drawings in the file itself (Type 3): they have no font file to embed.
        drawn = [font for font in fonts if not {"/FontFile2", "/FontFile3"} & set(font.keys())]
        assert len(fonts) > 2 and all("ColorEmoji" in str(font.FontName) for font in drawn)
        assert all("Figtree" in str(font.FontName) or "Noto" in str(font.FontName) for font in fonts)


async def test_the_same_summary_gives_the_same_bytes(maker: FileMaker) -> None:
    first = await maker.summary(sample(), DA)
    await maker.close()
    assert await maker.summary(sample(), DA) == first


@pytest.mark.parametrize(
    "text",
    [
        '#read("/etc/passwd")',
        '#import "@preview/x:1.0.0"',
        "#set page(width: 1pt)",
        "*b* _i_ `c` = h",
        "$x^2$ @ref <lab>",
        r"\u{41} \ // c /* d */",
        '"] + read("/etc/passwd") + ["',
        "<img onerror=x>",
        "{{7*7}} ${x} %s%n #{1} {n} {total}",
        "'; DROP TABLE note;",
    ],
)
async def test_B35_X24_markup_is_printed_as_typed(maker: FileMaker, text: str) -> None:
    # B31, B32, B33 too: the PDF has no markup at all.
    assert squeezed(text) in await text_of(maker, text)


async def test_B22_arabic_and_hebrew_have_their_letters(maker: FileMaker) -> None:
    for note in ("שלום, טוב לי כאן", "مرحبا بكم"):
        text = await text_of(maker, note)
        # Read back in page order, from left to right; so only the letters are compared.
        assert set(squeezed(note)) <= set(text) and BOXES not in text


async def test_B24_emoji_are_kept_whole(maker: FileMaker) -> None:
    for note in ("👨\u200d👩\u200d👧\u200d👦", "🇩🇰", "👍🏽", "❤\ufe0f", "🧑\u200d💻"):
        text = await text_of(maker, note)
        assert squeezed(note) in text and BOXES not in text


async def test_B29_letters_of_the_country_and_of_people_who_work_there(maker: FileMaker) -> None:
    assert BOXES not in await text_of(maker, *SCRIPTS)


@pytest.mark.parametrize(
    ("note", "widest"),
    [
        ("x" * 2000, 45),
        ("!" * 1999, 90),
        ("W" * 280, 24),
        ("\ufdfa" * 280, 24),
        ("æ" * 1000, 30),
        ("ก" * 280, 40),
    ],
)
async def test_B26_long_words_wrap_inside_their_note(maker: FileMaker, note: str, widest: int) -> None:
    text = pdf_text(await maker.summary(with_notes(note), DA))
    runs = [squeezed(line).count(note[0]) for line in text.splitlines()]
    # This many of the letter fit on half a page; the few others are in our own texts.
    assert max(runs) <= widest
    assert sum(runs) >= len(note)


async def test_a_character_no_font_has_is_said_and_breaks_nothing(maker: FileMaker) -> None:
    text = await text_of(maker, "\U00012000 kileskrift")
    assert "kileskrift" in text and BOXES in text


def test_X24_nothing_outside_the_jobs_own_folder_can_be_read(tmp_path: Path) -> None:
    """The compiler stays in its root, which contains only the template; and no template asks for more."""
    (tmp_path / "main.typ").write_text('#read("/etc/passwd")')
    with pytest.raises(typst.TypstError, match=r"(?i)not found|escape"):
        typst.Compiler(str(tmp_path / "main.typ"), root=str(tmp_path)).compile(format="pdf")
    templates = [*setter.HERE.glob("*.typ"), *setter.BLOCKS.glob("*/paper.typ")]
    assert len(templates) > 10
    for template in templates:
        asks = ("read(", "eval(", "#import", "@preview", "include")
        assert not any(word in template.read_text("utf-8") for word in asks)


async def test_X24_a_worker_that_hangs_is_ended_and_the_next_job_works() -> None:
    hasty = FileMaker(hanging=0.1)
    await hasty.warm()
    assert hasty._process
    # It gets no CPU time, and never will.
    hasty._process.send_signal(signal.SIGSTOP)
    with pytest.raises(NotMade):
        await hasty.summary(sample(), DA)
    hasty._hanging = 60
    assert (await hasty.summary(sample(), DA)).startswith(b"%PDF")
    await hasty.close()


async def test_X24_the_worker_comes_after_the_room_and_is_left_a_share(maker: FileMaker) -> None:
    await maker.warm()
    assert maker._process
    while psutil.Process(maker._process.pid).nice() == psutil.Process().nice():
        await asyncio.sleep(0.01)
    # By Linux's weights a tenth of another process's share; five more would leave a thirtieth.
    assert psutil.Process(maker._process.pid).nice() == min(19, psutil.Process().nice() + 10)


async def test_X24_a_job_that_wants_too_much_memory_ends_the_worker_alone() -> None:
    small = FileMaker(memory=12 * 1024 * 1024)
    with pytest.raises(NotMade):
        await small.summary(with_notes(*(f"Seddel {n}" for n in range(2000))), DA)
    small._memory = 512 * 1024 * 1024
    assert (await small.summary(sample(), DA)).startswith(b"%PDF")
    await small.close()


async def test_X24_what_one_file_leaves_in_memory_is_not_taken_from_the_next() -> None:
    maker = FileMaker(memory=400 * 1024 * 1024)
    # A different one each time: the compiler reuses what it has laid out before.
    for turn in range(4):
        notes = (f"Seddel {turn}-{n} om alt det, der fylder i løbet af en dag" for n in range(1500))
        assert (await maker.summary(with_notes(*notes), DA)).startswith(b"%PDF")
    await maker.close()


async def test_a_client_that_disconnects_leaves_no_half_answer(maker: FileMaker) -> None:
    first = await maker.summary(sample(), DA)
    gone = asyncio.create_task(maker.summary(with_notes(*(f"Seddel {n}" for n in range(2000))), DA))
    await asyncio.sleep(0.005)
    gone.cancel()
    with pytest.raises(asyncio.CancelledError):
        await gone
    assert await maker.summary(sample(), DA) == first


async def test_X42_the_worker_is_told_no_secret(maker: FileMaker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRIVSEL_SECRET", "kodeord")
    await maker.summary(sample(), DA)
    assert maker._process is not None
    environment = await asyncio.to_thread(Path(f"/proc/{maker._process.pid}/environ").read_bytes)
    assert b"kodeord" not in environment and b"TRIVSEL" not in environment


async def test_A9_what_goes_wrong_is_told_without_the_text(maker: FileMaker) -> None:
    data = {"title": "hemmelig seddel"}
    with pytest.raises(NotMade) as failed:
        await maker.ask({"to": "pdf", "template": "summary.typ", "data": data, "timestamp": 0})
    assert "hemmelig" not in str(failed.value)
    assert (await maker.summary(sample(), DA)).startswith(b"%PDF")


async def test_the_worker_is_renewed_when_it_holds_much_and_no_earlier() -> None:
    maker = FileMaker()

    async def makes() -> int:
        await maker.summary(sample(), DA)
        assert maker._process
        return maker._process.pid

    (first,) = {await makes() for _ in range(60)}
    # Half of what it holds: a busy machine may take back some of it meanwhile.
    maker._memory = int(psutil.Process(first).memory_info().rss / HELD / 2)
    await makes()
    assert await makes() != first
    await maker.close()
    assert maker._process is None


def test_the_data_for_the_template_is_json_with_its_words() -> None:
    data = json.loads(json.dumps(document_data(sample(), DA)))
    assert (data["chosen"], data["page"]) == ("Valgt", "Side {n} af {total}")


async def test_P4_5_a_long_table_is_there_row_by_row_over_the_pages(maker: FileMaker) -> None:
    columns = ("Tema", "Handling", "Ansvarlig", "Hvem er med", "Sådan gør vi", "Hvornår", "Status")
    rows = tuple(
        TableRow(
            cells=("Ro", f"Handling nummer {n}", "Dorte", "Alle", "Sådan\nog sådan", "om lidt", "I gang"),
            paper="mos",
        )
        for n in range(90)
    )
    table = Table(columns=columns, rows=rows)
    made = collect(None, [Item("one", "Plan")], {"one": lambda *_: [table]}, HEADING, DA)
    text = squeezed(pdf_text(await maker.summary(made, DA)))
    assert all(f"Handlingnummer{n}" in text for n in range(90))


async def test_fields_and_short_proposals_are_not_split_by_the_end_of_a_page(maker: FileMaker) -> None:
    def cards(n: int) -> tuple[Card, ...]:
        return tuple(Card(name=f"Kort {n}a{m}e") for m in range(5))

    def proposal(n: int) -> Proposal:
        hows = tuple(HowLine(text=f"Sådan {n}a{m}e", depth=1) for m in range(4))
        return Proposal(text=f"Forslag {n}e", hows=hows)

    blocks: list[Block] = []
    for n in range(14):
        poster = PosterBlock(title="Mere", proposals=(proposal(n),))
        blocks += [
            Notes(notes=("Fyld",) * (1 + n % 3)),
            Fields(fields=(FieldBlock(title="Kan", cards=cards(n)),)),
            Posters(theme=Card(name="Ro"), posters=(poster,)),
        ]
    made = await maker.summary(summary_with(*blocks), DA)
    pages = [squeezed(page.extract_text()) for page in pypdf.PdfReader(io.BytesIO(made)).pages]
    assert len(pages) > 4
    for n in range(14):
        told = [{card.name for card in cards(n) if squeezed(card.name) in page} for page in pages]
        assert [len(each) for each in told if each] == [5]
        hung = [f"Forslag{n}e", *(f"Sådan{n}a{m}e" for m in range(4))]
        assert any(all(text in page for text in hung) for page in pages)


async def test_U11_a_word_that_is_wider_than_its_column_is_hyphenated(maker: FileMaker) -> None:
    cells = (
        "Arbejdsmiljørepræsentantuddannelse",
        "Tillidsrepræsentanten",
        "Dorte",
        "Om formiddagen",
        "4. juni",
    )
    table = Table(
        columns=("Tema", "Handling", "Ansvarlig", "Hvordan", "Hvornår"), rows=(TableRow(cells=cells),)
    )
    summary = collect(None, [Item("one", "Et punkt")], {"one": lambda board, item, say: [table]}, HEADING, DA)
    text = pdf_text(await maker.summary(summary, DA))
    # Hyphenated, it is whole for searching and for screen readers; what fits stays unchanged.
    assert "Arbejdsmiljørepræsentantuddannelse" not in text
    assert all(squeezed(cell) in squeezed(text) for cell in cells)
    assert "Tillidsrepræsentanten" in text
    assert "Om formiddagen" in " ".join(text.split())


async def test_U11_on_paper_too_only_long_words_are_hyphenated(maker: FileMaker) -> None:
    # With prefixes of different lengths, so that each word is at the end of a line somewhere.
    notes = tuple(f"{'i' * n} efter bagefter onsdag Kantinekøkkenudstyret" for n in range(4, 40))
    text = pdf_text(await maker.summary(with_notes(*notes), DA))
    ends = [line[:-1].split()[-1] for line in text.splitlines() if line.endswith("\xad")]
    assert ends and all("Kantinekøkkenudstyret".startswith(end) for end in ends)


async def test_U11_however_long_a_word_is_it_is_hyphenated_if_it_has_syllables(maker: FileMaker) -> None:
    word = "Speciallægepraksisplanlægningsstabiliseringsperiodekonferencelokaleudlejning"
    text = pdf_text(await maker.summary(with_notes(f"{word} igen"), DA))
    (begun,) = (line for line in text.splitlines() if line.startswith("Special"))
    assert begun == "Speciallægepraksisplanlægningsstabilise\xad"
