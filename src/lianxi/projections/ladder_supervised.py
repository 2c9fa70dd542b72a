"""What supervisors did in a contact's conversation: in on it, taken over, ended; and help asked."""

from lianxi.engine.messages import helping as hp
from lianxi.engine.messages import monitoring as m
from lianxi.engine.messages.base import Event
from lianxi.projections.ladder_floor import OnTheFloor


def of_supervisors(event: Event) -> OnTheFloor | None:
    """The rung of one fact; `None` for facts that are not worth one."""
    match event:
        case m.MonitorTuned() if event.contact is not None:
            return OnTheFloor(kind=f"monitor_{event.mode.value}", agent=event.by)
        case m.MonitorEnded() if event.contact is not None:
            facts: dict[str, str | int | bool | None] = {"lasted_ms": event.lasted}
            return OnTheFloor(kind="monitor_ended", facts=facts, agent=event.by)
        case m.MonitorTakenOver():
            return OnTheFloor(
                kind="taken_over",
                facts={"reason": event.reason},
                agent=event.agent,
                to_agent=event.by,
            )
        case m.ContactEndForced():
            return OnTheFloor(kind="end_forced", facts={"reason": event.reason}, agent=event.agent)
        case hp.AgentHelpAsked():
            return OnTheFloor(kind="help_asked", facts={"reason": event.words}, agent=event.agent)
        case hp.AgentHelpTaken():
            return OnTheFloor(kind="help_taken", agent=event.by)
        case hp.AgentHelpOver(cancelled=True):
            return OnTheFloor(kind="help_over", agent=event.agent)
        case _:
            return None
