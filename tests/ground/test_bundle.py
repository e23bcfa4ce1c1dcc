"""The bundle installs and serves with nothing from outside and no developer tools."""

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import bundle
from tests.support.server import CHECKOUT
from tools.hatch_build import Hook


@pytest.fixture(scope="module")
def built() -> Path:
    return bundle.build()


def test_the_wheel_holds_pages_migrations_and_languages(built: Path) -> None:
    (wheel,) = built.glob("trivselstavlen-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    for wanted in (
        "app/web/phone.html",
        "app/web/wall.html",
        "app/web/desk.html",
        "app/web/conversation.html",
        "app/web/manifest.json",
    ):
        assert wanted in names
    assert "app/locales/da.json" in names
    assert any(name.startswith("app/_alembic/versions/") and name.endswith(".py") for name in names)
    assert [name for name in names if "node_modules" in name or name.startswith("tests/")] == []


def test_a_wheel_from_a_checkout_builds_its_pages_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As `pip install .` does; make has built them before."""
    (tmp_path / "npm").write_text('#!/bin/sh\necho "$*" > built\n')
    (tmp_path / "npm").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    (tmp_path / "frontend" / "node_modules").mkdir(parents=True)
    hook = Hook(str(tmp_path), {}, None, None, "", "wheel")  # type: ignore[arg-type]
    data: dict[str, dict[str, str]] = {"force_include": {}}
    hook.initialize("standard", data)
    assert (tmp_path / "frontend" / "built").read_text() == "run build\n"
    assert set(data["force_include"].values()) == {"app/_alembic", "app/_alembic.ini", "app/_changelog.md"}


def test_the_text_says_it_in_danish_and_in_english(built: Path) -> None:
    text = (built / "INSTALL.txt").read_text(encoding="utf-8")
    assert "pip install --no-index --find-links . trivselstavlen" in text
    assert "DANSK" in text and "ENGLISH" in text and "@" not in text


def test_it_installs_and_a_meeting_is_led_without_any_network(built: Path, tmp_path: Path) -> None:
    command = bundle.offline(sys.executable, "-m", "tests.support.bundle", str(built), str(tmp_path))
    if command is None:
        pytest.skip("a network namespace is needed to take the network away")
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == {"/": True, "/desk": True, "/healthz": True, "meeting": True}
