"""The board before a rehearsal begins, for an agenda that builds on an earlier meeting."""

from collections.abc import Iterator

from app.engine.agenda import Item, Workshop, to_the_minute
from app.engine.commands import new_id
from app.engine.records import Record
from app.engine.registry import Registry
from app.locales import words
from app.method.phases import Phase
from app.method.templates import PAPERS, TEMPLATES, Plan, Template, gathers, items
from app.parts.notes.messages import WritingSettings
from app.parts.notes.records import Note
from app.parts.plan import Action
from app.parts.themes import Chosen, Influence, Theme, chosen_id, influence_id
from app.rehearsal.invented import Invented, InventedTheme

#: P3.3: how many themes the group has chosen, if it has chosen any.
CHOSEN = 2


def before(plan: Template, opening: Workshop, said: Invented, kinds: Registry, now: int) -> list[Record]:
    """An invented meeting before the one of that agenda; nothing if it needs none."""
    if plan.phase is Phase.WHY or (plan.phase is Phase.WELL_BEING and _asks(plan, kinds)):
        return []
    meeting = opening.with_(id=new_id(), title=said.earlier, state="ended")
    asked = [_question(paper) for paper in PAPERS.values()]
    minute = to_the_minute(now)
    held = [
        item.with_(state="done", started_at=minute, ended_at=minute)
        for item in items(
            Template("", Phase.WELL_BEING, tuple(asked)), meeting.id, words(meeting.language), new_id
        )
    ]
    return [meeting, *held, *_found(plan, held, said)]


def _asks(plan: Template, kinds: Registry) -> bool:
    """Whether people are asked something in it."""
    return any(issubclass(kinds.settings_of(item.kind), WritingSettings) for item in plan.items)


def _question(paper: str) -> Plan:
    """The method's own question on a paper."""
    return next(plan for one in TEMPLATES for plan in one.items if plan.settings.get("paper") == paper)


def _found(plan: Template, held: list[Item], said: Invented) -> Iterator[Record]:
    gathered = not any(gathers(item) for item in plan.items)
    themes: list[Theme] = []
    for item, texts, of_it in zip(held, map(said.says, PAPERS), (said.themes, said.themes_hard), strict=True):
        made = [_theme(one, item, n) for n, one in enumerate(of_it)] if gathered else []
        themes += made
        homes = {text: theme.id for theme, one in zip(made, of_it, strict=False) for text in one.notes}
        yield from made
        for n, text in enumerate(texts):
            yield Note(
                id=new_id(),
                activity=item.id,
                text=text,
                secret_hash=None,
                rev=0,
                face="up",
                theme=homes.get(text),
                rank=float(n),
            )
    hard = [theme for theme in themes if theme.of == held[-1].id]
    # An agenda of a single item starts after the influence board.
    if plan.phase > Phase.CHOOSE or (plan.phase is Phase.CHOOSE and len(plan.items) == 1):
        yield from (Influence(id=influence_id(theme.id), theme=theme.id, field="can") for theme in hard)
    if plan.phase > Phase.CHOOSE:
        yield from (Chosen(id=chosen_id(one.id, 1), theme=one.id) for one in hard[:CHOSEN])
    if plan.phase is Phase.FOLLOW_UP:
        for n, action in enumerate(said.actions):
            theme = hard[n % CHOSEN].id
            yield Action(id=new_id(), theme=theme, position=float(n + 1), **action.model_dump())


def _theme(one: InventedTheme, item: Item, n: int) -> Theme:
    return Theme(id=new_id(), name=one.name, paper=one.paper, of=item.id, position=float(n))
