"""Lints the Dockerfile and runs its steps without a Docker engine, each stage in its own folder.

It shows that every step works from the files in Git, that nothing is missing between the stages, and that the
result starts and is healthy. It does not cover the base images or the change of user.
"""

import itertools
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.support.server import Server, free_port  # noqa: E402 - the line above finds it

Step = tuple[str, str]


def steps(dockerfile: str) -> list[Step]:
    """The instructions, continued lines joined, comments gone."""
    lines = [line for line in dockerfile.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [(word.upper(), rest) for word, rest in (line.split(None, 1) for line in joined.splitlines())]


def lint(found: list[Step]) -> None:
    """Hadolint's findings, and our own rules."""
    subprocess.run([Path(sys.executable).parent / "hadolint", ROOT / "Dockerfile"], check=True)
    words = [word for word, _ in found]
    user = dict(found)["USER"]
    assert words.count("FROM") == 3, "three stages"
    # A number, so that an orchestrator can see that it is not root.
    assert user.isdigit()
    assert user != "0"
    assert {"HEALTHCHECK", "VOLUME", "EXPOSE"} <= set(words)


class Stage:
    """One FROM … and what follows it, with the image's `/` in a folder."""

    def __init__(self, folder: Path, base: str, *, installs: bool = False) -> None:
        self.folder = folder
        self.workdir = folder
        folder.mkdir()
        # The machine's pip and npm settings apply here too: a company's mirror, its certificate.
        self.env = dict(os.environ)
        if base.startswith("python:"):
            # The image's Python, with nothing installed in it.
            venv.create(folder / "usr" / "local", with_pip=installs)
            self.env["PATH"] = f"{folder}/usr/local/bin:/bin"
            # Python compiles what it starts; compiling everything else would take longer than the
            # installation.
            self.env["PIP_COMPILE"] = "0"
            # As fetched by `make`; pip still checks each against its hash in the lock.
            self.env["PIP_NO_INDEX"] = "1"
            self.env["PIP_FIND_LINKS"] = f"{ROOT}/dist/bundle {ROOT}/.make/wheels-to-build"

    def inside(self, text: str) -> str:
        """The text with the image's own folders under this stage's."""
        return re.sub(r"(?<![\w./])/(?=(src|install|data|usr/local)\b)", f"{self.folder}/", text)

    def at(self, path: str) -> Path:
        """Where a path of the image is in this stage."""
        return Path(self.inside(path)) if path.startswith("/") else self.workdir / path


def context(folder: Path) -> None:
    """The files that Git has or would take: what a clone gives to `docker build`."""
    listed = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    for name in subprocess.run(listed, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split(
        "\0"
    ):
        if name and not name.startswith("tests/") and (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def copy(stage: Stage, source: Path, to: str, *, many: bool) -> None:
    """COPY as Docker means it: a folder's contents, or files into a folder."""
    if source.is_dir():
        shutil.copytree(source, stage.at(to), dirs_exist_ok=True, symlinks=True)
        return
    target = stage.at(to) / source.name if many or to.endswith("/") else stage.at(to)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copy2(source, target)


def was_done(workdir: Path) -> bool:
    """Whether `make` has carried out `npm ci` already, in the checkout and with these same files."""
    asked = ("package.json", "package-lock.json", ".npmrc")
    same = all((workdir / name).read_bytes() == (ROOT / "frontend" / name).read_bytes() for name in asked)
    made, lock = ROOT / ".make" / "node", ROOT / "frontend" / "package-lock.json"
    return same and made.exists() and made.stat().st_mtime >= lock.stat().st_mtime


def link(source: Path, to: Path) -> None:
    """The same files under another name, without what Vite keeps among them."""
    shutil.copytree(source, to, symlinks=True, copy_function=linked, ignore=shutil.ignore_patterns(".vite*"))


def linked(source: str, to: str) -> None:
    """A second name where the file system knows one, else a copy."""
    try:
        os.link(source, to)
    except OSError:
        shutil.copy2(source, to)


def carry_out(found: list[Step], folder: Path) -> tuple[Stage, dict[str, str]]:
    """All steps; returns the last stage and its start command."""
    (folder / "context").mkdir()
    context(folder / "context")
    stages: dict[str, Stage] = {}
    stage = Stage(folder / "none", "")
    says: dict[str, str] = {}
    for at, (word, rest) in enumerate(found):
        print(f"{word} {rest}", flush=True)
        if word == "FROM":
            base, _, name = rest.partition(" AS ")
            ours = itertools.takewhile(lambda step: step[0] != "FROM", found[at + 1 :])
            installs = any(word == "RUN" and "pip " in rest for word, rest in ours)
            stage = stages[name] = Stage(folder / (name or "last"), base, installs=installs)
        elif word == "WORKDIR":
            stage.workdir = stage.at(rest)
            stage.workdir.mkdir(parents=True, exist_ok=True)
        elif word == "COPY":
            origin, what = folder / "context", rest.split()
            if what[0].startswith("--from="):
                origin = stages[what.pop(0).removeprefix("--from=")].folder
            *sources, to = what
            for source in sources:
                copy(stage, origin / source.lstrip("/"), to, many=len(sources) > 1)
        elif word == "RUN" and rest.startswith("npm ci") and was_done(stage.workdir):
            link(ROOT / "frontend" / "node_modules", stage.workdir / "node_modules")
        elif word == "RUN":
            subprocess.run(["sh", "-ec", stage.inside(rest)], cwd=stage.workdir, env=stage.env, check=True)
        elif word == "ENV":
            stage.env |= dict(pair.split("=", 1) for pair in stage.inside(rest).split())
        else:
            says[word] = rest
    return stage, says


def healthy(stage: Stage, says: dict[str, str]) -> bool:
    """Start CMD and ask as HEALTHCHECK does."""
    port = free_port()
    own = {**stage.env, "TRIVSEL_HOST": "127.0.0.1", "TRIVSEL_PORT": str(port)}
    data = Path(stage.env["TRIVSEL_DATA"])
    probe = json.loads(says["HEALTHCHECK"].partition("CMD ")[2].replace(":8000", f":{port}"))
    with Server(data, port=port, command=json.loads(says["CMD"]), env=own, cwd=stage.workdir):
        return subprocess.run(probe, env=stage.env, check=False).returncode == 0


def main() -> None:
    """Lint, carry out, start."""
    found = steps((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    lint(found)
    with tempfile.TemporaryDirectory(prefix="trivsel-image-") as folder:
        stage, says = carry_out(found, Path(folder))
        if not healthy(stage, says):
            sys.exit("What the Dockerfile makes is not healthy.")
    print("Dockerfile: linted, its steps carried out, started and healthy. (The image itself was not built.)")


if __name__ == "__main__":
    main()
