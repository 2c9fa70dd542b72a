"""A flow (IVR 流程) as data: nodes and where each leads. Validated before it is published."""

import msgspec

from lianxi.kernel.ids import CalendarId, FlowId, NodeId, PromptName, QueueId
from lianxi.kernel.time import Millis


class Node(msgspec.Struct, frozen=True, kw_only=True):
    """One step of a flow."""

    name: str = ""
    name_en: str = ""


class PlayNode(Node, frozen=True, kw_only=True, tag="play"):
    """Play prompts to the end, then go on."""

    prompts: tuple[PromptName, ...]
    next: NodeId


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """One key of a menu."""

    digit: str
    next: NodeId
    name: str = ""
    name_en: str = ""


class MenuNode(Node, frozen=True, kw_only=True, tag="menu"):
    """Play prompts and wait for one key; wrong or silent input is asked again, then the default."""

    prompts: tuple[PromptName, ...]
    choices: tuple[Choice, ...]
    default: NodeId
    invalid: tuple[PromptName, ...] = (PromptName("invalid_choice"),)
    silent: tuple[PromptName, ...] = (PromptName("no_input"),)
    retries: int = 2
    wait: Millis = Millis(5_000)
    """Silence after the prompts that counts as no input."""


class QueueNode(Node, frozen=True, kw_only=True, tag="queue"):
    """Put the contact into a queue; the flow ends here."""

    queue: QueueId
    prompts: tuple[PromptName, ...] = (PromptName("please_hold"),)


class HoursNode(Node, frozen=True, kw_only=True, tag="hours"):
    """Branch on opening hours."""

    calendar: CalendarId
    open: NodeId
    closed: NodeId


class HangUpNode(Node, frozen=True, kw_only=True, tag="hang_up"):
    """Say something last and end the contact."""

    prompts: tuple[PromptName, ...] = (PromptName("goodbye"),)


AnyNode = PlayNode | MenuNode | QueueNode | HoursNode | HangUpNode


class Flow(msgspec.Struct, frozen=True, kw_only=True):
    """One version of a flow. A contact finishes on the version it began."""

    id: FlowId
    version: int
    name: str
    start: NodeId
    nodes: dict[NodeId, AnyNode]
