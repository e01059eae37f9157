"""Domain values as JSON and back, exactly: what was written is what is read, for every field.

A value's type says how it is read, so old rows are read by today's types: a new field needs a
default, a field is never renamed.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")
Json = Any


def dump(value: Any) -> Json:
    """The value as plain JSON types; empty parts are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        dumped = {field.name: dump(getattr(value, field.name)) for field in fields(value)}
        return {name: part for name, part in dumped.items() if part not in (None, {}, [], "")}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _tagged(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [dump(part) for part in value]
    if isinstance(value, frozenset | set):
        return sorted(dump(part) for part in value)
    return value


def load(kind: type[T], raw: Json) -> T:
    """The value of that type; raises TypeError or ValueError where the JSON is not one."""
    reader: Callable[[Json], T] = _reader(kind)  # type: ignore[arg-type]  # types are hashable
    return reader(raw)


def _tagged(value: Any) -> Json:
    """A value of a mapping without declared types, with its own type beside it."""
    if isinstance(value, Decimal):
        return {"$decimal": str(value)}
    if isinstance(value, date) and not isinstance(value, datetime):
        return {"$date": value.isoformat()}
    if isinstance(value, list | tuple):
        return [_tagged(part) for part in value]
    if isinstance(value, Mapping):
        return {str(key): _tagged(part) for key, part in value.items()}
    return value


def _untagged(raw: Json) -> Any:
    if isinstance(raw, list):
        return tuple(_untagged(part) for part in raw)
    if isinstance(raw, dict):
        if set(raw) == {"$decimal"}:
            return Decimal(raw["$decimal"])
        if set(raw) == {"$date"}:
            return date.fromisoformat(raw["$date"])
        return {key: _untagged(part) for key, part in raw.items()}
    return raw


_ATOMS: dict[Any, Callable[[Json], Any]] = {
    str: str,
    int: int,
    bool: bool,
    float: float,
    Decimal: Decimal,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    Any: _untagged,
}


@cache
def _reader(kind: Any) -> Callable[[Json], Any]:
    if kind in _ATOMS:
        return _ATOMS[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    if is_dataclass(kind):
        return _dataclass_reader(kind)
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, types.UnionType):
        (some,) = (argument for argument in arguments if argument is not type(None))
        read = _reader(some)
        return lambda raw: None if raw is None else read(raw)
    if origin in (tuple, frozenset):
        read = _reader(arguments[0])
        return lambda raw: origin(read(part) for part in raw)
    if origin is not None and issubclass(origin, Mapping):
        read = _reader(arguments[1])
        return lambda raw: {key: read(part) for key, part in raw.items()}
    raise TypeError(f"no reader for {kind}")


def _dataclass_reader(kind: Any) -> Callable[[Json], Any]:
    hints = get_type_hints(kind)
    readers: dict[str, Callable[[Json], Any]] = {}  # made when first used: a type may hold itself
    empty = {
        field.name: _EMPTY[get_origin(hints[field.name]) or hints[field.name]]
        for field in fields(kind)
        if (get_origin(hints[field.name]) or hints[field.name]) in _EMPTY
    }

    def read(raw: Json) -> Any:
        if not readers:
            readers.update({field.name: _reader(hints[field.name]) for field in fields(kind)})
        given = {name: readers[name](part) for name, part in raw.items() if name in readers}
        return kind(**{**{k: make() for k, make in empty.items()}, **given})

    return read


# What `dump` left out because it was empty.
_EMPTY: dict[Any, Callable[[], Any]] = {str: str, tuple: tuple, frozenset: frozenset}
