"""`make dev`: the server with reload, Vite beside it, and a demo workshop; Ctrl+C ends both."""

import os
import signal
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Start both and end both as soon as one of them ends."""
    server = [sys.executable, "-m", "app", "demo", "--reload"]
    pages = ["npm", "run", "-s", "dev"]
    env = {**os.environ, "TRIVSEL_PORT": os.environ.get("TRIVSEL_PORT", "8000")}
    both = [
        subprocess.Popen(server, cwd=ROOT, env=env),
        subprocess.Popen(pages, cwd=ROOT / "frontend", env=env),
    ]
    print("The pages, reloading: http://127.0.0.1:5173/", flush=True)
    try:
        os.wait()
    except KeyboardInterrupt:
        pass
    finally:
        for process in both:
            process.send_signal(signal.SIGTERM)
        for process in both:
            process.wait()


if __name__ == "__main__":
    main()
