"""Requirements on the files themselves, so that a clone works anywhere."""

import json
import re
import subprocess
from collections.abc import Iterator

import pytest
import yaml

from app.settings import Settings
from tests.support.server import CHECKOUT

# Assembled here, since this file is searched too.
HOSTS = [
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("files", "pythonhosted", "org"),
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("deb", "debian", "org"),
        ("proxy", "golang", "org"),
    )
]
PLACES = [
    "/".join(("", *parts)) for parts in (("work", "main"), ("work", "shared"), ("root", ""), ("opt", ""))
]


def tracked() -> Iterator[tuple[str, str]]:
    """Every text file in Git, by name."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    for name in filter(None, listed.stdout.split("\0")):
        try:
            yield name, (CHECKOUT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue


def test_no_file_names_a_package_registry() -> None:
    """A company's mirror, or none, must work as well; a lock file has hashes and no addresses."""
    assert [(name, host) for name, text in tracked() for host in HOSTS if host in text] == []


def test_no_file_names_a_folder_of_one_machine() -> None:
    assert [(name, place) for name, text in tracked() for place in PLACES if place in text] == []


@pytest.mark.parametrize("name", sorted(path.name for path in CHECKOUT.glob("*.lock")))
def test_every_locked_python_package_has_hashes_and_no_address(name: str) -> None:
    text = (CHECKOUT / name).read_text(encoding="utf-8")
    packages = re.split(r"\n(?=[A-Za-z0-9])", text)
    assert packages
    assert [one for one in packages if "--hash=sha256:" not in one] == []
    assert "://" not in text


def test_the_development_lock_holds_the_same_versions_as_the_others() -> None:
    """What is tested is what runs."""

    def versions(name: str) -> set[str]:
        return set(re.findall(r"^\S+==\S+", (CHECKOUT / name).read_text(encoding="utf-8"), re.MULTILINE))

    assert versions("requirements.lock") | versions("requirements-build.lock") <= versions(
        "requirements-dev.lock"
    )


def test_no_file_of_the_product_is_too_long_to_be_read_whole() -> None:
    long = {
        name: text.count("\n")
        for name, text in tracked()
        if name.startswith(("app/", "frontend/src/"))
        and name.endswith((".py", ".ts", ".svelte"))
        and ".gen." not in name
    }
    assert {name: lines for name, lines in long.items() if lines > 400} == {}


def test_every_locked_npm_package_has_a_hash_and_no_address() -> None:
    lock = json.loads((CHECKOUT / "frontend" / "package-lock.json").read_text(encoding="utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert packages
    assert [name for name, package in packages.items() if "integrity" not in package] == []
    assert [name for name, package in packages.items() if "resolved" in package] == []


def test_npm_versions_are_exact() -> None:
    package = json.loads((CHECKOUT / "frontend" / "package.json").read_text(encoding="utf-8"))
    asked = {**package["dependencies"], **package["devDependencies"]}
    assert {name: version for name, version in asked.items() if not version[0].isdigit()} == {}


def test_only_svelte_the_font_the_desks_client_and_the_streams_parser_reach_the_browser() -> None:
    package = json.loads((CHECKOUT / "frontend" / "package.json").read_text(encoding="utf-8"))
    reach = {"svelte", "@fontsource-variable/figtree", "openapi-fetch", "eventsource-parser", "hyphen"}
    assert set(package["dependencies"]) == reach


def test_at_most_forty_direct_dependencies() -> None:
    """X40: what few packages bring, few people can harm."""
    import tomllib

    project = tomllib.loads((CHECKOUT / "pyproject.toml").read_text(encoding="utf-8"))
    assert len(project["project"]["dependencies"]) <= 40


def test_the_readme_names_every_make_target() -> None:
    makefile = (CHECKOUT / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):.*##", makefile, re.MULTILINE)
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    assert targets
    assert [target for target in targets if f"`make {target}`" not in readme] == []


def test_the_readme_lists_every_setting_with_its_default() -> None:
    readme = (CHECKOUT / "README.md").read_text(encoding="utf-8")
    table = readme.partition("<!-- settings:")[2].partition("<!-- /settings -->")[0]
    told = dict(re.findall(r"^\| `(\w+)` \| (?:`(.*?)`)? *\|", table, re.MULTILINE))
    defaults = {name: field.default for name, field in Settings.model_fields.items()}
    known = {
        f"TRIVSEL_{name.upper()}": f"{of:g}" if type(of) is float else str(of)
        for name, of in defaults.items()
    }
    assert told == known


def test_compose_gives_the_app_one_volume_and_no_rights() -> None:
    """X41."""
    app = yaml.safe_load((CHECKOUT / "compose.yaml").read_text(encoding="utf-8"))["services"]["app"]
    assert app["read_only"] is True
    assert app["cap_drop"] == ["ALL"]
    assert app["security_opt"] == ["no-new-privileges:true"]
    assert [volume.split(":")[1] for volume in app["volumes"]] == ["/data"]
