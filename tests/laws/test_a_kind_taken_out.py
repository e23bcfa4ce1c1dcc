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

#: Run where there is no `app`: imports libraries once, then each copy in a fork of its own: every module,
#: the contract of the front end, and each remaining agenda. Prints what went wrong, by kind.
WITHOUT = """
import importlib, json, os, pkgutil, sys, traceback
from dataclasses import replace

def whole():
    import app
    for module in pkgutil.walk_packages(app.__path__, "app."):
        # The demo is a meeting of certain kinds: it goes with them.
        if not module.name.startswith(("app.__main__", "app.operations.demo", "app.exports.worker")):
            importlib.import_module(module.name)

def stands(kind):
    whole()
    from app.activities.registry import registry
    from app.locales import words
    from app.method.templates import TEMPLATES, Earlier, items
    from app.contract.openapi import document
    assert kind not in registry.kinds
    document()
    for template in TEMPLATES:
        plans = [plan for plan in template.items if plan.kind != kind]
        names = {plan.name for plan in plans}
        def kept(setting):
            many = setting if isinstance(setting, (list, tuple)) else [setting]
            return all(each.name in names for each in many if isinstance(each, Earlier))
        plans = tuple(plan for plan in plans if all(map(kept, plan.settings.values())))
        ids = iter(f"item{n}" for n in range(99))
        for item in items(replace(template, items=plans), "w", words("da"), lambda: next(ids)):
            registry.settings_of(item.activity).model_validate(item.settings)

def forked(folder, do):
    reads, writes = os.pipe()
    if os.fork() == 0:
        try:
            sys.path.insert(0, folder)
            said = do()
        except BaseException:
            said = traceback.format_exc()
        with open(writes, "w") as out:
            out.write(said or "")
        os._exit(0)
    os.close(writes)
    with open(reads) as found:
        said = found.read()
    os.wait()
    return said

def libraries():
    whole()
    return " ".join(name for name in sys.modules if name.partition(".")[0] not in ("app", "__main__"))

original, copies = sys.argv[1], json.loads(sys.argv[2])
for name in forked(original, libraries).split():
    try:
        importlib.import_module(name)
    except ImportError:
        pass
print(json.dumps({kind: forked(folder, lambda: stands(kind)) for kind, folder in copies.items()}))
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


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What goes wrong in a server without a kind, by kind; empty where nothing does."""
    copies = {kind: str(taken_out(kind, tmp_path_factory.mktemp(kind))) for kind in KINDS}
    command = [sys.executable, "-I", "-c", WITHOUT, str(ROOT), json.dumps(copies)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, str] = json.loads(done.stdout)
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_H6_the_server_stands_without_a_kind(kind: str, wrong: dict[str, str]) -> None:
    assert wrong[kind] == ""


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
