"""Pieces of input files as plain values; what checks them is made only when a file is to be checked.

A `Record` is declared like a pydantic model: annotated fields, defaults, validators. The model itself is built from
that one declaration when somebody hands in data (`Kind(...)`, `Kind.model_validate(...)`, a field of another record).
What was checked before comes back without it (`Record.known`): a start with nothing new to check loads no pydantic.

Field types that need pydantic's words stand in quotes (`Name: TypeAlias = "Annotated[str, Field(min_length=1)]"`);
they are read in the record's module, pydantic's words and those of `ground.fields` beside it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from dataclasses import Field as Declared
from dataclasses import field
from inspect import get_annotations
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar, dataclass_transform

if TYPE_CHECKING:
    from pydantic import BaseModel

Method = TypeVar("Method")


def before(method: Method) -> Method:
    """Marks a class method that spells out what was written, before it is checked."""
    return _marked(method, "before")


def after(method: Method) -> Method:
    """Marks a method that checks a whole record, its fields being sound; it gives the record back."""
    return _marked(method, "after")


def _marked(method: Method, mode: str) -> Method:
    getattr(method, "__func__", method).__dict__["_when"] = mode
    return method


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(field,))
class Record:
    """What every piece of an input file shares: unknown keys refused, values fixed once read."""

    FIELDS: ClassVar[tuple[str, ...]] = ()
    FACTORIES: ClassVar[Mapping[str, Callable[[], Any]]] = {}
    KNOWN: ClassVar[dict[str, type[Record]]] = {}
    """Every kind of record by its module and name: what `packing` may bring back."""

    def __init_subclass__(cls) -> None:
        own = tuple(name for name in get_annotations(cls) if not name.isupper())
        cls.FIELDS = (*cls.FIELDS, *own)
        made: dict[str, Any] = {
            name: value for name in own if isinstance(value := cls.__dict__.get(name), Declared)
        }
        cls.FACTORIES = {**cls.FACTORIES, **{name: one.default_factory for name, one in made.items()}}
        for name, one in made.items():
            setattr(cls, name, one.default_factory())
        Record.KNOWN[f"{cls.__module__}.{cls.__name__}"] = cls

    def __init__(self, **given: Any) -> None:
        """A record of data that nobody has checked. Raises pydantic's ValidationError."""
        self.__dict__.update(vars(model_of(type(self)).model_validate(given)))

    @classmethod
    def known(cls, **values: Any) -> Self:
        """A record of values that are known to be sound; what is left out has its default."""
        made = object.__new__(cls)
        for name, factory in cls.FACTORIES.items():
            if name not in values:
                made.__dict__[name] = factory()
        made.__dict__.update(values)
        return made

    @classmethod
    def model_validate(cls, data: Any) -> Self:
        """Check data. Raises pydantic's ValidationError."""
        if isinstance(data, cls):
            return data
        return cls.known(**vars(model_of(cls).model_validate(data)))

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, handler: Any) -> Any:
        from pydantic_core import core_schema

        def read(value: Any, validate: Any) -> Any:
            return value if isinstance(value, cls) else cls.known(**vars(validate(value)))

        return core_schema.no_info_wrap_validator_function(read, handler.generate_schema(model_of(cls)))

    def model_copy(self, *, update: Mapping[str, Any] | None = None) -> Self:
        """The same record with other values in some fields; nothing is checked."""
        return type(self).known(**{**self.__dict__, **(update or {})})

    def model_dump(self, *, exclude_defaults: bool = False) -> dict[str, Any]:
        """Plain data: fields by their names, records within as mappings too."""
        values = {name: getattr(self, name) for name in self.FIELDS}
        if exclude_defaults:
            nothing = object()
            values = {
                name: value for name, value in values.items() if getattr(type(self), name, nothing) != value
            }
        return {name: _dumped(value, exclude_defaults) for name, value in values.items()}

    def __setattr__(self, name: str, _value: object) -> None:
        raise AttributeError(f"{type(self).__name__}.{name} is fixed")

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.FIELDS)

    def __hash__(self) -> int:
        return hash((type(self), *(getattr(self, name) for name in self.FIELDS)))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.FIELDS if name in self.__dict__)
        return f"{type(self).__name__}({values})"


def _dumped(value: Any, exclude_defaults: bool) -> Any:
    if isinstance(value, Record):
        return value.model_dump(exclude_defaults=exclude_defaults)
    if isinstance(value, dict):
        return {key: _dumped(one, exclude_defaults) for key, one in value.items()}
    if isinstance(value, (tuple, list)):
        return type(value)(_dumped(one, exclude_defaults) for one in value)
    return value


_MODELS: dict[str, type[BaseModel]] = {}


def model_of(record: type[Record]) -> type[BaseModel]:
    """The pydantic model that checks a kind of record: its fields, defaults and validators."""
    name = f"{record.__module__}.{record.__name__}"
    if name not in _MODELS:
        _MODELS[name] = _model(record)
    return _MODELS[name]


def _model(record: type[Record]) -> type[BaseModel]:
    from typing import get_type_hints

    import pydantic

    from equipcheck.ground import fields

    words = {name: getattr(pydantic, name) for name in _PYDANTIC} | vars(fields)
    parts = [part for part in reversed(record.__mro__) if issubclass(part, Record) and part is not Record]
    for part in parts:
        words |= vars(sys.modules[part.__module__])
        for name in [one for one, value in words.items() if _is_alias(one, value)]:
            said = SimpleNamespace(__annotations__={name: words[name]})
            words[name] = get_type_hints(said, words, include_extras=True)[name]
    hints = get_type_hints(record, localns=words, include_extras=True)
    body: dict[str, Any] = {}
    for part in parts:
        body |= {name: value for name, value in vars(part).items() if name not in _OWN and not name.isupper()}
    for name, value in body.items():
        mode = getattr(getattr(value, "__func__", value), "_when", None)
        if mode is not None:
            check: Any = pydantic.model_validator(mode=mode)
            body[name] = check(value)
    for name, factory in record.FACTORIES.items():
        body[name] = pydantic.Field(default_factory=factory)
    body |= {
        "__module__": record.__module__,
        "__qualname__": record.__qualname__,
        "__doc__": record.__doc__,
        "__annotations__": {name: hints[name] for name in record.FIELDS},
    }
    kind: Any = type(fields.Part)
    made: type[BaseModel] = kind(record.__name__, (fields.Part,), body)
    return made


def _is_alias(name: str, value: object) -> bool:
    """Whether a name of a module is a field type in quotes."""
    return isinstance(value, str) and name[0].isupper() and not name.isupper()


_PYDANTIC = ("AfterValidator", "BeforeValidator", "Field", "StringConstraints", "WithJsonSchema")
_OWN = (
    "__module__",
    "__qualname__",
    "__doc__",
    "__dict__",
    "__weakref__",
    "__annotations__",
)
