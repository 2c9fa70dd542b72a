"""What a person sees of an agent: three layers of state become one word.

The layers (what the agent chose, what the system is doing with the agent, and whether device and
desk are there) are never mixed where they are kept. Router, board and interval table show the
same word because all of them ask `shown_state`.
"""

from enum import StrEnum
from typing import Protocol

from lianxi.engine.messages.values import Activity, Intent


class ShownState(StrEnum):
    """The one state an agent is in, as boards, desks and reports print it."""

    SIGNED_OUT = "signed_out"
    READY = "ready"
    NOT_READY = "not_ready"
    RINGING = "ringing"
    TALKING = "talking"
    HOLD = "hold"
    RECOVERING = "recovering"
    ACW = "acw"
    NOT_RESPONDING = "not_responding"
    LOST = "lost"
    UNREGISTERED = "unregistered"


class Conversation(StrEnum):
    """What is happening to the customer of a talking agent."""

    TALK = "talk"
    HOLD = "hold"
    RECOVERING = "recovering"


class Layers(Protocol):
    """The layers of one signed-in agent, wherever they are kept."""

    @property
    def intent(self) -> Intent:
        """What the agent chose."""

    @property
    def registered(self) -> bool:
        """The device can ring."""

    @property
    def linked(self) -> bool:
        """The desk is heard."""

    @property
    def activity(self) -> Activity:
        """What the system is doing with the agent."""


IN_CONVERSATION = {
    Conversation.TALK: ShownState.TALKING,
    Conversation.HOLD: ShownState.HOLD,
    Conversation.RECOVERING: ShownState.RECOVERING,
}

CHOSEN = {
    Intent.NOT_READY: ShownState.NOT_READY,
    Intent.NOT_RESPONDING: ShownState.NOT_RESPONDING,
}


def shown_state(
    layers: Layers | None, conversation: Conversation = Conversation.TALK
) -> ShownState:
    """The state that is shown.

    Work comes before everything: an agent who talks is talking, however the desk is doing. Of an
    idle agent first that the desk is gone, then what the agent chose, then the missing device,
    which matters only to somebody who wants calls.

    Args:
        layers: None for an agent who is not signed in.
        conversation: looked at only while the agent talks.
    """
    if layers is None:
        return ShownState.SIGNED_OUT
    match layers.activity:
        case Activity.TALKING:
            return IN_CONVERSATION[conversation]
        case Activity.WRAPPING:
            return ShownState.ACW
        case Activity.OFFERED:
            return ShownState.RINGING
        case Activity.IDLE:
            pass
    if not layers.linked:
        return ShownState.LOST
    if layers.intent is not Intent.READY:
        return CHOSEN[layers.intent]
    return ShownState.READY if layers.registered else ShownState.UNREGISTERED
