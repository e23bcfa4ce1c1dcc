"""The bundle for people without developer tools: built by make, installed as its INSTALL.txt says.

Run as a program it is the smoke test itself, meant for a network namespace without outside access.
"""

import asyncio
import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.async_api import async_playwright

from tests.support.browsers import People
from tests.support.chromium import FLAGS, find, use_the_machines_node
from tests.support.patience import PATIENCE
from tests.support.server import CHECKOUT, Server
from tests.support.workshop import workshop

NOTE = "Vi griner sammen i pausen"


def make(target: str) -> None:
    """Make it, unless nothing has changed; two tests never make the same in parallel."""
    with (CHECKOUT / ".make" / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        subprocess.run(["make", "--no-print-directory", target], cwd=CHECKOUT, check=True, stdout=sys.stderr)


def build() -> Path:
    """The folder for machines like this one."""
    make("bundle")
    return CHECKOUT / "dist" / "bundle"


def installed(bundle: Path, folder: Path) -> Server:
    """A server started as INSTALL.txt says, which installs itself from the folder alone.

    There is Python on its PATH, and nothing else: no node, no git, no compiler; and no checkout, whose `app`
    would be found first.
    """
    path = folder / "path"
    path.mkdir()
    (path / "python3").symlink_to(sys.executable)
    # Python compiles what it starts; compiling all else would take longer than the installation.
    env = {"PATH": str(path), "HOME": str(folder), "PIP_COMPILE": "0", "PIP_NO_CACHE_DIR": "1"}
    return Server(folder / "data", command=["/bin/sh", "start.sh"], env=env, cwd=bundle)


def offline(*command: str) -> list[str] | None:
    """The command in a network namespace with only loopback; None if we may not create one."""
    unshare = shutil.which("unshare")
    if not unshare:
        return None
    way = [unshare, "--net"] if os.geteuid() == 0 else [unshare, "--net", "--map-root-user"]
    if subprocess.run([*way, "true"], check=False, capture_output=True).returncode != 0:
        return None
    return [*way, *command]


def smoke(bundle: Path, folder: Path) -> dict[str, bool]:
    """Install, start, and lead the smallest meeting there is, in a real browser."""
    server = installed(bundle, folder)
    # It installs itself first.
    server.start(4 * PATIENCE)
    try:
        answers = {path: server.answers(path) for path in ("/", "/desk", "/healthz")}
        return answers | {"meeting": asyncio.run(_meeting(server))}
    finally:
        server.stop()


async def _meeting(server: Server) -> bool:
    """One desk, one wall, one phone; one note from the phone to the wall and into the summary."""
    use_the_machines_node()
    server.env["TRIVSEL_BASE_URL"] = server.url
    server.stop()
    server.start()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        people = People(browser)
        async with workshop(people, server) as room:
            desk, wall, phone = await room.desk(), await room.wall(), await room.phone()
            await phone.is_in()
            await desk.starts("notes_draws")
            await desk.goes_on("notes.desk.start", minutes="fem")
            await phone.may_write()
            await phone.writes(NOTE)
            await phone.has_on_board(1)
            await desk.goes_on("notes.desk.stop")
            await desk.previews(1)
            await desk.goes_on("notes.desk.turn_all")
            await wall.reads(NOTE)
            summary = await room.meeting.http.get(f"/api/workshops/{room.meeting.workshop}/summary.html")
        await people.end(failed=False)
        await browser.close()
    return NOTE in summary.text and people.odd == []


def raise_loopback() -> None:
    """In a new network namespace even 127.0.0.1 is down."""
    import socket
    import struct

    up, set_flags = 0x1, 0x8914  # IFF_UP, SIOCSIFFLAGS
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
        fcntl.ioctl(any_socket, set_flags, struct.pack("16sh", b"lo", up))


if __name__ == "__main__":
    raise_loopback()
    print(json.dumps(smoke(Path(sys.argv[1]), Path(sys.argv[2]))))
