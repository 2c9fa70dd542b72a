"""What a contact went through on a busy floor: widening, handing on, ranking, agents who rest."""

from dataclasses import dataclass, field

from lianxi.engine.messages import floor_events as f
from lianxi.engine.messages.base import Event
from lianxi.kernel.ids import AgentId, QueueId
from lianxi.kernel.time import between


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheFloor:
    """One rung, with the ids that are still to be given names."""

    kind: str
    facts: dict[str, str | int | bool | None] = field(default_factory=dict)
    agent: AgentId | None = None
    to_agent: AgentId | None = None
    queue: QueueId | None = None


def of_floor(event: Event) -> OnTheFloor | None:
    """The rung of one fact; `None` for facts that are not worth one."""
    match event:
        case f.ContactTransferred():
            return OnTheFloor(
                kind="transferred",
                facts={"reason": event.reason},
                agent=event.agent,
                to_agent=event.to_agent,
                queue=event.queue,
            )
        case f.EntryWidened(wanted_over=True):
            return OnTheFloor(kind="wanted_over")
        case f.EntryWidened():
            return OnTheFloor(kind="widened", facts={"level": event.level})
        case f.EntryOverdue():
            return OnTheFloor(kind="overdue")
        case f.EntryRanked():
            return OnTheFloor(kind="ranked", facts={"priority": event.priority})
        case f.AgentRests():
            return OnTheFloor(
                kind="agent_rests",
                facts={"misses": event.misses, "rests_ms": between(event.at, event.until)},
                agent=event.agent,
            )
        case f.CallbackDropped():
            return OnTheFloor(kind="callback_dropped")
        case _:
            return None
