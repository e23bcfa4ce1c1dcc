"""Every text in every language, and a text for every code."""

import re
from pathlib import Path

import pytest

from app.engine.agenda import THRESHOLD
from app.locales import languages, texts_of, words
from app.parts.why import PARTS as WHY_PARTS

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"\{(\w+)\}")
RAISED = re.compile(
    r"""(?:Refused|Problem|ValueError|[Rr]efusal|Fault)\(\s*(?:\w+, )?"([a-z_]+)"|"""
    r"""(?:code|refused)="([a-z_]+)\""""
)
#: Shown to nobody: timed commands answer the server itself with it.
UNSAID = {"nothing_due"}


def test_a_number_is_said_in_the_form_of_the_language() -> None:
    said = [words("da")("summary.notes", n=n) for n in (0, 1, 2)]
    assert said == ["Ingen sedler", "1 seddel", "2 sedler"]
    assert words("en")("summary.short.notes", n=2, number="two") == "You wrote two notes."


def test_every_text_in_every_language() -> None:
    keys = {language: set(texts_of(language)) for language in languages()}
    assert set(languages()) >= {"da", "en"}
    for language in languages():
        assert not keys["da"] ^ keys[language], language
        assert not [key for key, text in texts_of(language).items() if not text.strip()]


@pytest.mark.parametrize("language", [language for language in languages() if language != "da"])
def test_the_same_places_in_every_language(language: str) -> None:
    danish, other = texts_of("da"), texts_of(language)
    odd = [key for key in danish if set(PLACE.findall(danish[key])) != set(PLACE.findall(other[key]))]
    assert not odd


def raised() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "app").rglob("*.py"):
        text = path.read_text("utf-8")
        if any(word in text for word in ("Refused", "Problem(", "refusal", "Answer(", "clean(")):
            found |= {one for match in RAISED.findall(text) for one in match if one}
    return found - UNSAID


@pytest.mark.parametrize("code", sorted(raised()))
def test_every_refusal_can_be_said(code: str) -> None:
    missing = [language for language in languages() if f"refused.{code}" not in texts_of(language)]
    assert not missing


#: Method id -> the keys that must exist, as a prefix and their least number.
SHOWN = {
    "P2.3": ("notes.desk.say.turned_", 12),
    "P2.5 question 1": ("notes.desk.example.q1.", 3),
    "P2.5 question 2": ("notes.desk.example.q2.", 3),
    "P2.6": ("clustering.desk.say.", 3),
    "P2.6 examples": ("clustering.desk.example.", 4),
    "P2.7": ("presentation.desk.example.", 3),
    "P2.7 script": ("presentation.desk.say.", 3),
    "P2.6 questions": ("clustering.report.question.", 4),
    "P3.1": ("influence.desk.example.", 4),
    "P3.1 script": ("influence.desk.say.", 2),
    "P3.2": ("priority.desk.example.", 4),
    "P3.2 script": ("priority.desk.say.", 4),
    "P3.3": ("priority.desk.say.choose", 3),
    "P4.1": ("stop_more_new.desk.example.", 6),
    "P4.1 script": ("stop_more_new.desk.say.", 4),
    "P4.2": ("turn_up_turn_down.desk.example.", 6),
    "P4.2 script": ("turn_up_turn_down.desk.say.", 4),
    "P5.3": ("reflection.desk.example.", 4),
    "P5.3 script": ("reflection.desk.say.", 9),
    "P5.1": ("pulse.desk.example.", 3),
    "P5.1, P5.2 script": ("pulse.desk.say.", 12),
    "P4.3": ("posters.desk.about.", 2),
    "W10 prompts": ("why.desk.part.", 2 * len(WHY_PARTS)),
    "W10 duties": ("desk.group.duty.", 6),
    "W10 factors": ("factors.desk.about.", 6),
    "W10 three rows": ("action_plan.desk.example.", 3 * 6),
}


@pytest.mark.parametrize("id", SHOWN)
@pytest.mark.parametrize("language", languages())
def test_P2_3_P2_5_P3_P4_scripts_and_examples_are_there(id: str, language: str) -> None:
    start, least = SHOWN[id]
    assert len([key for key in texts_of(language) if key.startswith(start)]) >= least


