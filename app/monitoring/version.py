"""Which version this is: what `pyproject.toml` says, as it was installed."""

import tomllib
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path


def _installed() -> str:
    try:
        return version("trivselstavlen")
    except PackageNotFoundError:
        # Run from a checkout that was never installed, as `make run` does.
        project = Path(__file__).parents[2] / "pyproject.toml"
        return str(tomllib.loads(project.read_text(encoding="utf-8"))["project"]["version"])


VERSION = _installed()
