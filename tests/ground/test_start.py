"""The messages somebody without an IT department sees when the server cannot start."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from app.locales import words
from tests.support.server import CHECKOUT


def test_a_port_in_use_is_said_in_plain_words_in_both_languages(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        env = {**os.environ, "HOST": "127.0.0.1", "PORT": str(port), "TRIVSEL_DATA": str(tmp_path)}
        ended = subprocess.run(
            [sys.executable, "-m", "app", "serve"],
            check=False,
            cwd=CHECKOUT,
            env=env,
            capture_output=True,
            text=True,
        )
    assert ended.returncode == 1
    said = [words(language)("shared.start.taken", port=port) for language in ("da", "en")]
    assert ended.stderr.splitlines()[-2:] == said
    assert "Traceback" not in ended.stderr
