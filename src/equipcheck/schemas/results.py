"""Schemas of results: each field's type as its record declares it."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from equipcheck.checking.results import Rates
from equipcheck.ground.frames import PLACE_NAMES
from equipcheck.schemas.parts import (
    COUNT,
    DATE,
    FLAG,
    NUMBER,
    SHARE,
    TEXT,
    Schema,
    many,
    maybe,
    one_of,
    printed,
    told,
)

_PLAIN: dict[Any, Schema] = {
    str: TEXT, bool: FLAG, int: COUNT, float: SHARE, Decimal: NUMBER, dt.date: DATE, Any: {}
}  # fmt: skip


def fields_of(record: type, *without: str, **instead: Schema | str) -> dict[str, Schema]:
    """The fields of a record, without some; `instead` gives a field's schema, or what is told of it."""
    found = {name: _of(hint) for name, hint in get_type_hints(record).items() if name not in without}
    for name, given in instead.items():
        found[name] = told(found[name], given) if isinstance(given, str) else given
    return found


def result(record: type, *without: str, **instead: Schema | str) -> Schema:
    """A record as an object of an output."""
    return printed(fields_of(record, *without, **instead))


def _of(hint: Any) -> Schema:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin, inner = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        schema = _of(next(one for one in inner if one is not types.NoneType))
        return schema | {"type": [schema["type"], "null"]} if "properties" not in schema else maybe(schema)
    if origin is Literal:
        return one_of(*inner)
    if origin is tuple and inner[-1] is not Ellipsis:
        return {"type": "array"}
    if origin in (tuple, Sequence):
        return many(_of(inner[0]))
    return {"type": "object"} if origin is Mapping else result(hint)


RATES = fields_of(
    Rates,
    by_kind="达标率：达标的行 ÷ 适用的必配行；没有适用的行为 null",
    by_kind_if_verified="有效期不明的都补检合格时的达标率",
    by_quantity="数量配备率；上限标准为 null",
    applicable="适用的必配行数",
    met="达标的行数",
    unrecorded="台账未登记、不计入的行数",
    undecided="待定、不计入的行数",
)
COVERAGE = printed(RATES | {"attested": told(printed(RATES), "只算有据的行")})
TOTALS = told(printed({"read": COUNT} | dict.fromkeys(PLACE_NAMES, COUNT)), "每一行、每一件恰好归入一处")
