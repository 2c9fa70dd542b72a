"""What flows waited for when a switchboard died, and callers who were handed on outside.

Digits that a channel kept in memory, and questions to systems outside, die with the process: their
flows are told at the next start. A leg outside lives at the switch: it is compared with the state
like all others (`reconciler`).
"""

from collections.abc import Iterator

from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.flow import (
    AnnouncementNode,
    CollectNode,
    CustomerNode,
    HttpNode,
    TransferNode,
)
from lianxi.engine.messages.flowing import RequestFailed, TransferOutEnded
from lianxi.engine.messages.sighting import LegRole, Sighting
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import LegId
from lianxi.kernel.time import Instant

LOST = "restarted"
IN_MEMORY = (CollectNode, CustomerNode, HttpNode, AnnouncementNode)
"""Steps whose request only the process knew."""


def unheard_answers(state: State, at: Instant) -> list[Input]:
    """After a start: what was asked of the former process is not answered any more."""
    found: list[Input] = []
    for contact in state.contacts.values():
        walk = contact.walk
        if contact.phase is not Phase.FLOW or walk is None or walk.request is None:
            continue
        node = _node_of(contact, state)
        if isinstance(node, IN_MEMORY):
            request = walk.request
            found.append(RequestFailed(at=at, contact=contact.id, request=request, cause=LOST))
    return found


def outside_gone(state: State, sighting: Sighting, at: Instant) -> Iterator[tuple[str, Input]]:
    """Callers who talked with somebody outside who is no more; by what names the difference."""
    there = {seen.contact for seen in sighting.legs.values() if seen.role is LegRole.OUTSIDE}
    for contact in state.contacts.values():
        walk = contact.walk
        if contact.phase is not Phase.FLOW or walk is None or walk.request is None:
            continue
        if walk.is_outside and contact.id not in there:
            request = walk.request
            ended = TransferOutEnded(at=at, contact=contact.id, request=request)
            yield f"outside gone {contact.id}", ended


def outside_alone(state: State, sighting: Sighting) -> Iterator[LegId]:
    """Legs outside that no caller waits for."""
    for leg, seen in sighting.legs.items():
        if seen.role is not LegRole.OUTSIDE:
            continue
        contact = state.contacts.get(seen.contact)
        node = None if contact is None else _node_of(contact, state)
        if not isinstance(node, TransferNode):
            yield leg


def _node_of(contact: Contact, state: State) -> object:
    walk = contact.walk
    if walk is None or contact.node is None or contact.phase is not Phase.FLOW:
        return None
    flow = state.flows.get(f"{walk.flow}@{walk.version}")
    return None if flow is None else flow.nodes.get(contact.node)
