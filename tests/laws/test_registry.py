"""Requirements on every kind of activity, every command and every record."""

import re
import secrets
from pathlib import Path
from typing import TypeVar, get_args

import pytest
from pydantic import BaseModel

from app.activities.registry import ACTIVITIES, registry
from app.engine.activity import Kind, Ruled
from app.engine.commands import MATRIX, Command, DriverCommand
from app.engine.records import Gone, Record, Seen
from app.live.messages import AnyCommand
from app.locales import languages, texts_of, words
from app.method.templates import TEMPLATES, Template, items
from tests.support.commands import MAKERS

ROOT = Path(__file__).parents[2]
FOLDERS = ROOT / "frontend" / "src" / "activities"
RULES = list(registry.commands)
#: The questions of earlier meetings on each paper.
ROUNDS = {"korn": "q1", "fjord": "q2"}
NEVER_SEEN = {"secret", "secret_hash", "rev", "opened_at", "moved_at", "before", "after"}
M = TypeVar("M", bound=BaseModel)
KINDS = [kind for kind in registry.kinds.values() if kind in ACTIVITIES]


def type_of(ruled: Ruled) -> str:
    return str(get_args(ruled.command.model_fields["type"].annotation)[0])


def all_of(base: type[M]) -> set[type[M]]:
    """Its subclasses that the product defines."""
    found: set[type[M]] = set()
    for sub in base.__subclasses__():
        found |= {sub} | all_of(sub)
    return {one for one in found if one.__module__.startswith("app.")}


@pytest.mark.parametrize("ruled", RULES, ids=type_of)
def test_every_command_has_a_row_in_the_matrix_a_rule_and_a_maker(ruled: Ruled) -> None:
    assert ruled.group in MATRIX
    assert ruled.rule.__doc__, f"the rule of {type_of(ruled)} says nothing"
    assert re.match(r"[A-Z]{1,2}\d", ruled.rule.__doc__) or ruled.command.__module__.startswith(
        ("app.engine", "app.parts")
    )
    assert ruled.command in MAKERS, f"tests/support/commands.py does not know how to make {type_of(ruled)}"


def test_every_command_class_that_has_a_type_is_ruled() -> None:
    """A message without a rule would be accepted by the parser and crash in the room."""
    typed = {c for c in all_of(Command) if get_args(c.model_fields["type"].annotation)}
    assert typed == {one.command for one in RULES}


def test_the_servers_own_commands_cannot_be_sent() -> None:
    spoken = set(get_args(get_args(AnyCommand)[0]))
    assert spoken == {one.command for one in RULES if one.group not in ("server", "named")}
    assert not spoken & set(registry.server_commands)


def test_A3_what_carries_a_name_is_on_no_line_and_has_a_wire_of_its_own() -> None:
    named = set(get_args(get_args(registry.named_union)[0]))
    assert named == {one.command for one in RULES if one.group == "named"}
    assert not named & set(get_args(get_args(AnyCommand)[0]))


def test_every_type_is_said_once() -> None:
    types = [type_of(one) for one in RULES]
    assert len(types) == len(set(types))


@pytest.mark.parametrize("ruled", [r for r in RULES if issubclass(r.command, DriverCommand)], ids=type_of)
def test_every_drivers_command_says_its_undo(ruled: Ruled) -> None:
    assert ruled.undo is not None
    assert ruled.undo.possible or (ruled.undo.reason and len(ruled.undo.reason) > 10)


def test_every_record_has_a_view() -> None:
    kinds = {r for r in all_of(Record) if isinstance(r.model_fields["kind"].default, str)}
    assert kinds - {Gone} == set(registry.record_kinds)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_activity_has_a_report_and_its_folders_on_both_sides(kind: Kind) -> None:
    here = ROOT / "app" / "activities" / kind.name
    files = {path.name for path in here.iterdir()}
    assert {"__init__.py", "messages.py", "report.py"} <= files
    assert ("rules.py" in files) == bool(kind.part.rules or kind.enter or kind.leave)
    there = {path.name for path in (FOLDERS / kind.name).iterdir()}
    assert {"index.ts", "Phone.svelte", "Wall.svelte", "desk.ts"} <= there
    assert (ROOT / "tests" / "activities" / kind.name).is_dir()


def test_the_front_end_has_a_folder_for_each_kind_and_for_nothing_else() -> None:
    """Its folders match its registry."""
    assert {path.parent.name for path in FOLDERS.glob("*/index.ts")} == {kind.name for kind in KINDS}
    assert {path.name for path in FOLDERS.iterdir() if path.is_dir()} == {kind.name for kind in KINDS}


@pytest.mark.parametrize(
    "ruled", [r for r in RULES if r.undo is not None and (r.undo.possible or r.undo.by)], ids=type_of
)
@pytest.mark.parametrize("language", languages())
def test_every_step_that_can_be_undone_has_words(ruled: Ruled, language: str) -> None:
    assert texts_of(language).get(f"did.{type_of(ruled)}")


def test_no_shape_that_leaves_the_server_has_a_field_for_secrets() -> None:
    """A1, E10: what must not leave the server has no field in `Seen` models."""
    shown = get_args(get_args(registry.seen_union)[0])
    assert shown and all(issubclass(shape, Seen) for shape in shown)
    for shape in shown:
        assert not NEVER_SEEN & set(shape.model_fields), shape


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_every_template_makes_items_that_their_kinds_accept(template: Template, language: str) -> None:
    """P2.9, F4: a template is data; a wrong one is detected here."""
    made = items(template, "w", words(language), lambda: secrets.token_urlsafe(16), ROUNDS)
    assert len({plan.name for plan in template.items}) == len(made)
    for item in made:
        kind = registry.kinds[item.activity]
        kind.settings.model_validate(item.settings)
    assert texts_of(language).get(f"method.template.{template.id}")
    assert texts_of(language).get(f"method.template.{template.id}.about")
