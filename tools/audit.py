"""`make audit`: known vulnerabilities in what we install, risky lines in our code, secrets in the tree.

Each finding must be fixed, or listed in `audit.toml` with the reason why it does no harm; entries there that
are no longer found are reported too. The first two checks ask a registry: if it is unreachable, or does not
answer about everything, the audit says so and does not pass.
"""

import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
ALLOWED = ROOT / "tools" / "audit.toml"
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-build.lock", "requirements-audit.lock")
#: Our pages are about words such as "password"; every other kind of secret is searched for.
NO_SECRETS = ("--disable-plugin", "KeywordDetector")


@dataclass(frozen=True, order=True)
class Finding:
    """`id`: of an advisory, a check or a kind of secret. `where`: a package, or a file."""

    id: str
    where: str
    says: str

    def __str__(self) -> str:
        return f"{self.id} in {self.where}: {self.says}"


class NotLooked(Exception):
    """A check could not be run, and why."""


def _ran(*command: str | Path, cwd: Path = ROOT) -> Any:
    """A program's JSON output, whatever its exit code."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)
    except ValueError:
        last = done.stderr.strip().splitlines() or ["it said nothing"]
        raise NotLooked(last[-1]) from None


def _tool(name: str) -> Path:
    return Path(sys.executable).parent / name


def python_packages() -> Iterator[Finding]:
    """What is known of every version in the lock files of Python."""
    for lock in LOCKS:
        flags = ("--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json")
        found = _ran(_tool("pip-audit"), "-r", lock, *flags)["dependencies"]
        # It succeeds even when it was given nothing at all.
        if skipped := [each["name"] for each in found if "skip_reason" in each]:
            raise NotLooked(
                f"nothing was said of {len(skipped)} of {len(found)} in {lock}, {skipped[0]} first"
            )
        for each in found:
            for one in each["vulns"]:
                fixed = ", ".join(one["fix_versions"]) or "nowhere yet"
                yield Finding(one["id"], each["name"], f"{each['version']}, mended in {fixed}")


def node_packages() -> Iterator[Finding]:
    """What is known of every version in the lock file of the front end."""
    told = _ran("npm", "audit", "--json", "--package-lock-only", cwd=ROOT / "frontend")
    if "vulnerabilities" not in told:
        raise NotLooked(str(told.get("message") or told.get("error") or told))
    for name, each in told["vulnerabilities"].items():
        for via in each["via"]:
            # A string is the name of another package, which has its own line.
            if isinstance(via, dict):
                yield Finding(via["url"].rpartition("/")[2], name, via["title"])


def our_lines() -> Iterator[Finding]:
    """What Bandit says of the code that runs; Ruff's rules of the same kind are part of `make check`."""
    told = _ran(_tool("bandit"), "-q", "-ll", "-r", "app", "alembic", "tools", "-f", "json")
    for each in told["results"]:
        yield Finding(each["test_id"], each["filename"], f"line {each['line_number']}, {each['issue_text']}")


def secrets() -> Iterator[Finding]:
    """What looks like a key, a token or a password in an address, in the files that Git has."""
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
    # Lock files are hashes, line by line.
    files = [
        name
        for name in listed.stdout.splitlines()
        if not name.endswith((".lock", "package-lock.json")) and (ROOT / name).is_file()
    ]
    told = _ran(_tool("detect-secrets"), "scan", "--no-verify", *NO_SECRETS, *files)
    for name, lines in told["results"].items():
        for each in lines:
            yield Finding(each["type"], name, f"line {each['line_number']}")


LOOKS: dict[str, Callable[[], Iterator[Finding]]] = {
    "Python's packages": python_packages,
    "the front end's packages": node_packages,
    "our own lines": our_lines,
    "secrets": secrets,
}


def main() -> int:
    """0 if every check ran and every finding has its reason."""
    allowed = {
        (each["id"], where): each["look"]
        for each in tomllib.loads(ALLOWED.read_text(encoding="utf-8"))["allowed"]
        for where in each["where"]
    }
    well = True
    for name, look in LOOKS.items():
        try:
            found = sorted(look())
        except NotLooked as why:
            print(f"NOT LOOKED AT: {name}. {why}")
            print(
                "  The internet is needed for it, and a registry that answers; nothing is known of them now."
            )
            well = False
            continue
        open_ = [each for each in found if (each.id, each.where) not in allowed]
        known = {(each.id, each.where) for each in found}
        stale = [key for key, of in allowed.items() if of == name and key not in known]
        print(f"{name}: {len(found)} found, {len(open_)} without a reason.")
        for each in open_:
            print(f"  {each}")
        for id, where in stale:
            print(f"  {id} in {where} has a reason, and is found no more: take it out of tools/audit.toml")
        well = well and not open_ and not stale
    return 0 if well else 1


if __name__ == "__main__":
    sys.exit(main())
