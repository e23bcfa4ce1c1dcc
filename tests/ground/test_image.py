"""The Dockerfile, as far as it can be tested without a Docker engine."""

import subprocess

from tests.support import bundle
from tests.support.server import CHECKOUT


def test_the_dockerfile_is_clean_and_its_steps_make_a_healthy_server() -> None:
    bundle.make(".make/fetched")
    done = subprocess.run(
        ["make", "--no-print-directory", "image-check"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-4000:]
