"""Programs around the product, as in docs/samples: nginx, Caddy, Traefik and HAProxy in front of it with our
own CA, and Prometheus, which reads its figures.
"""

import copy
import ipaddress
import os
import shutil
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from tests.support.patience import PATIENCE
from tests.support.server import CHECKOUT, Server

SAMPLES = CHECKOUT / "docs" / "samples"
HERE = "127.0.0.1"


class NoFront(Exception):
    """The program is not installed."""


class Authority:
    """A CA of a test, with one certificate for this machine; its key and certificate also in one file."""

    def __init__(self, folder: Path) -> None:
        self.chain, self.key, self.both, self.root = (
            folder / f"tls.{end}" for end in ("crt", "key", "pem", "root")
        )
        own, leaf = (ec.generate_private_key(ec.SECP256R1()) for _ in range(2))
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A CA of a test")])
        now = datetime.now(UTC)

        def begun(subject: x509.Name, key: ec.EllipticCurvePrivateKey) -> x509.CertificateBuilder:
            builder = x509.CertificateBuilder().subject_name(subject).issuer_name(name)
            builder = builder.public_key(key.public_key()).serial_number(x509.random_serial_number())
            return builder.not_valid_before(now - timedelta(hours=1)).not_valid_after(now + timedelta(days=1))

        ca = begun(name, own).add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        here = x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address(HERE))])
        cert = begun(x509.Name([]), leaf).add_extension(here, critical=True)
        root, signed = (
            each.sign(own, hashes.SHA256()).public_bytes(serialization.Encoding.PEM) for each in (ca, cert)
        )
        secret = leaf.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        self.chain.write_bytes(signed)
        self.key.write_bytes(secret)
        self.both.write_bytes(signed + secret)
        self.root.write_bytes(root)
        self.trusts = ssl.create_default_context(cadata=root.decode())


def program(name: str) -> str:
    """Where it is: Traefik comes with our own tools; Debian keeps servers out of the path of users."""
    ours = Path(sys.executable).parent
    found = shutil.which(name, path=f"{ours}:{os.environ.get('PATH', '')}:/usr/sbin:/sbin")
    if found is None:
        raise NoFront(f"{name} is not installed")
    return found


def sample(name: str, instead: Mapping[str, str]) -> str:
    """A file of docs/samples with this machine's values filled in; each placeholder must exist."""
    text = (SAMPLES / name).read_text(encoding="utf-8")
    for old, new in instead.items():
        assert old in text, (name, old)
        text = text.replace(old, new)
    return text


def nginx(folder: Path, conf: str) -> list[str]:
    """A master that runs in the foreground and keeps everything in a folder of its own."""
    places = "".join(
        f"{each}_temp_path {folder}/{each};" for each in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    text = f"daemon off; pid {folder}/pid; error_log stderr crit; events {{}}\nhttp {{ {places}\n{conf}\n}}"
    (folder / "nginx.conf").write_text(text, encoding="utf-8")
    return [program("nginx"), "-e", "stderr", "-p", str(folder), "-c", str(folder / "nginx.conf")]


def caddy(folder: Path, conf: str) -> list[str]:
    """Without its admin port; what it keeps is in the folder."""
    text = "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n}\n" + conf
    (folder / "Caddyfile").write_text(text, encoding="utf-8")
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]


def traefik(folder: Path, static: str, dynamic: str, authority: Authority) -> list[str]:
    """With the certificate of a test where the sample has one fetched."""
    given = {"certFile": str(authority.chain), "keyFile": str(authority.key)}
    with_tls = yaml.safe_load(dynamic) | {"tls": {"stores": {"default": {"defaultCertificate": given}}}}
    (folder / "dynamic.yaml").write_text(yaml.safe_dump(with_tls), encoding="utf-8")
    (folder / "traefik.yaml").write_text(static, encoding="utf-8")
    return [program("traefik"), f"--configFile={folder / 'traefik.yaml'}"]


def haproxy(folder: Path, conf: str) -> list[str]:
    """In the foreground."""
    (folder / "haproxy.cfg").write_text(conf, encoding="utf-8")
    return [program("haproxy"), "-db", "-f", str(folder / "haproxy.cfg")]


def prometheus(folder: Path, conf: str, port: int) -> list[str]:
    """It requests the figures, and answers queries at the port with what it has read."""
    (folder / "prometheus.yml").write_text(conf, encoding="utf-8")
    words = (f"config.file={folder / 'prometheus.yml'}", f"storage.tsdb.path={folder / 'read'}")
    return [program("prometheus"), *(f"--{word}" for word in words), f"--web.listen-address={HERE}:{port}"]


@contextmanager
def running(folder: Path, command: list[str], port: int) -> Iterator[None]:
    """Run it until the test ends; yields once it listens, or fails with its output."""
    env = {"PATH": os.environ.get("PATH", ""), "HOME": str(folder), "XDG_DATA_HOME": str(folder)}
    log = folder / "front.log"
    with (
        log.open("wb") as out,
        subprocess.Popen(command, stdout=out, stderr=out, env=env, cwd=folder) as process,
    ):
        try:
            _listens(process, port, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(timeout=5)
            except subprocess.TimeoutExpired:
                process.kill()


def _listens(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    import socket

    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and process.poll() is None:
        try:
            socket.create_connection((HERE, port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise RuntimeError(log.read_text(encoding="utf-8", errors="replace"))


def behind(server: Server, url: str, authority: Authority) -> Server:
    """The same server, reached at another address, once it answers there."""
    seen = copy.copy(server)
    seen.url, seen.trusts, seen.session = url, authority.trusts, []
    end = time.monotonic() + PATIENCE
    # Traefik listens a moment before it has read where to send requests.
    while not seen.answers():
        assert time.monotonic() < end, f"{url} does not answer"
        time.sleep(0.02)
    return seen
