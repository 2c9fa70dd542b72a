"""Collect (收号): digits into a variable, ended by length, end key or a pause.

Secret digits stay at the switch: it says "x" for each of them, and whatever it says, nothing but
"x" goes into an event. The variable then holds the mask; a request that uses it names the input,
and the switch's side puts the digits in.
"""

from lianxi.engine.acd.prompting import hush
from lianxi.engine.ivr.asking import ask, drop_typed, keep, listen, reject, take_typed
from lianxi.engine.ivr.moving import leave, next_request, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.values import declaration
from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.expressions import Value, VariableKind
from lianxi.engine.messages.flow import CollectNode
from lianxi.engine.messages.flowing import (
    DigitCollected,
    DigitsHidden,
    DigitsShown,
    VariablesSet,
)
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, after

MASK = "x"
DIGITS = "0123456789"


class Collect(NodeType[CollectNode]):
    """Several digits."""

    def enter(self, node: CollectNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Ask for the digits, unless they were pressed ahead."""
        if node.secret:
            yield from drop_typed(contact, at)
            yield _hide(node, contact, state, at)
        if walking(contact).typed:
            yield from self._use_typed(node, contact, state, at)
        else:
            yield from ask(contact, node.prompts, node.wait, state, at)

    def said(self, node: CollectNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The words are over: the first digit is awaited, unless some were kept."""
        if walking(contact).typed:
            yield from self._use_typed(node, contact, state, at)
        else:
            yield listen(contact, node.wait, at)

    def pressed(
        self, node: CollectNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """A key, also in the middle of the words."""
        if node.secret and digit in DIGITS:
            digit = MASK
        if contact.playback is not None and not node.barge_in:
            yield from keep(contact, digit, at)
            return
        yield from hush(contact, at)
        yield from self._key(node, contact, digit, state, at)

    def silent(self, node: CollectNode, contact: Contact, state: State, at: Instant) -> Steps:
        """No further digit: what there is counts."""
        yield from self._finish(node, contact, state, at)

    def answered(
        self, node: CollectNode, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """The switch cannot keep digits to itself: better not to ask for them."""
        yield from hush(contact, at)
        yield leave(contact, StepOutcome.FAILED, at)
        yield Go(node.default)

    def _use_typed(self, node: CollectNode, contact: Contact, state: State, at: Instant) -> Steps:
        here = contact.node
        walk = walking(contact)
        while walk.typed and contact.node == here and contact.playback is None:
            digit = walk.typed[0]
            yield take_typed(contact, at)
            yield from self._key(node, contact, digit, state, at)

    def _key(
        self, node: CollectNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        if digit == node.terminator:
            yield from self._finish(node, contact, state, at)
        elif digit not in DIGITS and not (node.secret and digit == MASK):
            yield from self._again(node, contact, digit, state, at)
        else:
            assert contact.node is not None
            is_full = len(walking(contact).digits) + 1 >= node.longest
            yield DigitCollected(
                at=at,
                contact=contact.id,
                node=contact.node,
                digit=digit,
                until=after(at, node.between),
                ignored=node.terminator if is_full else "",
            )
            if is_full:
                yield from self._finish(node, contact, state, at)

    def _finish(self, node: CollectNode, contact: Contact, state: State, at: Instant) -> Steps:
        digits = walking(contact).digits
        if len(digits) < max(1, node.shortest):
            yield from self._again(node, contact, digits, state, at)
            return
        declared = declaration(node.variable, contact, state)
        value: Value = digits
        if declared is not None and declared.kind is VariableKind.NUMBER and not node.secret:
            value = int(digits)
        yield VariablesSet(at=at, contact=contact.id, values={node.variable: value})
        yield from _show(node, contact, at)
        yield from self.complete(node, contact, digits, state, at)

    def complete(
        self, node: CollectNode, contact: Contact, digits: str, state: State, at: Instant
    ) -> Steps:
        """The input is whole and kept in its variable."""
        yield leave(contact, StepOutcome.DONE, at)
        yield Go(node.next)

    def _again(
        self, node: CollectNode, contact: Contact, wrong: str, state: State, at: Instant
    ) -> Steps:
        yield from reject(contact, wrong, at)
        if contact.tries > node.retries:
            yield from _show(node, contact, at)
            yield leave(contact, StepOutcome.DEFAULTED, at)
            yield Go(node.default)
            return
        if node.secret and wrong:
            # Under a new id: what was keyed in before is no part of this try.
            yield _hide(node, contact, state, at)
        words = (node.invalid if wrong else node.silent) + node.prompts
        yield from ask(contact, words, node.wait, state, at)


def _hide(node: CollectNode, contact: Contact, state: State, at: Instant) -> DigitsHidden:
    """From now on digits stay at the switch."""
    assert contact.node is not None
    return DigitsHidden(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        node=contact.node,
        variable=node.variable,
        request=next_request(state),
    )


def _show(node: CollectNode, contact: Contact, at: Instant) -> Steps:
    """Keys may be told again; masked ones are worth nothing to the next node."""
    request = walking(contact).request
    if node.secret:
        yield from drop_typed(contact, at)
    if node.secret and request is not None:
        yield DigitsShown(at=at, contact=contact.id, leg=contact.leg, request=request)
