"""H6: a kind is declared once, completely; no import sets anything on it or fills in a table."""

import ast
from collections.abc import Iterator
from dataclasses import FrozenInstanceError, fields
from functools import cache
from pathlib import Path

import pytest

from app.activities.registry import ACTIVITIES, registry
from app.engine.activity import Kind

APP = Path(__file__).parents[2] / "app"
MODULES = [path for path in sorted(APP.rglob("*.py")) if "web" not in path.parts]


@cache
def declared() -> list[tuple[str, str, str]]:
    """Every kind: the folder and the file in which it is declared, and its name there."""
    return [
        (path.parent.name, path.name, ast.unparse(node.targets[0]))
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) == "Kind"
    ]


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.name)
def test_H6_a_kind_cannot_be_changed_once_it_is_declared(kind: Kind) -> None:
    for hooks in kind.hooks:
        for each in fields(hooks):
            with pytest.raises(FrozenInstanceError):
                setattr(hooks, each.name, None)


@pytest.mark.parametrize("kind", ACTIVITIES, ids=lambda kind: kind.name)
def test_H6_a_kind_is_one_call_in_its_own_folder(kind: Kind) -> None:
    calls = [(folder, file) for folder, file, name in declared() if name == kind.name]
    assert calls == [(kind.name, "__init__.py")]
    assert registry.kinds[kind.name] is kind


def at_import(tree: ast.Module) -> Iterator[ast.stmt]:
    """What runs when a module is imported, besides definitions."""
    for node in tree.body:
        yield from node.body if isinstance(node, ast.If | ast.For | ast.With | ast.Try) else (node,)


def test_H6_no_module_keeps_an_empty_table_for_others_to_fill() -> None:
    empty = {"{}", "[]", "set()", "dict()", "list()", "defaultdict(list)", "defaultdict(dict)"}
    assert not [
        (path.name, ast.unparse(node))
        for path in MODULES
        for node in at_import(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assign | ast.AnnAssign)
        and node.value is not None
        and ast.unparse(node.value) in empty
        # References keep running tasks from being collected.
        and "Task[" not in ast.unparse(node)
    ]


def test_H6_no_module_of_the_rules_sets_an_attribute_on_what_it_imports() -> None:
    rules = [path for path in MODULES if path.parts[len(APP.parts)] in ("activities", "parts", "engine")]
    assert len(rules) > 50
    assert not [
        (path.name, ast.unparse(node))
        for path in rules
        for node in at_import(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Assign) and any(isinstance(each, ast.Attribute) for each in node.targets)
    ]
