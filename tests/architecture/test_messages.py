"""Each event has a stable wire name, a change of state, a codec round trip and a docs line."""

import importlib
import pkgutil
import re

import msgspec
import pytest

import lianxi.engine
from lianxi.engine.messages.base import Command, Event, Input
from lianxi.engine.messages.commands import AnyCommand
from lianxi.engine.messages.events import AnyEvent
from lianxi.engine.messages.inputs import AnyInput
from tests.builders.examples import example_of
from tools import reference

pytestmark = [pytest.mark.unit, pytest.mark.timeout(30)]

VERSIONED = re.compile(r"[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*\.v[1-9]\d*")
UNIONS = {Input: AnyInput, Event: AnyEvent, Command: AnyCommand}
EVENTS = reference.members(AnyEvent)
MESSAGES = [kind for union in UNIONS.values() for kind in reference.members(union)]


def name(kind: type[msgspec.Struct]) -> str:
    return kind.__name__


@pytest.mark.parametrize("base", UNIONS, ids=name)
def test_every_message_stands_in_its_union(base: type[msgspec.Struct]) -> None:
    assert set(base.__subclasses__()) == set(reference.members(UNIONS[base]))


@pytest.mark.parametrize("base", UNIONS, ids=name)
def test_wire_names_are_unique(base: type[msgspec.Struct]) -> None:
    names = [reference.wire_name(kind) for kind in reference.members(UNIONS[base])]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize("kind", EVENTS, ids=name)
def test_the_wire_name_of_an_event_carries_its_version(kind: type[msgspec.Struct]) -> None:
    assert VERSIONED.fullmatch(reference.wire_name(kind))


@pytest.mark.parametrize("kind", MESSAGES, ids=name)
def test_a_message_says_what_it_means(kind: type[msgspec.Struct]) -> None:
    assert kind.__doc__
    assert kind.__doc__ != (kind.__base__.__doc__ if kind.__base__ else None)


@pytest.mark.parametrize("kind", MESSAGES, ids=name)
def test_a_message_is_frozen(kind: type[msgspec.Struct]) -> None:
    assert kind.__struct_config__.frozen
    assert hash(kind) is not None


def test_every_event_changes_the_state_in_one_place() -> None:
    evolving = importlib.import_module("lianxi.engine.evolving")
    for found in pkgutil.walk_packages(lianxi.engine.__path__, "lianxi.engine."):
        importlib.import_module(found.name)
    assert {name(kind) for kind in evolving.CHANGES} == {name(kind) for kind in EVENTS}


@pytest.mark.parametrize("kind", EVENTS, ids=name)
def test_an_event_comes_back_from_the_journal_as_it_was(kind: type[msgspec.Struct]) -> None:
    event = example_of(kind)
    written = msgspec.json.encode(event)
    assert msgspec.json.decode(written, type=AnyEvent) == event


@pytest.mark.parametrize("kind", reference.members(AnyInput), ids=name)
def test_an_input_comes_back_from_the_inbox_as_it_was(kind: type[msgspec.Struct]) -> None:
    given = example_of(kind)
    assert msgspec.json.decode(msgspec.json.encode(given), type=AnyInput) == given


def test_the_reference_page_is_what_the_code_says() -> None:
    assert reference.PAGE.read_text(encoding="utf-8") == reference.page(), "run: make reference"
