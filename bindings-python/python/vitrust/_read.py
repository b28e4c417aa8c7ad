"""Reads JSON into frozen dataclasses by the types of their fields.

A class names only what it wants to show: keys it does not name are passed over, so that a newer native half with more
to say never breaks an older view.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, Callable, TypeVar, Union, get_args, get_origin, get_type_hints

from vitrust._moment import from_text

T = TypeVar("T")
Reader = Callable[[Any], Any]


def read(kind: type[T], data: Mapping[str, Any]) -> T:
    """Read one object; what the JSON leaves out keeps the field's default."""
    own: Any = kind  # a type checker does not know a generic class to be hashable
    return kind(**{name: reader(data[key]) for name, key, reader in _readers(own) if key in data})


@cache
def _readers(kind: type[Any]) -> tuple[tuple[str, str, Reader], ...]:
    hints = get_type_hints(kind)
    # A field whose name would be a word of Python has an underscore behind it.
    return tuple((field.name, field.name.rstrip("_"), _reader(hints[field.name])) for field in dataclasses.fields(kind))


def _reader(hint: Any) -> Reader:
    arguments = get_args(hint)
    if get_origin(hint) is Union:
        (inner,) = (argument for argument in arguments if argument is not type(None))
        reader = _reader(inner)
        return lambda value: None if value is None else reader(value)
    if get_origin(hint) is tuple:
        reader = _reader(arguments[0])
        return lambda values: tuple(map(reader, values))
    if hint is datetime:
        return from_text
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    if dataclasses.is_dataclass(hint):
        kind: type = hint  # type: ignore[assignment]
        return lambda value: read(kind, value)
    return lambda value: value
