"""What is stored, and what is not, in plain words: the page that every phone links to.

A clause is a text in the locales, `page.stored.<section>.<clause>`, with the ids of the rules it rests on or,
for what nobody can promise, of the rules it limits. A law requires a test for each id
(`tests/laws/test_stored_page.py`), so that every promise here is tested.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from app.engine.agenda import THRESHOLD
from app.locales import words

#: The page's addresses, by language. Neither can be a typed code (X10): codes have no S or O.
PAGES = {"da": "/gemmes", "en": "/stored"}

#: Section → clause → the rules it rests on, or is a limit of.
SECTIONS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    "notes": {
        "fields": ("A9", "A10"),
        "writing": ("A16", "A11", "F3"),
        "done": ("A11", "U24"),
        "stopped": ("A16", "F3"),
        "turned": ("A4", "A15"),
        "changes": ("A11", "F1", "R13"),
        "in_turn": ("P2.2",),
        "proof": ("A1",),
        "aside": ("A13", "F4"),
        "masked": ("A13", "A5"),
        "deleted": ("A5", "B55"),
        "summary": ("A16", "X12"),
    },
    "answers": {
        "names": ("A10", "A8"),
        "least": ("A12",),
        "apart": ("A12", "P3.4"),
        "words": ("A12", "A13"),
        "end": ("F4", "A4"),
    },
    "names": {
        "seen": ("P4.6",),
        "apart": ("A3",),
        "leaders": ("X1", "F3"),
        "sign_on": ("X28", "B73"),
        "invited": ("X2",),
    },
    "conversations": {
        "sealed": ("D2",),
        "side": ("B76",),
        "list": ("D3",),
        "apart": ("D2",),
    },
    "mail": {
        "asked": ("X28", "X20"),
        "words": ("X28",),
        "kept": ("X42", "X28"),
    },
    "phone": {
        "kept": ("R2", "R12"),
        "forgets": ("G17", "T2"),
        "asleep": ("G17",),
        "one_host": ("X27",),
    },
    "log": {
        "text": ("A9", "X29"),
        "memory": ("X10", "X11"),
        "deleted": ("A5", "F15", "A14"),
        "postgres": ("A8",),
    },
    "backups": {
        "open": ("A7", "F5"),
        "shown": ("R18", "F5"),
    },
    "after": {
        "unseen": ("F4", "A1"),
        "by_itself": ("F4", "A4"),
        "summary": ("F4",),
    },
    "limits": {
        "words": ("A9",),
        "few": ("A12",),
        "eyes": ("A11",),
        "network": ("X3b", "T7"),
        "server": ("A14",),
        "copies": ("A5", "X12"),
        "mails": ("X28",),
        "twice": ("A12",),
    },
}

_templates = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


@cache
def stored_page(language: str) -> str:
    """The page in a language we have."""
    (other,) = (name for name in PAGES if name != language)
    return _templates.get_template("stored.html").render(
        say=words(language),
        sections=SECTIONS,
        least=THRESHOLD,
        other=other,
        other_page=PAGES[other].removeprefix("/"),
    )


def routes() -> APIRouter:
    """The page in both languages, for everybody: no script, no cookie, the same for all."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(PAGES["da"], methods=["GET", "HEAD"])
    async def danish() -> HTMLResponse:
        return _answer("da")

    @router.api_route(PAGES["en"], methods=["GET", "HEAD"])
    async def english() -> HTMLResponse:
        return _answer("en")

    return router


def _answer(language: str) -> HTMLResponse:
    return HTMLResponse(stored_page(language), headers={"Cache-Control": "no-cache"})
