"""What a contact went through with more than two in its conversation."""

from lianxi.engine.messages import parties as p
from lianxi.engine.messages.base import Event
from lianxi.kernel.masking import mask
from lianxi.projections.ladder_floor import OnTheFloor


def of_parties(event: Event) -> OnTheFloor | None:
    """The rung of one fact; `None` for facts that are not worth one."""
    match event:
        case p.PartyAsked():
            return OnTheFloor(
                kind="party_asked",
                facts={"number": mask(event.number)} if event.number else {},
                agent=event.by,
                to_agent=event.agent,
            )
        case p.PartyJoined():
            return OnTheFloor(kind="party_joined", to_agent=event.agent)
        case p.PartyLeft():
            return OnTheFloor(
                kind="party_left", facts={"cause": event.cause.value}, to_agent=event.agent
            )
        case p.TalkArranged():
            return OnTheFloor(kind=f"talk_{event.talk.value}", agent=event.agent)
        case p.ContactHandedOver():
            facts: dict[str, str | int | bool | None] = {"reason": event.reason}
            if event.number:
                facts["number"] = mask(event.number)
            return OnTheFloor(
                kind="handed_over", facts=facts, agent=event.agent, to_agent=event.to_agent
            )
        case _:
            return None
