"""What every type of node can do; each type overrides what it needs."""

from collections.abc import Iterator
from typing import Generic, TypeVar

from lianxi.engine.ivr.walk import Answer, Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.node import Node
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

N = TypeVar("N", bound=Node)

Steps = Iterator[Event | Go]
"""Facts and, at most once, where to go."""


class NodeType(Generic[N]):
    """One type of node. `enter` must do something; the rest does nothing unless overridden."""

    def enter(self, node: N, contact: Contact, state: State, at: Instant) -> Steps:
        """The contact reached the node."""
        raise NotImplementedError

    def said(self, node: N, contact: Contact, state: State, at: Instant) -> Steps:
        """The node's prompts have been heard, or cannot be played."""
        return iter(())

    def pressed(self, node: N, contact: Contact, digit: str, state: State, at: Instant) -> Steps:
        """The caller pressed a key."""
        return iter(())

    def silent(self, node: N, contact: Contact, state: State, at: Instant) -> Steps:
        """The time for a key is over."""
        return iter(())

    def answered(
        self, node: N, contact: Contact, answer: Answer, state: State, at: Instant
    ) -> Steps:
        """What the node asked of the world is over."""
        return iter(())
