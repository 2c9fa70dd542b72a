"""What became of a call that an agent made, as its ladder tells it."""

from lianxi.engine.messages import calling as c
from lianxi.engine.messages.base import Event
from lianxi.kernel.masking import mask
from lianxi.kernel.time import between
from lianxi.projections.ladder_floor import OnTheFloor


def of_calls(event: Event) -> OnTheFloor | None:
    """The rung of one fact; `None` for facts that are not worth one."""
    match event:
        case c.CallPlaced(to=None):
            return OnTheFloor(
                kind="call_placed",
                facts={
                    "number": mask(event.number),
                    "caller_number": event.caller_number,
                    "trunk": event.trunk,
                },
                agent=event.agent,
                queue=event.queue,
            )
        case c.CallPlaced():
            return OnTheFloor(kind="colleague_called", agent=event.agent, to_agent=event.to)
        case c.CallDialled():
            facts: dict[str, str | int | bool | None] = {"ring_ms": between(event.at, event.until)}
            return OnTheFloor(kind="call_dialled", facts=facts, agent=event.agent)
        case c.CallRerouted():
            return OnTheFloor(
                kind="call_rerouted",
                facts={"former_trunk": event.former_trunk, "trunk": event.trunk},
                agent=event.agent,
            )
        case c.CallProgressed():
            return OnTheFloor(kind="call_rings", agent=event.agent)
        case c.CallAnswered():
            return OnTheFloor(kind="call_answered", agent=event.agent, to_agent=event.to)
        case _:
            return None
