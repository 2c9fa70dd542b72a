"""An example of any message, built from its type: every field filled, no two strings alike."""

import itertools
from typing import Any, TypeVar

import msgspec
from msgspec import inspect

S = TypeVar("S", bound=msgspec.Struct)


def example_of(kind: type[S]) -> S:
    """A full example of a struct: optional fields are set, collections hold one thing each.

    Raises:
        TypeError: a field has a type that messages do not use.
    """
    filled: S = msgspec.convert(_plain(inspect.type_info(kind), itertools.count(1)), kind)
    return filled


def _plain(shape: inspect.Type, numbers: "itertools.count[int]", depth: int = 0) -> Any:
    match shape:
        case inspect.StructType(fields=fields, tag_field=tag_field, tag=tag):
            content = {
                field.encode_name: _plain(field.type, numbers, depth + 1)
                for field in fields
                if depth < 8 or field.required
            }
            return {tag_field: tag, **content} if tag_field else content
        case inspect.UnionType(types=types):
            return _plain(_first_meaningful(types), numbers, depth)
        case (
            inspect.ListType()
            | inspect.VarTupleType()
            | inspect.SetType()
            | inspect.FrozenSetType()
        ):
            return [_plain(shape.item_type, numbers, depth + 1)]
        case inspect.TupleType(item_types=items):
            return [_plain(item, numbers, depth + 1) for item in items]
        case inspect.DictType(key_type=key, value_type=value):
            return {_plain(key, numbers, depth): _plain(value, numbers, depth + 1)}
        case inspect.Metadata(type=inner):
            return _plain(inner, numbers, depth)
        case _:
            return _scalar(shape, numbers)


def _scalar(shape: inspect.Type, numbers: "itertools.count[int]") -> Any:
    match shape:
        case inspect.EnumType(cls=closed_set):
            return next(iter(closed_set)).value
        case inspect.LiteralType(values=values):
            return values[0]
        case inspect.BoolType():
            return True
        case inspect.IntType():
            return next(numbers)
        case inspect.FloatType():
            return next(numbers) + 0.5
        case inspect.StrType():
            return f"text-{next(numbers)}"
        case inspect.NoneType():
            return None
    raise TypeError(f"messages do not use {shape!r}")


def _first_meaningful(types: tuple[inspect.Type, ...]) -> inspect.Type:
    return next((each for each in types if not isinstance(each, inspect.NoneType)), types[0])
