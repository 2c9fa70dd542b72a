"""Menu: one key chooses the way; wrong or silent input is asked again, then the default way."""

from lianxi.engine.acd.prompting import hush
from lianxi.engine.ivr.asking import ask, keep, listen, reject, take_typed
from lianxi.engine.ivr.moving import leave, walking
from lianxi.engine.ivr.node_type import NodeType, Steps
from lianxi.engine.ivr.walk import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.flow import MenuNode
from lianxi.engine.messages.flow_values import Choice
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant


class Menu(NodeType[MenuNode]):
    """One key out of several."""

    def enter(self, node: MenuNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Read the menu out, unless a key was pressed ahead."""
        if walking(contact).typed:
            yield from self._use_typed(node, contact, state, at)
        else:
            yield from ask(contact, node.prompts, node.wait, state, at)

    def said(self, node: MenuNode, contact: Contact, state: State, at: Instant) -> Steps:
        """The menu has been read out: silence counts from now, unless a key was kept."""
        if walking(contact).typed:
            yield from self._use_typed(node, contact, state, at)
        else:
            yield listen(contact, node.wait, at)

    def pressed(
        self, node: MenuNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        """A key, also in the middle of the prompts."""
        if contact.playback is not None and not node.barge_in:
            yield from keep(contact, digit, at)
            return
        choice = _choice(node, digit)
        if choice is None:
            yield from self._again(node, contact, digit, state, at)
            return
        yield from hush(contact, at)
        yield leave(
            contact, StepOutcome.CHOSEN, at, digit=digit, name=choice.name, name_en=choice.name_en
        )
        yield Go(choice.next)

    def silent(self, node: MenuNode, contact: Contact, state: State, at: Instant) -> Steps:
        """Nothing was pressed in time."""
        yield from self._again(node, contact, "", state, at)

    def _use_typed(self, node: MenuNode, contact: Contact, state: State, at: Instant) -> Steps:
        digit = walking(contact).typed[0]
        yield take_typed(contact, at)
        yield from self.pressed(node, contact, digit, state, at)

    def _again(
        self, node: MenuNode, contact: Contact, digit: str, state: State, at: Instant
    ) -> Steps:
        yield from reject(contact, digit, at)
        if contact.tries > node.retries:
            yield leave(contact, StepOutcome.DEFAULTED, at)
            yield Go(node.default)
            return
        words = (node.invalid if digit else node.silent) + node.prompts
        yield from ask(contact, words, node.wait, state, at)


def _choice(node: MenuNode, digit: str) -> Choice | None:
    for choice in node.choices:
        if choice.digit == digit:
            return choice
    return None
