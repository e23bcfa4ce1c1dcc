"""Finds a Chromium for the browser tests on any machine, or brings one.

Its shell without windows comes first: the whole browser takes a fifth more of a processor for the same pages.

`python -m tests.support.chromium` prints the path that the tests will use; CI calls it to have the browser
in place before the tests start.
"""

import functools
import os
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

OWN_VARIABLE = "TRIVSEL_CHROMIUM"
#: The same engine without what draws windows: Debian's name of the program and of its package.
SHELL = "chromium-headless-shell"

#: What is off. The last list on the command line holds, so Playwright's own is said again here.
OFF = (
    # The address bar's pop-ups: two pages of its own for each window, dearer than most pages of ours.
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "AimEnabled",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsFirstBalancedModeAutoEnable",
    "HttpsUpgrades",
    "LensOverlay",
    "MediaRouter",
    "NetworkTimeServiceQuerying",
    "OptimizationHints",
    "PaintHolding",
    "PreconnectToSearch",
    "TcpPortRandomizationWin",
    "ThirdPartyStoragePartitioning",
)
# What a headless browser needs in a container, as root, without a GPU and without the outside world.
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    f"--disable-features={','.join(OFF)}",
)

SPARTICUZ = "@sparticuz/chromium@147.0.0"
# The package has no lock file to stand in, so that its hash is held here.
SPARTICUZ_INTEGRITY = (
    "sha512-4ZKeAQQa8up2mt675qSitztLdbQrlf8BKdC5naeap+5Mv1OV1OlJdPoU+EJC/p5sQUJUQmN4r+q5+EhaaOUHpQ=="
)
UNPACK = """
const fs = require("node:fs"), zlib = require("node:zlib");
const [from, to] = process.argv.slice(1);
for (const name of fs.readdirSync(from).filter((name) => name.endsWith(".br"))) {
  const open = zlib.brotliDecompressSync(fs.readFileSync(`${from}/${name}`));
  fs.writeFileSync(`${to}/${name.slice(0, -3)}`, open);
}
"""


def use_the_machines_node() -> None:
    """Playwright's own Node wants a library that a bare Debian lacks; the one for the pages is there."""
    node = shutil.which("node")
    if node:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)


@functools.cache
def find() -> Path:
    """The first Chromium that starts, in the order from the cheapest to the dearest way of getting one."""
    for way in (named, on_the_path, from_playwright, by_playwright_install, by_apt, by_npm):
        found = way()
        if found and starts(found):
            return found
    raise LookupError(f"No Chromium found or installable; name one in {OWN_VARIABLE}.")


def starts(program: Path) -> bool:
    """Ask for the version only: a browser that lacks a library fails here already."""
    return run(str(program), "--version", limit=30)


def named() -> Path | None:
    """What the tester says comes first, and a wrong word is told rather than passed over."""
    path = os.environ.get(OWN_VARIABLE)
    if not path:
        return None
    if not starts(Path(path)):
        raise LookupError(f"{OWN_VARIABLE} names {path}, which does not start.")
    return Path(path)


def on_the_path() -> Path | None:
    """The machine's own browser."""
    for name in (SHELL, "chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return Path(path)
    return None


def from_playwright() -> Path | None:
    """A browser that Playwright brought earlier."""
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    shells = ("chrome-headless-shell", "headless_shell", "chrome-headless-shell.exe", "headless_shell.exe")
    whole = ("chrome", "Chromium", "Google Chrome for Testing", "chrome.exe")
    for kind, names in (("chromium_headless_shell", shells), ("chromium", whole)):
        found = [path for name in names for path in folder.glob(f"{kind}-*/**/{name}") if path.is_file()]
        if found:
            return max(found)
    return None


def by_playwright_install() -> Path | None:
    """Playwright's download; many company networks refuse it."""
    use_the_machines_node()
    run(sys.executable, "-m", "playwright", "install", "--only-shell", "chromium", limit=300)
    return from_playwright()


def by_apt() -> Path | None:
    """Debian's package, where we may install one; older ones have the whole browser alone."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return None
    run("apt-get", "update", "-q", limit=300)
    for package in (SHELL, "chromium"):
        if run("apt-get", "install", "-q", "-y", "--no-install-recommends", package, limit=900):
            break
    return on_the_path()


def by_npm() -> Path | None:
    """Last resort, without root: a Chromium packed for bare machines, with its libraries and fonts."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "trivselstavlen" / "chromium"
    wrapper = folder / "chromium-wrapper"
    if wrapper.exists():
        return wrapper
    folder.mkdir(parents=True, exist_ok=True)
    if not run("npm", "install", "--ignore-scripts", "--prefix", str(folder), SPARTICUZ, limit=600):
        return None
    if SPARTICUZ_INTEGRITY not in (folder / "package-lock.json").read_text(encoding="utf-8"):
        raise LookupError(f"{SPARTICUZ} is not the package we know: its hash is another.")
    packed = folder / "node_modules" / "@sparticuz" / "chromium" / "bin"
    for at in (packed, packed / "x64"):
        if at.is_dir():
            run("node", "-e", UNPACK, str(at), str(folder), limit=120)
    for archive in folder.glob("*.tar"):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    (folder / "chromium").chmod(0o755)
    # The one that comes with it names folders of the service that it was packed for.
    (folder / "fonts.conf").write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder}/fonts-cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    libraries = ":".join(str(path.parent) for path in folder.glob("**/libnss3.so"))
    # Set for the browser alone: Node and Python must keep the machine's own libraries.
    wrapper.write_text(
        f'#!/bin/sh\nexport LD_LIBRARY_PATH="{libraries}" FONTCONFIG_PATH="{folder}"\n'
        # Packed for a place that cannot fork its helper process.
        f'exec "{folder}/chromium" --no-zygote "$@"\n',
        encoding="utf-8",
    )
    wrapper.chmod(0o755)
    return wrapper


def run(*command: str, limit: float) -> bool:
    """Try a command, quietly: every way may fail, and the next one is tried."""
    try:
        return subprocess.run(command, capture_output=True, timeout=limit, check=False).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


if __name__ == "__main__":
    print(find())
