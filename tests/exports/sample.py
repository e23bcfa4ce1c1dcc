"""A whole process as its reports return it: sixty notes, eight themes, three chosen."""

from dataclasses import dataclass
from datetime import date

from app.blocks.answers import QuestionAnswer, QuestionAnswers
from app.blocks.chosen import Chosen
from app.blocks.fields import FieldBlock, Fields
from app.blocks.notes import Notes
from app.blocks.paragraph import Paragraph
from app.blocks.quadrants import Quadrants
from app.blocks.splits import Split, SplitBar, Splits
from app.blocks.themes import ThemeBlock, Themes
from app.blocks.wheel import Ray, Wheel
from app.engine.report import Block, Card, Paper, Report, Words
from app.exports.summary import Heading, Meeting, Summary, collect
from app.locales import words


@dataclass(frozen=True)
class Item:
    """The parts of an item that the summary reads."""

    activity: str
    title: str
    workshop: str = "w"


JOYS: dict[tuple[str, Paper], list[str]] = {
    ("Kollegerne", "korn"): [
        "At vi griner sammen i pausen",
        "Der er altid en, der hjælper",
        "Vi siger godmorgen til hinanden",
        "Fredagskaffen",
        "At nye bliver taget godt imod, også dem der kun er her i to måneder over sommeren",
        "Vi holder sammen, når det brænder på",
        "Jeg bliver savnet, når jeg er væk",
    ],
    ("Et godt stykke arbejde", "mos"): [
        "Når køkkenet står færdigt, og det passer",
        "At se kunden smile",
        "Jeg må selv finde ud af rækkefølgen",
        "Ordentligt materiale",
        "At kunne være stolt af det, man har lavet",
        "Opgaver, jeg ikke har prøvet før",
        "Når en svær samling lykkes",
    ],
    ("Frihed", "fjord"): [
        "Flekstid",
        "At kunne hente børn kl. 15",
        "Ingen kigger mig over skulderen",
        "Min egen nøgle",
    ],
}
HARD: dict[tuple[str, Paper], list[str]] = {
    ("Besked om ændringer", "hyben"): [
        "Tegningen er lavet om, og jeg hører det bagefter",
        "Ordren bliver flyttet, og ingen siger det",
        "Kunden ved det før os",
        "Kontoret og hallen har hver sin plan",
        "Man opdager først om morgenen, at bilen er læsset til en anden adresse, og så er den halve dag gået",
        "Ændringer på et stykke pap",
        "3 forskellige planer på 1 uge",
        "Jeg får beskeden af en tilfældig",
        "Nye mål samme dag",
        "Ingen ved, hvem der har besluttet det",
    ],
    ("Afbrydelser", "fjord"): [
        "Telefonen ringer, mens jeg måler op",
        "Spørgsmål hele dagen",
        "Radioen er for høj ≥ 85 dB",
        "Jeg når aldrig at blive færdig",
        "Folk går lige ind",
        "Beskeder → i fire forskellige systemer",
        "Møder midt i det hele",
        "Truck kører gennem området",
    ],
    ("Travlt før levering", "korn"): [
        "De sidste to dage er altid kaos",
        "Overarbejde uden varsel",
        "Vi springer pausen over",
        "Fejl, fordi det skal gå stærkt",
        "Weekendvagt igen",
        "Alle er sure om torsdagen",
        "Kunden ringer til os alle sammen",
        "Ingen siger fra",
        "Jeg tager det med hjem i hovedet",
    ],
    ("Oplæring af nye", "mos"): [
        "Der er ikke tid til at lære dem op",
        "Nye får de kedelige opgaver",
        "Man skal spørge fem gange",
        "Ingen fast makker",
    ],
    ("For lidt ros", "fjord"): [
        "Man hører kun noget, når det går galt",
        "Tak er gratis 🙂",
        "Ingen ser det ekstra",
    ],
}
LONG = "Værktøj og plads i den gamle hal, hvor lageret og kantinekøkkenudstyrsværkstedet deler porten"
REST: dict[tuple[str, Paper], list[str]] = {
    ("Kulde i hallen", "mos"): ["Porten står åben", "12 grader mandag morgen", "Kolde hænder"],
    (LONG, "lyng"): ["Vi deler én slibemaskine", "Der er rod", "Savnet: gode borde", "Lyset blinker"],
}
CHOSEN = ("Besked om ændringer", "Afbrydelser", "Travlt før levering")


def cards(*names: str) -> tuple[Card, ...]:
    papers = dict([*JOYS, *HARD, *REST])
    return tuple(Card(name=name, paper=papers[name], chosen=name in CHOSEN) for name in names)


