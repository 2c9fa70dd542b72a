"""Snapshots know every class of the state, and what each of them is made of."""

import inspect

import pytest

from lianxi.engine.plain import Values, fields_of
from lianxi.engine.snapshot import NEEDED, TYPES, frozen, thawed
from tests.builders.centre import ANNA, Centre

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_an_object_is_made_of_what_its_class_needs(kind: type[Values]) -> None:
    if hasattr(kind, "__mypyc_attrs__"):
        pytest.skip("a compiled class does not tell what it takes")
    parameters = inspect.signature(kind).parameters.values()
    assert NEEDED[kind] == tuple(p.name for p in parameters if p.default is p.empty)


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.__name__)
def test_no_class_of_the_state_is_empty(kind: type[Values]) -> None:
    """Equal would be anything to anything, and a snapshot would hold nothing."""
    assert fields_of(kind)


def test_a_compiled_class_tells_its_fields_too() -> None:
    compiled = type("Compiled", (), {"__mypyc_attrs__": ("id", "since", "__hash__")})
    assert fields_of(compiled) == ["id", "since"]


def test_a_state_that_differs_is_not_equal() -> None:
    centre = Centre()
    centre.signs_in(ANNA)
    before = thawed(frozen(centre.state))
    assert before == centre.state
    centre.calls("c1")
    assert before != centre.state
