"""`make audit` passes only what was reviewed; `make sbom` lists what runs. No registry is asked here."""

import json
import tomllib
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from tests.support.server import CHECKOUT
from tools import audit, sbom
from tools.audit import Finding, NotLooked


def looks(monkeypatch: pytest.MonkeyPatch, look: Callable[[], Iterator[Finding]]) -> None:
    monkeypatch.setattr(audit, "LOOKS", {"our own lines": look})


def known() -> Iterator[Finding]:
    for each in tomllib.loads(audit.ALLOWED.read_text(encoding="utf-8"))["allowed"]:
        for where in each["where"]:
            if each["look"] == "our own lines":
                yield Finding(each["id"], where, "line 1")


def test_what_has_its_reason_passes_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks(monkeypatch, known)
    assert audit.main() == 0
    looks(monkeypatch, lambda: iter([*known(), Finding("B999", "app/main.py", "line 7")]))
    assert audit.main() == 1 and "B999 in app/main.py: line 7" in capsys.readouterr().out
    looks(monkeypatch, lambda: iter(list(known())[1:]))
    assert audit.main() == 1 and "is found no more" in capsys.readouterr().out


def test_what_could_not_be_asked_is_said_and_is_no_pass(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """If a registry has no advisories, each package is skipped, and pip-audit exits with success."""
    told = {"dependencies": [{"name": "idna", "skip_reason": "not found"}]}
    monkeypatch.setattr(audit, "_ran", lambda *_: told)
    looks(monkeypatch, audit.python_packages)
    assert audit.main() == 1 and "NOT LOOKED AT" in capsys.readouterr().out
    monkeypatch.setattr(audit, "_ran", lambda *_, **__: {"message": "no such method"})
    looks(monkeypatch, audit.node_packages)
    assert audit.main() == 1 and "no such method" in capsys.readouterr().out
    monkeypatch.undo()
    with pytest.raises(NotLooked):
        audit._ran("false")


def test_each_reason_is_of_a_look_that_there_is() -> None:
    for each in tomllib.loads(audit.ALLOWED.read_text(encoding="utf-8"))["allowed"]:
        assert each["look"] in audit.LOOKS and each["why"] and each["where"]
        assert all((CHECKOUT / where).exists() for where in each["where"] if "/" in where)


def test_the_list_of_the_pages_parts_has_what_runs_and_not_what_builds() -> None:
    lock: dict[str, Any] = json.loads((CHECKOUT / "frontend" / "package-lock.json").read_text("utf-8"))
    parts = [
        {"bom-ref": f"{path.rpartition('node_modules/')[2]}@{each['version']}"}
        for path, each in lock["packages"].items()
        if path
    ]
    told = {
        "metadata": {"component": {"bom-ref": "us@0.0.0"}},
        "components": parts,
        "dependencies": [{"ref": "us@0.0.0", "dependsOn": [each["bom-ref"] for each in parts]}],
    }
    listed = sbom.named(sbom.that_run(told, lock), "pages", "1.2.3")
    names = {each["bom-ref"].rpartition("@")[0] for each in listed["components"]}
    needed = set(json.loads((CHECKOUT / "frontend" / "package.json").read_text("utf-8"))["dependencies"])
    assert needed <= names and not {"vite", "vitest", "eslint", "typescript"} & names
    assert listed["dependencies"][0]["dependsOn"] == [each["bom-ref"] for each in listed["components"]]
    assert listed["metadata"]["component"]["version"] == "1.2.3"
