"""`make dev`: the reloading server, Vite and a demo workshop; Ctrl+C ends both."""

import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def main() -> None:
    """Start both; restart the server when its code changes, also one that a fault has ended."""
    pages = subprocess.Popen(["npm", "run", "-s", "dev"], cwd=ROOT / "frontend")
    server, seen = serve(), newest()
    print("The pages, reloading: http://127.0.0.1:5173/desk", flush=True)
    try:
        while pages.poll() is None:
            time.sleep(0.5)
            if newest() != seen:
                seen = newest()
                end(server)
                server = serve()
    except KeyboardInterrupt:
        pass
    finally:
        end(server)
        end(pages)


def serve() -> "subprocess.Popen[bytes]":
    """The server with the demo workshop in it."""
    return subprocess.Popen([sys.executable, "-m", "app", "demo"], cwd=ROOT)


def newest() -> float:
    """When the server's code or words were last changed."""
    return max(path.stat().st_mtime for kind in ("*.py", "*.json") for path in (ROOT / "app").rglob(kind))


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to stop, and wait until its port is free."""
    process.terminate()
    process.wait()


if __name__ == "__main__":
    main()
