"""M6: every status a route may answer is in the OpenAPI document, from which the front end gets its types.

Refusals have one shape that every operation names (`default`); these are the other statuses.
"""

import ast
import inspect
import json
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from fastapi.responses import FileResponse

from app.access import routes_of
from app.contract.openapi import document
from app.main import create_app
from app.settings import Settings

#: What Starlette itself answers to range requests.
OF_FILES = {206, 416}


def statuses(endpoint: Callable[..., Any]) -> Iterator[int]:
    """Those that a route's own code gives its answer."""
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(endpoint)))):
        given: ast.expr | None = None
        if isinstance(node, ast.keyword) and node.arg == "status_code":
            given = node.value
        if isinstance(node, ast.Assign) and getattr(node.targets[0], "attr", "") == "status_code":
            given = node.value
        if isinstance(node, ast.Name) and node.id == FileResponse.__name__:
            yield from OF_FILES
        for each in ast.walk(given) if given else ():
            if isinstance(each, ast.Constant) and type(each.value) is int:
                yield each.value


def test_M6_every_status_in_a_routes_lines_is_declared(tmp_path: Path) -> None:
    paths = json.loads(document())["paths"]
    app = create_app(Settings(_env_file=None, data=tmp_path)).http
    missing = [
        f"{method} {route.path}: {status}"
        for route in routes_of(app)
        if route.include_in_schema
        for method in route.methods or ()
        for status in sorted(set(statuses(route.endpoint)))
        if str(status) not in paths[route.path][method.lower()]["responses"]
    ]
    assert missing == []
