"""Finds a Chromium for the browser tests on any machine, or downloads one.

The headless shell comes first: the full browser takes a fifth more processor time for the same pages.

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

#: Features that are off. The last list on the command line wins, so Playwright's own is repeated here.
OFF = (
    # The address bar's pop-ups: two more pages for each window, which cost more than most of ours.
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
# The package is in no lock file, so its hash is kept here.
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
    """Playwright's own Node needs a library that a bare Debian lacks; the front end's Node is there."""
    node = shutil.which("node")
    if node:
        os.environ.setdefault("PLAYWRIGHT_NODEJS_PATH", node)


@functools.cache
def find() -> Path:
    """The first Chromium that starts, trying the cheapest way of getting one first."""
    for way in (named, on_the_path, from_playwright, by_playwright_install, by_apt, by_npm):
        found = way()
        if found and starts(found):
            return found
    raise LookupError(f"No Chromium found or installable; name one in {OWN_VARIABLE}.")


def starts(program: Path) -> bool:
    """Ask for the version only: a browser that lacks a library fails here already."""
    return run(str(program), "--version", limit=30)


def named() -> Path | None:
    """The tester's choice comes first; a wrong path is reported rather than ignored."""
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
    """A browser that Playwright downloaded earlier."""
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
    """Last resort, without root: a Chromium packaged for bare machines, with its libraries and fonts."""
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
    # The one in the package names folders of the service it was made for.
    (folder / "fonts.conf").write_text(
        f"<?xml version='1.0'?><fontconfig><dir>{folder}/fonts</dir><dir>/usr/share/fonts</dir>"
        f"<cachedir>{folder}/fonts-cache</cachedir></fontconfig>",
        encoding="utf-8",
    )
    libraries = ":".join(str(path.parent) for path in folder.glob("**/libnss3.so"))
    # Set for the browser alone: Node and Python must keep the machine's own libraries.
    wrapper.write_text(
        f'#!/bin/sh\nexport LD_LIBRARY_PATH="{libraries}" FONTCONFIG_PATH="{folder}"\n'
        # Made for an environment that cannot fork its helper process.
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
