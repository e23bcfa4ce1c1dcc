"""docs/operate.md: each sample of a reverse proxy is tested with a small meeting."""

import asyncio
import csv
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import missing
from tests.support import fronts
from tests.support.fronts import HERE, SAMPLES, Authority, NoFront, behind, sample
from tests.support.meeting import Meeting, holds, meeting as a_meeting, signed_in
from tests.support.patience import PATIENCE
from tests.support.server import Server, free_port


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tls"))


class House:
    """One server at the root and one under a path; the proxies in front of them change."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: dict[str, Server] = {}

    def at(self, base: str) -> Server:
        if base not in self._made:
            url = f"https://{HERE}:1{base}"
            env = {"TRIVSEL_BASE_URL": url, "TRIVSEL_TRUSTED_PROXIES": HERE}
            self._made[base] = Server(self._folder / f"data{base.replace('/', '-')}", env=env).start()
        return self._made[base]

    def stop(self) -> None:
        for server in self._made.values():
            server.kill()


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    house = House(tmp_path_factory.mktemp("front"))
    yield house
    house.stop()


def listens(port: int) -> dict[str, str]:
    """The lines of an nginx sample that set its port."""
    return {
        "listen 443 ssl http2;": f"listen {HERE}:{port} ssl http2;",
        "    listen [::]:443 ssl http2;\n": "",
    }


@pytest.mark.parametrize(
    "front", ["nginx", "nginx-folder", "caddy", "caddy-folder", "traefik", "traefik-folder"]
)
async def test_G07_a_small_meeting_works_through_each_proxy(
    front: str, house: House, authority: Authority, tmp_path: Path
) -> None:
    port, folder = free_port(), "/tavle" if front.endswith("-folder") else ""
    server = house.at(folder)
    to, tls = f"127.0.0.1:{server.port}", f"tls {authority.chain} {authority.key}"
    name = "firma.dk" if folder else "tavle.firma.dk"
    certificate = {f"/etc/ssl/{name}.pem": str(authority.chain), f"/etc/ssl/{name}.key": str(authority.key)}
    try:
        match front:
            case "nginx":
                plain = {"listen 80;": f"listen {HERE}:{free_port()};", "    listen [::]:80;\n": ""}
                conf = sample("nginx.conf", listens(port) | plain | certificate | {"127.0.0.1:8000": to})
                command = fronts.nginx(tmp_path, conf)
            case "nginx-folder":
                conf = sample("nginx-folder.conf", listens(port) | certificate | {"127.0.0.1:8000": to})
                command = fronts.nginx(tmp_path, conf)
            case "caddy":
                conf = sample(
                    "Caddyfile",
                    {"tavle.firma.dk {": f"https://{HERE}:{port} {{\n\t{tls}", "127.0.0.1:8000": to},
                )
                command = fronts.caddy(tmp_path, conf)
            case "caddy-folder":
                conf = sample(
                    "Caddyfile.folder",
                    {"\nfirma.dk {": f"\nhttps://{HERE}:{port} {{\n\t{tls}", "127.0.0.1:8000": to},
                )
                command = fronts.caddy(tmp_path, conf)
            case _:
                static = {
                    '":80"': f'"{HERE}:{free_port()}"',
                    '":443"': f'"{HERE}:{port}"',
                    "/etc/traefik/trivselstavlen.yaml": str(tmp_path / "dynamic.yaml"),
                    "/etc/traefik/acme.json": str(tmp_path / "acme.json"),
                }
                dynamic = {f"`{name}`": f"`{HERE}`", "127.0.0.1:8000": to, "certResolver: letsencrypt": ""}
                routes = "traefik-folder.yaml" if folder else "traefik-domain.yaml"
                command = fronts.traefik(
                    tmp_path, sample("traefik.yaml", static), sample(routes, dynamic), authority
                )
    except NoFront as none:
        missing(none)
    with fronts.running(tmp_path, command, port):
        seen = behind(server, f"https://{HERE}:{port}{folder}", authority)
        async with a_meeting(seen) as meeting:
            # The QR code contains the configured address, not the requested one.
            assert meeting.join_url.lower().startswith(f"https://{HERE}:1{folder}/j/")
            assert {cookie.name for cookie in meeting.http.cookies.jar} >= {
                "__Secure-trivsel" if folder else "__Host-trivsel"
            }
            await holds(meeting)


class Balancer:
    """What HAProxy reports about the processes behind it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    async def _told(self) -> dict[str, dict[str, str]]:
        """A line for each process, by its name in the sample."""
        reader, writer = await asyncio.open_unix_connection(self.path)
        writer.write(b"show stat\n")
        lines = (await reader.read()).decode().removeprefix("# ").splitlines()
        writer.close()
        return {row["svname"]: row for row in csv.DictReader(lines) if row["pxname"] == "processes"}

    async def until_up(self, *names: str) -> None:
        """Until it sends clients to exactly these."""
        async with asyncio.timeout(PATIENCE):
            # It accepts clients a moment before it accepts this connection.
            while not self.path.exists():
                await asyncio.sleep(0.05)
            while True:
                told = await self._told()
                if {name for name in ("one", "two") if told[name]["status"].startswith("UP")} == set(names):
                    return
                await asyncio.sleep(0.05)

    async def served(self) -> list[int]:
        """How many requests and connections each has had."""
        told = await self._told()
        return [int(told[name]["stot"]) for name in ("one", "two")]


