"""Threads that compute, such as those of SQLite, do not keep the loop waiting."""

import sys
from pathlib import Path

from app.main import create_app
from app.operations.serving import prepare
from app.settings import Settings
from app.wiring.running import HAND_OVER, running


async def test_while_the_server_runs_threads_hand_the_interpreter_over_soon(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, data=tmp_path, base_url="")
    await prepare(settings)
    before = sys.getswitchinterval()
    sys.setswitchinterval(0.005)
    try:
        async with running(create_app(settings).services):
            assert sys.getswitchinterval() <= HAND_OVER < 0.001
    finally:
        sys.setswitchinterval(before)
