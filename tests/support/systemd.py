"""The product under a systemd of its own, in a container that changes no file of this machine."""

import os
import re
import subprocess
import sys
import sysconfig
from collections.abc import Mapping
from pathlib import Path

import psutil

from tests.support.fronts import SAMPLES, program
from tests.support.server import CHECKOUT, Server

UNIT = "trivselstavlen.service"
#: Where the unit expects the program, and where its virtual environment finds the rest.
INSTALLED, PYTHON, PACKAGES, SOURCE = (
    Path("/srv", name) for name in ("trivselstavlen", "python", "packages", "source")
)


def may_boot() -> bool:
    """Whether we may create the namespaces of a container."""
    asked = [program("unshare"), "--mount", "--pid", "--fork", "--cgroup", "true"]
    return os.geteuid() == 0 and subprocess.run(asked, check=False, capture_output=True).returncode == 0


class Unit(Server):
    """The server as systemd runs it by docs/samples: `start` boots the container, `stop` halts it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder / "data")
        root, settings = folder / "root", folder / "settings"
        root.mkdir()
        here = {"TRIVSEL_HOST": "127.0.0.1", "TRIVSEL_PORT": self.port, "LD_LIBRARY_PATH": PYTHON / "lib"}
        settings.write_text("".join(f"{name}={value}\n" for name, value in here.items()))
        seen: Mapping[Path, Path] = {
            _environment(folder / "environment"): INSTALLED,
            Path(sys.base_prefix): PYTHON,
            Path(sysconfig.get_path("purelib")): PACKAGES,
            CHECKOUT: SOURCE,
            settings: Path("/etc/trivselstavlen.env"),
            SAMPLES / UNIT: Path("/etc/systemd/system", UNIT),
        }
        self.command = (
            # The mount is gone with its namespace.
            *(program("unshare"), "--mount", "sh", "-c", 'mount --bind / "$0" && exec "$@"', str(root)),
            *(program("systemd-nspawn"), "--quiet", "--boot", f"--directory={root}", "--volatile=overlay"),
            *("--register=no", "--keep-unit", "--link-journal=no", "--console=pipe"),
            *(f"--bind-ro={path}:{inside}" for path, inside in seen.items()),
            f"systemd.unit={UNIT}",
        )

    def inside(self, *command: str) -> str:
        """What a command prints that root runs in the container."""
        assert self.process is not None
        (leader,) = psutil.Process(self.process.pid).children()
        enter = [program("nsenter"), "--all", f"--target={leader.pid}"]
        return subprocess.run([*enter, *command], check=True, capture_output=True, text=True).stdout

    def output(self) -> str:
        """What the journal has of it; before the container has booted, what that prints."""
        try:
            return self.inside("journalctl", "--no-pager", "--output=cat", f"--unit={UNIT}")
        except (AssertionError, ValueError, psutil.Error, subprocess.CalledProcessError):
            return super().output()

    def told(self, *properties: str) -> list[str]:
        """What systemd says of the unit."""
        shown = self.inside("systemctl", "show", UNIT, *(f"--property={name}" for name in properties))
        said = dict(re.findall(r"^(\w+)=(.*)$", shown, re.MULTILINE))
        return [said[name] for name in properties]


def _environment(folder: Path) -> Path:
    """A virtual environment whose program is ours; what it needs it finds in the container's folders."""
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    packages = folder / "lib" / version / "site-packages"
    packages.mkdir(parents=True)
    (packages / "ours.pth").write_text(f"{PACKAGES}\n{SOURCE}\n")
    (folder / "pyvenv.cfg").write_text(f"home = {PYTHON / 'bin'}\n")
    (folder / "bin").mkdir()
    (folder / "bin" / "python3").symlink_to(PYTHON / "bin" / version)
    installed = Path(sys.executable).with_name("trivsel").read_text()
    trivsel = folder / "bin" / "trivsel"
    trivsel.write_text(f"#!{INSTALLED}/bin/python3\n{installed.partition(chr(10))[2]}")
    trivsel.chmod(0o755)
    return folder
