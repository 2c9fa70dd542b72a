"""The page about steps of flows names each type with all of its fields."""

import re
from typing import get_args

import msgspec
import pytest

from lianxi.engine.ivr.node_types import NODE_TYPES
from lianxi.engine.messages.expressions import FactName, Operator
from lianxi.engine.messages.flow import AnyNode
from tests.architecture.tree import ROOT

pytestmark = pytest.mark.unit

PAGE = (ROOT / "docs/reference/flows.md").read_text(encoding="utf-8")
ROWS = {
    row.split("`")[1]: set(re.findall(r"`([a-z_]+)`|([a-z_]+)", row.split("|")[2]))
    for row in PAGE.splitlines()
    if row.startswith("| `") and row.count("|") == 4
}
KINDS = get_args(AnyNode)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.__struct_config__.tag))
def test_a_type_of_step_is_told_with_its_fields(kind: type[msgspec.Struct]) -> None:
    told = {word for pair in ROWS[str(kind.__struct_config__.tag)] for word in pair if word}
    assert set(kind.__struct_fields__) - {"name", "name_en"} <= told


def test_every_type_of_step_is_performed() -> None:
    assert set(NODE_TYPES) == set(KINDS)


def test_facts_and_operators_are_told() -> None:
    assert [f"`{name}`" for name in (*FactName, *Operator) if f"`{name}`" not in PAGE] == []
