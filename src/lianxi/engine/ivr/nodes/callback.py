"""Callback (回呼登记): read the number back, have it confirmed, register."""

from lianxi.engine.acd import callbacks
from lianxi.engine.acd.prompting import hush
from lianxi.engine.ivr.asking import ask, drop_typed, listen, reject
from lianxi.engine.ivr.moving import leave
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import text_of
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import CallbackNode
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import PromptName
from lianxi.kernel.time import Instant

SHORTEST, LONGEST = 3, 20
"""Digits of a number that can be called."""


class Callback(NodeType[CallbackNode]):
    """A number to be called back."""

    def enter(self, node: CallbackNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Read the number out; where there is none, another one is asked for."""
        yield from drop_typed(contact, at)
        number = text_of(node.number, contact, state, at)
        if SHORTEST <= len(_digits(number)) <= LONGEST:
            words = (*node.prompts, *_digits(number), *node.ask)
            yield from ask(contact, words, node.wait, state, at)
            return
        yield leave(contact, StepOutcome.UNKNOWN, at)
        yield Go(node.declined if node.other is None else node.other)

    def said(self, node: CallbackNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Silence counts from now."""
        yield listen(contact, node.wait, at)

    def pressed(
        self, node: CallbackNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """Right, wrong, or no key of these."""
        if digit == node.confirm:
            yield from hush(contact, at)
            number = text_of(node.number, contact, state, at)
            yield from callbacks.plan(contact, number, node.queue, state, at)
            yield leave(contact, StepOutcome.DONE, at, digit=digit)
            yield Go(node.next)
        elif digit == node.change and node.other is not None:
            yield from hush(contact, at)
            yield leave(contact, StepOutcome.BRANCHED, at, digit=digit)
            yield Go(node.other)
        else:
            yield from self._again(node, contact, digit, state, at)

    def silent(self, node: CallbackNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Nothing was pressed in time."""
        yield from self._again(node, contact, "", state, at)

    def _again(
        self, node: CallbackNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        yield from reject(contact, digit, at)
        if contact.tries > node.retries:
            yield leave(contact, StepOutcome.DEFAULTED, at)
            yield Go(node.declined)
            return
        number = text_of(node.number, contact, state, at)
        again = node.invalid if digit else node.silent
        words = (*again, *node.prompts, *_digits(number), *node.ask)
        yield from ask(contact, words, node.wait, state, at)


def _digits(number: str) -> tuple[PromptName, ...]:
    """The number digit by digit, as prompts."""
    found: list[PromptName] = []
    for sign in number:
        if sign in "0123456789":
            found.append(PromptName(f"digits_{sign}"))
    return tuple(found)
