"""Reactions to journal events: a device's password ends with the sign-in it was for."""

from collections.abc import Iterable

from lianxi.engine.messages.agent_events import AgentMoved, AgentWent
from lianxi.engine.messages.base import Event
from lianxi.kernel.ids import Endpoint
from lianxi.modules.identity.desks import Desks


def endpoints_retired(events: Iterable[Event]) -> list[tuple[Event, Endpoint]]:
    """The devices that these events put out of use, with the event."""
    found: list[tuple[Event, Endpoint]] = []
    for event in events:
        match event:
            case AgentWent():
                found.append((event, event.endpoint))
            case AgentMoved() if event.former_endpoint != event.endpoint:
                found.append((event, event.former_endpoint))
    return found


async def react(desks: Desks, events: Iterable[Event]) -> None:
    """End the desk sessions of retired devices. Repeating it changes nothing.

    An old event must not end a later sign-in with the same telephone, so only sessions that began
    before the event are ended.
    """
    for event, endpoint in endpoints_retired(events):
        await desks.end(endpoint, at=event.at)
