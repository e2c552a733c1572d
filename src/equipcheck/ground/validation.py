"""From a YAML document to a model: every mistake at once, each with its place, what stood there and a near match."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, get_args

from equipcheck.ground.records import Record, model_of
from equipcheck.ground.shelf import kept
from equipcheck.ground.yamlfile import Document, Path_, later, load
from equipcheck.problems import InputError, Problem
from equipcheck.problems.nearby import near, shown

if TYPE_CHECKING:
    from pydantic import BaseModel


class Form(Protocol):
    """A record or a model: what checks data."""

    @classmethod
    def model_validate(cls, data: Any, /) -> Self:
        """Check data. Raises pydantic's ValidationError."""


Model = TypeVar("Model", bound=Form)

_EXPECTED = {
    "string_type": "文字",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "decimal_type": "数",
    "decimal_parsing": "数",
    "bool_type": "true 或 false",
    "bool_parsing": "true 或 false",
    "date_type": "日期（如 2023-12-31）",
    "date_parsing": "日期（如 2023-12-31）",
    "date_from_datetime_parsing": "日期（如 2023-12-31）",
    "date_from_datetime_inexact": "日期（如 2023-12-31）",
    "string_pattern_mismatch": "小写字母、数字和下划线等组成的名字，不含空格和汉字",
    "string_too_long": "短一些的文字",
    "finite_number": "数",
    "list_type": "列表",
    "tuple_type": "列表",
    "dict_type": "“键: 值”的形式",
    "model_type": "“键: 值”的形式",
    "model_attributes_type": "“键: 值”的形式",
    "string_too_short": "不为空的文字",
    "too_short": "至少一项",
}


def validate(model: type[Model], document: Document, at: Path_ = ()) -> tuple[Model | None, list[Problem]]:
    """Check the data at a path against a pydantic model; every mistake is returned, each with its place."""
    from pydantic import ValidationError

    try:
        return model.model_validate(without_private_keys(document.value(at) if at else document.data)), []
    except ValidationError as error:
        found = [_problem(model, document, at, item) for item in error.errors(include_url=False)]
        return None, list({(one.code, one.place, str(one.args)): one for one in found}.values())


def read(form: type[Model], path: Path, shown: str, code: Sequence[str] = ()) -> tuple[Model, Document]:
    """A file that is one `form` (its code: paths in the package), from the shelf where it was checked before.

    Raises InputError with every mistake.
    """

    def check() -> Model:
        found, problems = validate(form, load(path, shown))
        if found is None or problems:
            raise InputError(problems)
        return found

    try:
        found = kept(form.__name__, [path], code, check)
    except OSError:
        found = check()  # which says what is wrong with the file
    return found, later(path, shown)


def without_private_keys(data: Any) -> Any:
    """The data without the keys that begin with `x_`, which anyone may use for their own ends."""
    if isinstance(data, dict):
        return {
            key: without_private_keys(value) for key, value in data.items() if not str(key).startswith("x_")
        }
    if isinstance(data, list):
        return [without_private_keys(item) for item in data]
    return data


def _problem(model: type[Form], document: Document, base: Path_, item: Any) -> Problem:
    kind, context = item["type"], item.get("ctx", {})
    at = _present(document, base + tuple(item["loc"]))
    if kind == "extra_forbidden":
        key = str(item["loc"][-1])
        known = sorted(_fields_at(model, tuple(item["loc"])[:-1]))
        args = {"key": key, "near": near(key, known), "expected": "、".join(known)}
        return Problem("unknown-key", document.place((*at[:-1], key) if at else (key,), key=True), args)
    if kind == "missing":
        return Problem("missing-key", document.place(at), {"key": item["loc"][-1]})
    value = item.get("input")
    if kind in ("literal_error", "enum"):
        expected = str(context.get("expected", ""))
        choices = re.findall(r"'([^']*)'", expected) or [expected]
        if item["loc"][-1:] == ("[key]",):
            args = {"key": str(value), "near": near(str(value), choices), "expected": "、".join(choices)}
            return Problem("unknown-key", document.place(at, key=True), args)
        args = {"value": shown(value), "expected": " / ".join(choices), "near": near(str(value), choices)}
        if str(value) in choices:  # the word of a number
            args |= {"expected": f"数 {value}，不加引号", "near": ""}
        return Problem("bad-value", document.place(at), args)
    args = {"value": shown(value), "expected": _expected(kind, item, context), "near": ""}
    return Problem("bad-value", document.place(at, key=item["loc"][-1:] == ("[key]",)), args)


def _expected(kind: str, item: Any, context: dict[str, Any]) -> str:
    bounds = {
        "greater_than_equal": ("ge", "不小于"),
        "greater_than": ("gt", "大于"),
        "less_than_equal": ("le", "不大于"),
    }
    if kind in bounds:
        key, word = bounds[kind]
        return f"{word} {context[key]} 的数"
    if kind == "value_error":
        return str(context.get("error", item["msg"]))
    if kind in _EXPECTED:
        return _EXPECTED[kind]
    return "合乎此处写法的值"


def _present(document: Document, at: Path_) -> Path_:
    """The part of a location that stands in the file: validators may add steps of their own."""
    found: Path_ = ()
    for step in at:
        if (*found, step) in document.marks:
            found = (*found, step)
    return found


def _fields_at(model: type[Form], at: Path_) -> set[str]:
    """The keys that the models found along a location accept."""
    models = set(_models_in(model))
    for step in at:
        following: set[type[BaseModel]] = set()
        for one in models:
            for name, info in one.model_fields.items():
                if step in (name, info.alias):
                    following |= set(_models_in(info.annotation))
        models = following or models
    return {info.alias or name for one in models for name, info in one.model_fields.items()}


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    from pydantic import BaseModel, RootModel

    if isinstance(annotation, type) and issubclass(annotation, RootModel):
        yield from _models_in(annotation.model_fields["root"].annotation)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    if isinstance(annotation, type) and issubclass(annotation, Record):
        yield model_of(annotation)
    for part in get_args(annotation):
        yield from _models_in(part)
