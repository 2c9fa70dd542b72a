"""Menu: one key chooses the way; wrong or silent input is asked again, then the default way."""

from collections.abc import Iterator

from lianxi.engine.acd.prompting import hush, say
from lianxi.engine.ivr.moving import Go, leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import InputAwaited, InputRejected
from lianxi.engine.messages.flow import MenuNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, after


def enter(node: MenuNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    """Read the menu out."""
    if node.prompts:
        yield from say(contact, node.prompts, state, at)
    else:
        yield from said(node, contact, at)


def said(node: MenuNode, contact: Contact, at: Instant) -> Iterator[Event | Go]:
    """The menu has been read out: silence counts from now."""
    yield InputAwaited(at=at, contact=contact.id, until=after(at, node.wait))


def pressed(
    node: MenuNode, contact: Contact, digit: str, state: State, at: Instant
) -> Iterator[Event | Go]:
    """A key, also in the middle of the prompts."""
    yield from hush(contact, at)
    choice = next((c for c in node.choices if c.digit == digit), None)
    if choice is None:
        yield from _again(node, contact, digit, state, at)
        return
    yield leave(
        contact, StepOutcome.CHOSEN, at, digit=digit, name=choice.name, name_en=choice.name_en
    )
    yield Go(choice.next)


def silent(node: MenuNode, contact: Contact, state: State, at: Instant) -> Iterator[Event | Go]:
    """Nothing was pressed in time."""
    yield from _again(node, contact, "", state, at)


def _again(
    node: MenuNode, contact: Contact, digit: str, state: State, at: Instant
) -> Iterator[Event | Go]:
    tries = contact.tries + 1
    assert contact.node is not None
    yield InputRejected(at=at, contact=contact.id, node=contact.node, digit=digit, tries=tries)
    if tries > node.retries:
        yield leave(contact, StepOutcome.DEFAULTED, at)
        yield Go(node.default)
        return
    words = (node.invalid if digit else node.silent) + node.prompts
    if words:
        yield from say(contact, words, state, at)
    else:
        yield from said(node, contact, at)
