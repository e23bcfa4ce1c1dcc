"""The promises of the page "what is stored, and what is not": every clause rests on tested rules."""

import re
from functools import cache
from pathlib import Path

import httpx2
import pytest
from fastapi import FastAPI

from app.live.door import typed
from app.locales import languages, texts_of, words
from app.pages.stored import PAGES, SECTIONS, routes, stored_page

ROOT = Path(__file__).parents[2]
RULES = sorted({rule for clauses in SECTIONS.values() for rules in clauses.values() for rule in rules})
TITLE = re.compile(r"\b(?:it|test)(?:\.each\(.*?\]\))?\(\s*[\"`](.+?)[\"`],")
CLAUSE = re.compile(r'<li data-clause="([a-z_.]+)" data-test="([^"]+)"><p>([^<]+)<small>')


@cache
def names() -> str:
    """The names of all tests of both sides."""
    python = (
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"def (test_\w+)", path.read_text("utf-8"))
    )
    front = (
        re.sub(r"\W", "_", name)
        for path in (ROOT / "frontend" / "src").rglob("*.test.ts")
        for name in TITLE.findall(path.read_text("utf-8"))
    )
    return "\n".join(f"_{name}_" for name in (*python, *front))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_that_is_named_is_named_by_a_test(rule: str) -> None:
    assert f"_{rule.replace('.', '_')}_" in names()


def test_a_rule_that_no_test_names_is_found() -> None:
    assert "_A99_" not in names()


def test_every_clause_is_in_every_language_with_the_same_rules() -> None:
    wanted = [
        (f"{section}.{clause}", " ".join(rules))
        for section, clauses in SECTIONS.items()
        for clause, rules in clauses.items()
    ]
    assert all(rules for _, rules in wanted)
    assert set(PAGES) == set(languages())
    for language in PAGES:
        found = CLAUSE.findall(stored_page(language))
        assert [(clause, rules) for clause, rules, _ in found] == wanted
        assert len({text for *_, text in found}) == len(wanted)


@pytest.mark.parametrize("language", PAGES)
def test_no_text_of_the_page_is_left_out(language: str) -> None:
    shown = {f"page.stored.{section}" for section in SECTIONS}
    shown |= {f"page.stored.{section}.{clause}" for section in SECTIONS for clause in SECTIONS[section]}
    shown |= {f"page.stored.{key}" for key in ("title", "lead", "tests", "other", "contents", "rules")}
    assert {key for key in texts_of(language) if key.startswith("page.stored.")} == shown


@pytest.mark.parametrize("language", PAGES)
async def test_X27_it_is_there_for_everybody_and_needs_no_script(language: str) -> None:
    app = FastAPI()
    app.include_router(routes())
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app), base_url="http://x") as anybody:
        answer = await anybody.get(PAGES[language])
    assert answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")
    assert f'<html lang="{language}">' in answer.text and words(language)("page.stored.title") in answer.text
    assert "<script" not in answer.text and " style=" not in answer.text
    assert "set-cookie" not in answer.headers


def test_X10_its_addresses_can_be_no_code() -> None:
    assert not [page for page in PAGES.values() if typed(page.removeprefix("/"))]


def test_the_phone_leads_to_it() -> None:
    link = (ROOT / "frontend" / "src" / "phone" / "Stored.svelte").read_text("utf-8")
    # It may be under a path, which is prefixed (G07).
    assert all(f'"{page.removeprefix("/")}"' in link for page in PAGES.values())
    for page in ("Page", "Join"):
        assert "<Stored />" in (ROOT / "frontend" / "src" / "phone" / f"{page}.svelte").read_text("utf-8")
