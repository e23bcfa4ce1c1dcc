"""Finds all ids in a record, at any depth, so that they can be renamed.

A field holds an id if its type says so; nothing is guessed from a text's form.
"""

from collections.abc import Callable, Mapping
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, StringConstraints

from app.engine.records import Id

#: Gives an id another one.
Rename = Callable[[str], str]
#: Called with each text that is not an id.
Read = Callable[[str], str]
_PATTERN: str = get_args(Id)[1].pattern


def renamed(
    model: type[BaseModel], fields: Mapping[str, Any], rename: Rename, read: Read = str
) -> dict[str, Any]:
    """The fields of a model as in JSON, with every id renamed and every other text passed to `read`."""
    typed = {name: _typed(model, name) for name in model.model_fields}
    return {name: _renamed(typed.get(name, Any), value, rename, read) for name, value in fields.items()}


def is_id(model: type[BaseModel], name: str) -> bool:
    """Whether a field is an id, or none."""
    return name in model.model_fields and renamed(model, {name: "x"}, lambda _: "y")[name] == "y"


def _typed(model: type[BaseModel], name: str) -> Any:
    field = model.model_fields[name]
    # Pydantic unwraps the outermost annotation.
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation


def _renamed(kind: Any, value: Any, rename: Rename, read: Read) -> Any:
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        if any(isinstance(one, StringConstraints) and one.pattern == _PATTERN for one in inner[1:]):
            return rename(value) if isinstance(value, str) else value
        return _renamed(inner[0], value, rename, read)
    if origin in (Union, UnionType):
        fitting = [one for one in inner if one is not type(None)]
        return _renamed(fitting[0], value, rename, read) if len(fitting) == 1 else value
    match value:
        case str():
            return read(value)
        case list():
            item = inner[0] if inner else Any
            return [_renamed(item, one, rename, read) for one in value]
        case dict() if isinstance(kind, type) and issubclass(kind, BaseModel):
            return renamed(kind, value, rename, read)
        case dict():
            key, item = inner if len(inner) == 2 else (Any, Any)
            return {
                _renamed(key, name, rename, read): _renamed(item, one, rename, read)
                for name, one in value.items()
            }
    return value
