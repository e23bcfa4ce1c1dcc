"""One OpenAPI document of HTTP and live messages, from which the front end gets its types (`make types`)."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import orjson
from pydantic import create_model
from pydantic.json_schema import models_json_schema

from app.activities.registry import registry
from app.blocks.drawing import Drawing
from app.live.messages import ClientMessageModel, CommandModel, NamedDoModel, SeenModel, ServerMessageModel
from app.locales import FALLBACK, texts_of
from app.main import create_app
from app.settings import Settings

Json = dict[str, Any]
REF = "#/components/schemas/"
#: The one shape of every refusal (`app/http/errors.py`).
REFUSAL: Json = {
    "type": "object",
    "description": "Why an HTTP request was refused; `text` is in the requested language.",
    "properties": {
        "code": {"$ref": f"{REF}FaultCode"},
        "text": {"type": "string"},
        "id": {"type": "string"},
        "retry_after": {"type": "number"},
    },
    "required": ["code", "text", "id"],
}
REFUSED: Json = {
    "description": "Refused.",
    "content": {"application/json": {"schema": {"$ref": f"{REF}Refusal"}}},
}


@cache
def document() -> bytes:
    """The document as JSON with sorted keys, so that the same code gives the same file."""
    whole = _http()
    live = _live()
    schemas = whole["components"]["schemas"]
    if twice := [name for name in schemas.keys() & live if schemas[name] != live[name]]:
        raise ValueError(f"one name for two shapes: {twice}")
    schemas |= live | {"FaultCode": {"type": "string", "enum": faults()}, "Refusal": REFUSAL}
    schemas["RefusedMessage"]["properties"]["code"] = {"$ref": f"{REF}FaultCode"}
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)


def faults() -> list[str]:
    """Every refusal code; each has a text (`tests/laws/test_words.py`)."""
    start = "refused."
    return sorted(key.removeprefix(start) for key in texts_of(FALLBACK) if key.startswith(start))


def _live() -> Json:
    fields: dict[str, Any] = {name: kind.settings for name, kind in registry.kinds.items()}
    settings = create_model("SettingsModel", **fields)
    models: list[Any] = [
        (ClientMessageModel, "validation"),
        (CommandModel, "validation"),
        (NamedDoModel, "validation"),
        (ServerMessageModel, "serialization"),
        (SeenModel, "serialization"),
        (Drawing, "serialization"),
        (settings, "serialization"),
    ]
    _, definitions = models_json_schema(models, ref_template=REF + "{model}")
    schemas: Json = definitions["$defs"]
    return schemas


def _http() -> Json:
    with TemporaryDirectory() as folder:
        whole: Json = create_app(Settings(_env_file=None, data=Path(folder))).http.openapi()
    whole["info"] = {"title": "Trivselstavlen", "version": "1"}
    asked = set[str]()
    for path, operations in whole["paths"].items():
        for operation in operations.values():
            # The role matrix reads path parameters itself, so not every route declares them.
            given = {each["name"]: each for each in operation.get("parameters", ())}
            places = {
                name: {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
                for name in re.findall(r"{(\w+)}", path)
            }
            operation["parameters"] = list((places | given).values())
            # FastAPI's own error answers are replaced (`errors.install`).
            operation["responses"].pop("422", None)
            operation["responses"]["default"] = REFUSED
            asked |= set(_named(operation.get("requestBody", {})))
    schemas = whole["components"]["schemas"]
    for name in ("HTTPValidationError", "ValidationError"):
        del schemas[name]
    for name, schema in schemas.items():
        # Fields with defaults may be omitted from a request, but are in every answer.
        if name not in asked and "properties" in schema:
            schema["required"] = list(schema["properties"])
    return whole


def _named(schema: object) -> Iterator[str]:
    """The models in a body; none of them contains another."""
    for found in re.findall(rf"{REF}(\w+)", orjson.dumps(schema).decode()):
        yield str(found)
