"""X28: outgoing connections are opened only by the files listed here, each to a configured address."""

import ast
import re
from pathlib import Path

APP = Path(__file__).parents[2] / "app"
#: What opens one, by the start of its name.
OPENS = re.compile(
    r"(aiosmtplib|smtplib|ftplib|imaplib|poplib|xmlrpc|http\.client|urllib\.request|httpx2?|httpcore2?|requests"
    r"|aiohttp|urllib3|authlib\.integrations|socket|ssl)(\.|$)"
)
#: Which files may, and for what.
MAY = {
    "mail/sender.py": "the mail server that is set",
    "sign_on/provider.py": "the OpenID Connect provider that is set",
    # None of these sends a byte: listening, addresses of this machine, names of errors.
    "http/addresses.py": "connects UDP, which sends nothing",
    "operations/serving.py": "listens",
    "operations/start_checks.py": "tries the port that is set",
    "live/protocol.py": "the sockets that came in",
    "storage/trouble.py": "the names of faults",
}


def imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {name.name for name in node.names}
        elif isinstance(node, ast.ImportFrom) and not node.level:
            found |= {f"{node.module}.{name.name}" for name in node.names}
    return found


def opening() -> dict[str, set[str]]:
    by_file = {
        path.relative_to(APP).as_posix(): {name for name in imports(path) if OPENS.match(name)}
        for path in APP.rglob("*.py")
    }
    return {path: names for path, names in by_file.items() if names}


def test_X28_nobody_else_opens_a_line() -> None:
    found = opening()
    assert not {path: names for path, names in found.items() if path not in MAY}
    assert "mail/sender.py" in found


def test_X28_what_opens_a_line_is_found() -> None:
    for name in (
        "urllib.request.urlopen",
        "http.client",
        "httpx2",
        "socket.create_connection",
        "smtplib.SMTP",
    ):
        assert OPENS.match(name)
    assert not OPENS.match("http.cookies") and not OPENS.match("app.http.errors")
