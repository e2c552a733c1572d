"""Small pieces that schemas are written with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
WHOLE: Schema = {"type": "integer"}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER: Schema = {"type": "number"}
FLAG: Schema = {"type": "boolean"}
DATE: Schema = {"type": "string", "format": "date"}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
MAYBE_TEXT: Schema = {"type": ["string", "null"]}
MAYBE_WHOLE: Schema = {"type": ["integer", "null"]}
MAYBE_NUMBER: Schema = {"type": ["number", "null"]}


def told(schema: Schema, description: str, *examples: Any) -> Schema:
    """A schema with its description and examples."""
    return schema | {"description": description} | ({"examples": list(examples)} if examples else {})


def one_of(*values: Any) -> Schema:
    """One of a few words."""
    return {"enum": list(values)}


def many(items: Schema) -> Schema:
    """A list."""
    return {"type": "array", "items": items}


def maybe(schema: Schema) -> Schema:
    """The thing or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def printed(properties: Mapping[str, Schema], optional: tuple[str, ...] = ()) -> Schema:
    """An object of an output: these keys stand in it always, others may."""
    required = [name for name in properties if name not in optional]
    return {"type": "object", "properties": dict(properties), "required": required}


def written(properties: Mapping[str, Schema], required: tuple[str, ...] = ()) -> Schema:
    """An object of an input file: no other keys but those that begin with x_."""
    return {
        "type": "object",
        "properties": dict(properties),
        "patternProperties": {"^x_": {}},
        "additionalProperties": False,
    } | ({"required": list(required)} if required else {})


def by_name(values: Schema) -> Schema:
    """An object whose keys are names."""
    return {"type": "object", "additionalProperties": values}
