"""One OpenAPI document of the wire, from which the front end's types are made (`make types`)."""

from typing import Any

import orjson
from pydantic import create_model
from pydantic.json_schema import models_json_schema

from app.activities.registry import registry
from app.live.messages import ClientMessageModel, CommandModel, NamedDoModel, SeenModel, ServerMessageModel


def document() -> bytes:
    """The document as JSON with sorted keys, so that the same code gives the same file."""
    fields: dict[str, Any] = {name: kind.settings for name, kind in registry.kinds.items() if kind.settings}
    settings = create_model("SettingsModel", **fields)
    models: list[Any] = [
        (ClientMessageModel, "validation"),
        (CommandModel, "validation"),
        (NamedDoModel, "validation"),
        (ServerMessageModel, "serialization"),
        (SeenModel, "serialization"),
        (settings, "serialization"),
    ]
    _, definitions = models_json_schema(models, ref_template="#/components/schemas/{model}")
    whole = {
        "openapi": "3.1.0",
        "info": {"title": "Trivselstavlen", "version": "1"},
        "paths": {},
        "components": {"schemas": definitions["$defs"]},
    }
    return orjson.dumps(whole, option=orjson.OPT_SORT_KEYS | orjson.OPT_INDENT_2)
