"""What every type of node can do; each type overrides what it needs."""

from collections.abc import Iterator
from typing import Generic, TypeVar

import msgspec

from lianxi.engine.ivr.moving import Go
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.flow import Node
from lianxi.engine.messages.flowing import RequestOutcome
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

N = TypeVar("N", bound=Node)

Steps = Iterator[Event | Go]
"""Facts and, at most once, where to go."""


class Answer(msgspec.Struct, frozen=True, kw_only=True):
    """What came back for something the node asked of the world."""

    outcome: RequestOutcome
    values: dict[str, Value]
    was_outside: bool = False
    """The caller was talking with an outside party."""


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
