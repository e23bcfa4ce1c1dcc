"""What no client library would send, to the real server over a raw connection."""

import json
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Callable

import pytest

from tests.support.patience import PATIENCE
from tests.support.server import Server


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> object:
    """One server for this file."""
    with Server(tmp_path_factory.mktemp("wire") / "data", laid=True) as server:
        yield server


def say(server: Server, request: bytes) -> bytes:
    """Send bytes as they are, and read until the server sends no more."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=PATIENCE) as connection:
        connection.sendall(request)
        heard = b""
        try:
            while part := connection.recv(65536):
                heard += part
        except (TimeoutError, ConnectionResetError):
            pass
        return heard


def head(server: Server, *lines: str) -> bytes:
    return "\r\n".join([*lines, f"Host: 127.0.0.1:{server.port}", "Connection: close", "", ""]).encode()


def statuses(heard: bytes) -> list[int]:
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3})", heard)]


def test_B74_two_lengths_are_refused(running: Server) -> None:
    both = head(running, "POST /api/join HTTP/1.1", "Content-Length: 6", "Transfer-Encoding: chunked")
    assert statuses(say(running, both + b"0\r\n\r\nGET /healthz HTTP/1.1\r\n\r\n")) == [400]
    twice = head(running, "POST /api/join HTTP/1.1", "Content-Length: 6", "Content-Length: 7")
    assert statuses(say(running, twice + b"{}    ")) == [400]


def test_B74_a_head_of_100_KiB_is_refused(running: Server) -> None:
    heard = say(running, head(running, "GET /healthz HTTP/1.1", "X-Long: " + "x" * 100_000))
    assert statuses(heard) in ([431], [400])


@pytest.mark.parametrize("request_line", [b"\x16\x03\x01\x02", b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n"])
def test_B74_what_is_no_http_is_no_trouble(running: Server, request_line: bytes) -> None:
    assert statuses(say(running, request_line + b"\r\n\r\n")) in ([400], [])
    assert running.answers()


def test_B71_two_hosts(running: Server) -> None:
    heard = say(running, head(running, "GET /healthz HTTP/1.1", "Host: evil.example"))
    assert statuses(heard) == [400]


def test_B38_paths_as_they_are(running: Server) -> None:
    for path in (
        "/assets/../../../etc/passwd",
        "/assets/..%2f..%2fetc/passwd",
        "/assets/%00",
        "/%2e%2e/etc/passwd",
    ):
        heard = say(running, head(running, f"GET {path} HTTP/1.1"))
        assert statuses(heard) in ([404], [400])
        assert b"root:" not in heard


def test_X29_the_server_does_not_say_what_it_is(running: Server) -> None:
    heard = say(running, head(running, "GET /healthz HTTP/1.1")).lower()
    assert b"\r\nserver:" not in heard
    assert b"uvicorn" not in heard and b"python" not in heard


def test_X2_the_first_link_is_printed_works_once_and_is_not_printed_again(
    new_server: Callable[..., Server],
) -> None:
    server = new_server().start()
    token = server.first_link().partition("#")[2]
    assert post(server, "/api/accounts/first", {
        "token": token, "name": "Karen", "email": "k@x.dk", "password": "kø hat lampe 42",
    })[0] == 200  # fmt: skip
    server.stop()
    server.start()
    assert server.output().count("/welcome#") == 1
    assert post(server, "/api/session", {"email": "k@x.dk", "password": "kø hat lampe 42"})[0] == 200
    assert post(server, "/api/session", {"email": "k@x.dk", "password": "Ganz-Geheim-99"})[0] == 401
    assert "Ganz-Geheim-99" not in server.output() and "k@x.dk" not in server.output()


def post(server: Server, path: str, body: dict[str, str]) -> tuple[int, bytes]:
    request = urllib.request.Request(
        server.url + path,
        json.dumps(body).encode(),
        {"Content-Type": "application/json", "Origin": server.url},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()
