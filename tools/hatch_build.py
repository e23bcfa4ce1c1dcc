"""The build hook: pages into app/web and migrations into the wheel, so that a wheel is complete."""

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Hook(BuildHookInterface[Any]):
    """Run by hatchling for wheel and sdist alike."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not in Git; an editable install uses the checkout as it is."""
        if version == "editable":
            return
        root = Path(self.root)
        # `make bundle` has just made them by its own rule.
        if os.environ.get("TRIVSEL_PAGES") != "made":
            self._pages(root / "frontend", root / "app" / "web")
        if self.target_name == "wheel":
            # Outside app/ in the checkout, where Alembic's command line, and people, look for them.
            build_data["force_include"] |= {
                str(root / "alembic"): "app/_alembic",
                str(root / "alembic.ini"): "app/_alembic.ini",
                str(root / "CHANGELOG.md"): "app/_changelog.md",
            }

    def _pages(self, frontend: Path, web: Path) -> None:
        """Without npm or the sources (Dockerfile, sdist) the included pages are used."""
        if not (shutil.which("npm") and frontend.exists()):
            if (web / "manifest.json").exists():
                return
            raise RuntimeError("The pages are not built, and npm, which builds them, is not on the PATH.")
        if not (frontend / "node_modules").exists():
            subprocess.run(["npm", "ci"], cwd=frontend, check=True)
        subprocess.run(["npm", "run", "build"], cwd=frontend, check=True)