async def test_R16_two_processes_behind_haproxy(
    new_server: Callable[..., Server], authority: Authority, tmp_path: Path, postgres_url: str
) -> None:
    port = free_port()
    env = {
        "TRIVSEL_BASE_URL": f"https://{HERE}:{port}",
        "TRIVSEL_TRUSTED_PROXIES": HERE,
        "TRIVSEL_DATABASE_URL": postgres_url,
        "TRIVSEL_SECRET": secrets.token_urlsafe(32),
    }
    one, two = new_server(env=env).start(), new_server(env=env)
    with tempfile.TemporaryDirectory() as short:
        balancer = Balancer(Path(short) / "told")
        instead = {
            # The test asks it which it considers up; no more files than a test may open.
            "global\n": f"global\n    stats socket {balancer.path}\n",
            "maxconn 20000": "maxconn 1000",
            "bind :80\n": f"bind {HERE}:{free_port()}\n",
            "bind :443": f"bind {HERE}:{port}",
            "/etc/haproxy/tavle.firma.dk.pem": str(authority.both),
            "127.0.0.1:8001": f"{HERE}:{one.port}",
            "127.0.0.1:8002": f"{HERE}:{two.port}",
        }
        try:
            command = fronts.haproxy(tmp_path, sample("haproxy.cfg", instead))
        except NoFront as none:
            missing(none)
        with fronts.running(tmp_path, command, port):
            await balancer.until_up("one")
            seen = behind(one, f"https://{HERE}:{port}", authority)
            async with signed_in(seen) as http:
                two.start()
                await balancer.until_up("one", "two")
                meeting = await Meeting(seen.url, http, seen.trusts).make()
                await holds(meeting)
                # Each is stopped once, including the one with the room: the other admits people at once.
                for gone, left in ((one, "two"), (two, "one")):
                    await asyncio.to_thread(gone.stop)
                    phone, desk = await meeting.phone(), await meeting.desk()
                    assert phone.workshop == desk.workshop == meeting.workshop
                    await balancer.until_up(left)
                    await asyncio.to_thread(gone.start)
                    await balancer.until_up("one", "two")
                    # Connected clients stay where they are.
                    assert phone.closed is desk.closed is None
                    for wire in (phone, desk):
                        await wire.close()
                assert min(await balancer.served()) > 10
                # What only one process knows keeps its address there.
                made = await meeting.post("/api/rehearsals", process=meeting.process, template="main_meeting",
                                          language="da")  # fmt: skip
                for _ in range(4):
                    assert (await http.get(f"/api/workshops/{made['id']}")).status_code == 200
                    tried = Meeting(seen.url, http, seen.trusts)
                    tried.workshop = made["id"]
                    await (await tried.desk()).close()


def test_A9_no_sample_logs_visitors() -> None:
    for path in SAMPLES.iterdir():
        lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
        logs = [
            line for line in lines if line.startswith(("log", "access_log", "accessLog", "option httplog"))
        ]
        assert set(logs) <= {"access_log off;"}, path.name
    for name in ("nginx.conf", "nginx-folder.conf"):
        assert "access_log off;" in (SAMPLES / name).read_text(encoding="utf-8")