def test_W10_notes_are_asked_for_by_the_three_ks() -> None:
    asked = texts_of("da")["notes.desk.say.before.hint3"]
    assert all(k in asked for k in ("kærlig", "konkret", "konstruktiv"))


@pytest.mark.parametrize("kind", ["stop_more_new", "turn_up_turn_down"])
@pytest.mark.parametrize("language", languages())
def test_W10_every_example_of_a_proposal_names_its_theme(kind: str, language: str) -> None:
    examples = [text for key, text in texts_of(language).items() if key.startswith(f"{kind}.desk.example.")]
    assert not [text for text in examples if not re.match(r"[^–]+ – [^:]+: ", text)]


#: U22: terms to avoid, and the right ones (`app/README.md`, "What people read").
NEVER = {
    "da": r"workshop|referat|rapport|dialogskema|\b[Tt]ag(?:es)?\b[^.,]*\b(?:ud af|af tavlen)\b",
    "en": r"workshop|\breports?\b|\b[Tt]ake\b[^.,]*\b(?:off|out of)\b",
}
#: The board is also the object that all work on, over many meetings.
WHOLE_BOARD = {"clustering.desk.board", "desk.connecting", "desk.full", "desk.welcome.about"}


@pytest.mark.parametrize("language", NEVER)
def test_U22_one_word_for_each_thing(language: str) -> None:
    assert not [key for key, text in texts_of(language).items() if re.search(NEVER[language], text)]


def test_U22_the_desk_says_wall_and_phones_say_board() -> None:
    def says(word: str, shell: str) -> set[str]:
        # Labels that the desk quotes are those on the phone.
        texts = {key: re.sub("“[^”]*”", "", text) for key, text in texts_of("en").items()}
        spoken = {key for key in texts if shell in key.split(".")[:2] and ".example." not in key}
        return {key for key in spoken if re.search(rf"\b{word}\b", texts[key])}

    assert says("(?<!notice )board", "desk") == WHOLE_BOARD
    assert not says("wall", "phone")


@pytest.mark.parametrize("language", languages())
def test_no_text_shouts(language: str) -> None:
    assert not [key for key, text in texts_of(language).items() if "!" in text]


def test_H4_a_theme_without_a_name_is_called_the_same_everywhere() -> None:
    for language in languages():
        keys = [key for key in texts_of(language) if "unnamed" in key.split(".")]
        assert keys == ["shared.unnamed"], language


#: Texts containing that number which are not about answers.
ANOTHER_FIVE = {
    *(
        "desk.home.circle",
        "desk.process.circle",
        "desk.process.of_five",
        "notes.desk.number.5",
        "summary.numbers",
    ),
    *("pulse.desk.alt", "pulse.desk.high", "pulse.wall.alt", "pulse.wall.high", "reflection.desk.fact"),
    *("phone.join.alphabet", "refused.no_room", "refused.too_deep", "shared.start.setting.trusted_proxies"),
    *("stop_more_new.desk.say.writing", "turn_up_turn_down.desk.say.writing"),
}
SAID = {"da": "fem", "en": "five"}


@pytest.mark.parametrize("language", languages())
def test_A12_no_text_names_the_threshold_itself(language: str) -> None:
    number = re.compile(rf"\b({THRESHOLD}|{SAID[language]})\b", re.IGNORECASE)
    named = {key for key, text in texts_of(language).items() if number.search(text)}
    assert named == ANOTHER_FIVE, "a company may ask for more: such a text says {least}"


def test_A12_no_code_writes_the_threshold_a_second_time() -> None:
    written = re.compile(rf"(?:threshold|least)\"?'?\s*[:=<]+\s*{THRESHOLD}\b", re.IGNORECASE)
    kept = [
        path
        for root, kinds in (("app", {".py", ".html"}), ("frontend/src", {".ts", ".svelte"}))
        for path in (ROOT / root).rglob("*")
        if path.suffix in kinds and not path.name.endswith((".test.ts", ".gen.ts"))
    ]
    assert len(kept) > 500
    assert [str(path) for path in kept if written.search(path.read_text("utf-8"))] == []
