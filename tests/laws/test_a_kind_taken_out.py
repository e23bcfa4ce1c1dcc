"""A kind of activity is a folder on each side and a line in the server's registry: all else works without.

Each kind is removed from a copy of the server: its folder, its lines in the registry, its texts, its rows in
the templates. All modules that are left are imported, and the contract and the agendas are generated.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from app.activities.registry import ACTIVITIES

ROOT = Path(__file__).parents[2]
FRONT = ROOT / "frontend" / "src"
KINDS = sorted(kind.name for kind in ACTIVITIES)

#: Run in the copy: every module, the contract of the front end, and each remaining agenda.
WITHOUT = """
import importlib, pkgutil, sys
import app
for module in pkgutil.walk_packages(app.__path__, "app."):
    # The demo is a meeting of certain kinds: it goes with them.
    if not module.name.startswith(("app.__main__", "app.operations.demo", "app.exports.worker")):
        importlib.import_module(module.name)
from app.activities.registry import registry
from app.locales import words
from app.method.templates import TEMPLATES, Earlier, Template, items
from app.contract.openapi import document
kind = sys.argv[1]
assert kind not in registry.kinds
document()
from dataclasses import replace
for template in TEMPLATES:
    plans = [plan for plan in template.items if plan.kind != kind]
    names = {plan.name for plan in plans}
    def whole(setting):
        many = setting if isinstance(setting, (list, tuple)) else [setting]
        return all(each.name in names for each in many if isinstance(each, Earlier))
    plans = tuple(plan for plan in plans if all(map(whole, plan.settings.values())))
    ids = iter(f"item{n}" for n in range(99))
    for item in items(replace(template, items=plans), "w", words("da"), lambda: next(ids)):
        registry.settings_of(item.activity).model_validate(item.settings)
"""


def taken_out(kind: str, folder: Path) -> Path:
    """A copy of the server without a kind."""
    shutil.copytree(ROOT / "app", folder / "app", ignore=shutil.ignore_patterns("web"))
    shutil.rmtree(folder / "app" / "activities" / kind)
    registry = folder / "app" / "activities" / "registry.py"
    lines = registry.read_text("utf-8").splitlines(keepends=True)
    own = re.compile(rf"from app\.activities\.{kind} |    {kind},$")
    registry.write_text("".join(line for line in lines if not own.match(line)), "utf-8")
    for path in (folder / "app" / "locales").glob("*.json"):
        texts = json.loads(path.read_text("utf-8"))
        keys = (f"{kind}.", f"did.{kind}.")
        path.write_text(json.dumps({k: v for k, v in texts.items() if not k.startswith(keys)}), "utf-8")
    return folder


@pytest.mark.parametrize("kind", KINDS)
def test_H6_the_server_stands_without_a_kind(kind: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", WITHOUT, kind]
    done = subprocess.run(command, cwd=taken_out(kind, tmp_path), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]


def imports_of(path: Path) -> list[str]:
    """The imports of a front end file, as written."""
    return re.findall(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""", path.read_text("utf-8"))


@pytest.mark.parametrize("kind", KINDS)
def test_H7_the_desks_shell_and_the_wall_name_no_kind(kind: str) -> None:
    named = re.compile(rf"""(?<!class=)["'`]{kind}["'`]""")
    shells = (*(FRONT / "desk" / "live").iterdir(), *(FRONT / "wall").iterdir())
    # A CSS class of that name only concerns appearance.
    looks = re.compile(r'class="[^"]*"')
    naming = [
        path.name
        for path in shells
        if path.suffix in (".ts", ".svelte")
        and ".test." not in path.name
        and named.search(looks.sub("", path.read_text("utf-8")))
    ]
    assert not naming


@pytest.mark.parametrize("kind", KINDS)
def test_H6_no_other_file_of_the_front_end_reads_a_kinds_folder(kind: str) -> None:
    own = FRONT / "activities" / kind
    # The view of the notes is in the phone's own file, so that nobody waits.
    known = {FRONT / "phone" / "faces.ts"}
    reading = [
        path.relative_to(FRONT).as_posix()
        for path in (*FRONT.rglob("*.ts"), *FRONT.rglob("*.svelte"))
        if own not in path.parents and path not in known and ".test." not in path.name
        for name in imports_of(path)
        if name.startswith(".") and own in (path.parent / name).resolve().parents
    ]
    assert not reading
