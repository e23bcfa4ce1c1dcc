"""`make bundle`: the files next to the wheels in an installation folder; with SYSTEM= the wheels as well.

For another system each possible Python is resolved separately with uv, since pip takes markers such as
`sys_platform` from the machine it runs on.
"""

import platform
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXTS = ROOT / "tools" / "bundled"
PYTHONS = ("3.11", "3.12", "3.13", "3.14")


@dataclass(frozen=True)
class Machine:
    """One kind of processor: what uv calls it, and the tags of wheels that it takes."""

    uv: str
    tags: tuple[str, ...]


def _macos(arch: str) -> tuple[str, ...]:
    return tuple(f"macosx_{of}_{arch}" for of in ("10_9", "10_12", "10_13", "11_0", "12_0"))


def _linux(arch: str) -> tuple[str, ...]:
    return tuple(f"manylinux{of}_{arch}" for of in ("2014", "_2_17", "_2_24", "_2_26", "_2_27", "_2_28"))


@dataclass(frozen=True)
class System:
    """Common desktop systems, and how it is started there."""

    name: str
    machines: tuple[Machine, ...]
    script: str
    start: str


SYSTEMS = {
    "linux": System(
        "Linux (x86-64, ARM64), glibc 2.28+",
        (
            Machine("x86_64-manylinux_2_28", _linux("x86_64")),
            Machine("aarch64-manylinux_2_28", _linux("aarch64")),
        ),
        "start.sh",
        "start.sh",
    ),
    # No Intel Macs: argon2-cffi-bindings and cryptography no longer have wheels for them.
    "macos": System(
        "macOS 12+ (Apple Silicon)",
        (Machine("aarch64-apple-darwin", _macos("arm64") + _macos("universal2")),),
        "start.sh",
        "start.command",
    ),
    "windows": System(
        "Windows 10+ (64 bit)", (Machine("x86_64-pc-windows-msvc", ("win_amd64",)),), "start.cmd", "start.cmd"
    ),
}


def wheels(system: System, to: Path) -> None:
    """Every locked package as a wheel for every Python of that system; fails where one has none."""
    tool = Path(sys.executable).parent
    for machine in system.machines:
        for python in PYTHONS:
            with tempfile.TemporaryDirectory() as folder:
                lock = str(Path(folder) / "requirements.txt")
                narrowed = (tool / "uv", "pip", "compile", "requirements.lock", "-q", "--no-deps", "-o", lock)
                for_it = ("--python-platform", machine.uv, "--python-version", python)
                only = ("--only-binary", ":all:")
                plain = ("--no-header", "--no-annotate", "--generate-hashes")
                subprocess.run([*narrowed, *for_it, *only, *plain], cwd=ROOT, check=True)
                fetch = (sys.executable, "-m", "pip", "download", "-q", "--disable-pip-version-check")
                tags = [word for tag in machine.tags for word in ("--platform", tag)]
                about = ("--implementation", "cp", "--python-version", python, "--no-deps")
                subprocess.run(
                    [*fetch, *only, *tags, *about, "--require-hashes", "-r", lock, "-d", to], check=True
                )


def told(name: str, system: str) -> str:
    """A text from the folder `bundled`, filled in."""
    text = (TEXTS / name).read_text(encoding="utf-8")
    for word, meaning in (("@VERSION@", version("trivselstavlen")), ("@FOR@", system)):
        text = text.replace(word, meaning)
    return text


def texts(system: System, to: Path, name: str) -> None:
    """INSTALL.txt and what is double-clicked; Windows wants its own line ends."""
    ends = "\r\n" if system.start.endswith(".cmd") else "\n"
    for source, target, about in (
        (f"INSTALL.{name}.txt", "INSTALL.txt", system.name),
        (system.script, system.start, ""),
    ):
        path = to / target
        path.write_text(told(source, about), encoding="utf-8", newline=ends)
        path.chmod(0o755 if target == system.start else 0o644)


def main(to: Path, name: str = "") -> None:
    """For the system of that name; without one, from the wheels for this machine that make has fetched."""
    if name:
        to.mkdir(parents=True, exist_ok=True)
        wheels(SYSTEMS[name], to)
        texts(SYSTEMS[name], to, name)
    else:
        python = ".".join(platform.python_version_tuple()[:2])
        this = f"{platform.system()} {platform.machine()}, Python {python}"
        of = {"Darwin": "macos", "Windows": "windows"}.get(platform.system(), "linux")
        system = SYSTEMS[of]
        texts(System(this, (), system.script, system.start), to, of)


if __name__ == "__main__":
    main(Path(sys.argv[1]), *sys.argv[2:])
