"""The folder that the base URL may end in (G07): `/trivsel` of `https://firm.dk/trivsel`.

Depending on its configuration, a proxy passes the path on with or without the folder. Either way everything
behind this sees `root_path` and a path that begins with it, as ASGI requires.
"""

from collections.abc import Mapping
from typing import Any

from starlette.types import ASGIApp, Receive, Scope, Send


class InFolder:
    """The outermost layer when there is a folder."""

    def __init__(self, app: ASGIApp, folder: str) -> None:
        self._app = app
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "lifespan":
            path = scope["path"]
            if path == self._folder:
                # Somebody typed it without the slash at the end.
                path += "/"
            elif not path.startswith(f"{self._folder}/"):
                path = self._folder + path
            scope = {**scope, "path": path, "root_path": self._folder}
        await self._app(scope, receive, send)


def path_in(scope: Mapping[str, Any]) -> str:
    """The path without the folder: what our own routes are called."""
    return str(scope["path"]).removeprefix(scope.get("root_path", ""))
