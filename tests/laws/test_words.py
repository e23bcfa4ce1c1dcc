"""Every text in every language, and a text for everything that can be said."""

import re
from pathlib import Path

import pytest

from app.locales import languages, texts_of, words

ROOT = Path(__file__).parents[2]
PLACE = re.compile(r"\{(\w+)\}")
RAISED = re.compile(
    r"""(?:Refused|Problem|ValueError|[Rr]efusal|Fault)\(\s*(?:\w+, )?"([a-z_]+)"|"""
    r"""(?:code|refused)="([a-z_]+)\""""
)
#: Said to nobody: what falls due by time answers so to the server itself.
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


#: method id -> the keys that must be there, as the start of a key and how many of them at least.
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
}


@pytest.mark.parametrize("id", SHOWN)
@pytest.mark.parametrize("language", languages())
def test_P2_3_P2_5_P3_P4_scripts_and_examples_are_there(id: str, language: str) -> None:
    start, least = SHOWN[id]
    assert len([key for key in texts_of(language) if key.startswith(start)]) >= least


@pytest.mark.parametrize("language", languages())
def test_no_text_shouts(language: str) -> None:
    assert not [key for key, text in texts_of(language).items() if "!" in text]


def test_H4_a_theme_without_a_name_is_called_the_same_everywhere() -> None:
    for language in languages():
        keys = [key for key in texts_of(language) if "unnamed" in key.split(".")]
        assert keys == ["shared.unnamed"], language
