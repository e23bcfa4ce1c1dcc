"""The bundle installs and serves without the internet and without developer tools."""

import configparser
import json
import os
import re
import subprocess
import sys
import zipfile
from importlib.metadata import version
from pathlib import Path

import pytest

from tests.support import bundle
from tests.support.server import CHECKOUT
from tools.hatch_build import Hook
from tools.make_bundle import SYSTEMS, texts


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
    # `uvx` and `pipx run` find the command by the product's name.
    (points,) = (name for name in names if name.endswith(".dist-info/entry_points.txt"))
    commands = configparser.ConfigParser()
    commands.read_string(zipfile.ZipFile(wheel).read(points).decode())
    assert dict(commands["console_scripts"]) == dict.fromkeys(
        ("trivsel", "trivselstavlen"), "app.__main__:main"
    )


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


@pytest.mark.parametrize("name", SYSTEMS)
def test_the_text_says_it_in_danish_and_in_english(name: str, tmp_path: Path) -> None:
    system = SYSTEMS[name]
    texts(system, tmp_path, name)
    text = (tmp_path / "INSTALL.txt").read_bytes().decode()
    assert "DANSK" in text and "ENGLISH" in text and system.start in text and system.name in text
    # It reports what could not be tested.
    assert (name == "linux") is ("Ikke prøvet" not in text)
    started = (tmp_path / system.start).read_bytes().decode()
    assert f"trivselstavlen=={version('trivselstavlen')}" in started and "--no-index" in started
    assert not re.search("@[A-Z]+@", text + started)
    # cmd.exe finds no label in a file with Unix line endings.
    assert started.count("\r\n") == (started.count("\n") if name == "windows" else 0)


def test_the_script_finds_its_folder_however_it_is_called_and_says_when_python_is_missing(
    tmp_path: Path,
) -> None:
    texts(SYSTEMS["linux"], tmp_path, "linux")
    for script, cwd in (("start.sh", tmp_path), (str(tmp_path / "start.sh"), Path("/"))):
        env = {"PATH": "", "HOME": str(tmp_path)}
        command = ["/bin/sh", script]
        done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, check=False)
        assert done.returncode == 1 and "Python 3.11" in done.stdout and not done.stderr


def test_it_installs_and_a_meeting_is_led_without_any_network(built: Path, tmp_path: Path) -> None:
    command = bundle.offline(sys.executable, "-m", "tests.support.bundle", str(built), str(tmp_path))
    if command is None:
        pytest.skip("a network namespace is needed to take the network away")
    done = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout) == {"/": True, "/desk": True, "/healthz": True, "meeting": True}