def themed(them: dict[tuple[str, Paper], list[str]]) -> Themes:
    return Themes(
        themes=tuple(
            ThemeBlock(name=name, paper=paper, notes=tuple(notes), chosen=name in CHOSEN)
            for (name, paper), notes in them.items()
        )
    )


def notes_report(board: object, item: Item, words: Words) -> list[Block]:
    return [
        Paragraph(text="Et par sedler fandt ikke sammen med andre.", tone="quiet"),
        Notes(notes=("Solen",)),
    ]


def clustering_report(board: object, item: Item, words: Words) -> list[Block]:
    if item.title.startswith("Det, der giver"):
        return [themed(JOYS)]
    answers = (
        QuestionAnswer(
            question="Hvad springer i øjnene?", answer="At så meget handler om, hvornår vi får noget at vide."
        ),
        QuestionAnswer(question="Hvad går igen?", answer="Planer, der ændres uden besked.\nAfbrydelser."),
    )
    wheel = Wheel(
        rays=(
            Ray(label="Krav", cards=cards("Travlt før levering", "Afbrydelser")),
            Ray(label="Indflydelse", cards=cards("Afbrydelser")),
            Ray(label="Mening"),
            Ray(label="Social støtte", cards=cards("Oplæring af nye")),
            Ray(label="Forudsigelighed", cards=cards("Besked om ændringer", "Oplæring af nye", LONG)),
            Ray(label="Belønning", cards=cards("For lidt ros")),
        ),
        caption="Temaerne fordelt på seks forhold.",
        alt="Krav: Travlt før levering, Afbrydelser; Mening: ingen temaer.",
    )
    return [themed(HARD | REST), wheel, QuestionAnswers(answers=answers)]


def influence_report(board: object, item: Item, words: Words) -> list[Block]:
    can = FieldBlock(title="Kan påvirkes", cards=cards(*CHOSEN, "Oplæring af nye", "For lidt ros"))
    cannot = FieldBlock(title="Kan ikke påvirkes", cards=cards("Kulde i hallen", LONG))
    return [Fields(fields=(can, cannot), caption="Det, I ikke kan ændre, er nu fælles viden.")]


def split(name: str, important: int, urgent: int) -> Split:
    (card,) = cards(name)
    return Split(
        card=card,
        bars=(
            SplitBar(label="Vigtigt", yes=important, of=11, said="de fleste er enige"),
            SplitBar(label="Haster", yes=urgent, of=11, said="delte meninger"),
        ),
    )


def priority_report(board: object, item: Item, words: Words) -> list[Block]:
    return [
        Splits(
            splits=(split("Besked om ændringer", 11, 6), split("Kulde i hallen", 3, 7)),
            caption="Kun temaer, som mindst fem placerede, er med.",
        ),
        Quadrants(
            columns=("Vigtigt", "Ikke vigtigt"),
            rows=("Haster", "Haster ikke"),
            cells=(
                (cards(*CHOSEN), cards("Kulde i hallen")),
                (cards("Oplæring af nye", "For lidt ros"), cards(LONG)),
            ),
            caption="Temaerne efter hvor vigtige de er, og hvor meget de haster. De mørke er valgt.",
            alt="Fire felter. Vigtigt og haster: Besked om ændringer, Afbrydelser, Travlt før levering.",
        ),
        Chosen(themes=cards(*CHOSEN)),
    ]


WHY = (
    "Tre gode kolleger er rejst på et år. "
    "Vi vil finde ud af, hvad der skal til, for at I har lyst til at blive."
)


def why_report(_board: object, _item: object, _words: object) -> list[Block]:
    return [Paragraph(text=WHY, tone="lead")]


REPORTS: dict[str, Report] = {
    "why": why_report,
    "notes": notes_report,
    "clustering": clustering_report,
    "influence": influence_report,
    "priority": priority_report,
}
ITEMS = (
    Item("why", "Hvorfor"),
    Item("notes", "Hvad giver dig lyst til at gå på arbejde?"),
    Item("clustering", "Det, der giver lyst"),
    Item("clustering", "Det, der gør det svært"),
    Item("influence", "Kan vi påvirke det"),
    Item("priority", "De valgte temaer"),
)
HEADING = Heading(
    company="Bakkedal Inventar",
    group="Montagen",
    meetings=(
        Meeting(title="Hvad er god trivsel?", day=date(2026, 11, 12), people=24),
        Meeting(title="Resultater", day=date(2026, 11, 26), people=21),
        Meeting(title="Udvælg temaer", day=date(2026, 12, 3), people=22),
    ),
)


def sample(language: str = "da") -> Summary:
    """The whole process."""
    return collect(None, ITEMS, REPORTS, HEADING, words(language))
