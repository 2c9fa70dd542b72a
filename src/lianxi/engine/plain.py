"""What every object of the state is: plain values that are compared by what they hold."""


class Values:
    """Equal when all of its values are. The subclasses are typed and plain, so that they can be
    compiled; what a snapshot makes of them is in `snapshot.py`."""

    def __eq__(self, other: object) -> bool:
        if type(self) is not type(other):
            return False
        return all(getattr(self, name) == getattr(other, name) for name in fields_of(type(self)))

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        facts = ", ".join(f"{name}={getattr(self, name)!r}" for name in fields_of(type(self)))
        return f"{type(self).__name__}({facts})"


def fields_of(kind: type) -> list[str]:
    """The names of the values a class holds; a compiled class keeps no annotations."""
    compiled = getattr(kind, "__mypyc_attrs__", None)
    names = kind.__annotations__ if compiled is None else compiled
    return [name for name in names if not name.startswith("__")]
