"""`make sbom`: what the product is made of, as CycloneDX, from the lock files of Python and of the pages."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
_ASKED = ("--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON", "requirements.lock")
#: The command, and where it is documented.
LISTS: dict[str, tuple[tuple[str, ...], Path]] = {
    "python": ((str(Path(sys.executable).parent / "cyclonedx-py"), "requirements", *_ASKED), ROOT),
    "pages": (("npm", "sbom", "--sbom-format", "cyclonedx", "--package-lock-only"), ROOT / "frontend"),
}


def that_run(told: Any, lock: Any) -> Any:
    """The packages that are part of the pages; build tools are not on any server.

    `npm sbom --omit dev` says so too, but leaves out what is needed for both, such as Svelte.
    """
    kept = {
        f"{path.rpartition('node_modules/')[2]}@{each['version']}"
        for path, each in lock["packages"].items()
        if path and not each.get("dev")
    }
    root = told["metadata"]["component"]["bom-ref"]
    told["components"] = [each for each in told["components"] if each["bom-ref"] in kept]
    told["dependencies"] = [
        each | {"dependsOn": [one for one in each["dependsOn"] if one in kept]}
        for each in told["dependencies"]
        if each["ref"] in kept | {root}
    ]
    return told


def named(told: Any, part: str, version: str) -> Any:
    """The list under the product's name and version, which only `pyproject.toml` holds."""
    about = told["metadata"]["component"]
    about.update({"name": f"trivselstavlen-{part}", "version": version, "type": "application"})
    about["purl"] = f"pkg:generic/trivselstavlen-{part}@{version}"
    if not told.get("components"):
        raise ValueError(f"no parts of {part}")
    return told


def main(to: Path) -> None:
    """Write both."""
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    to.mkdir(parents=True, exist_ok=True)
    for part, (command, cwd) in LISTS.items():
        told = json.loads(subprocess.run(command, cwd=cwd, capture_output=True, check=True).stdout)
        if part == "pages":
            told = that_run(told, json.loads((cwd / "package-lock.json").read_text(encoding="utf-8")))
        path = to / f"trivselstavlen-{part}-{version}.cdx.json"
        path.write_text(json.dumps(named(told, part, version), indent=1) + "\n", encoding="utf-8")
        print(f"{path}: {len(told['components'])} parts")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
