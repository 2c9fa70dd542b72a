"""How agents' hand-overs become rows."""

from lianxi.engine.messages import events as e
from lianxi.engine.messages import floor_events as fl
from lianxi.engine.messages import parties as p
from lianxi.engine.messages.base import Event
from lianxi.kernel.ids import QueueId
from lianxi.projections.fold_segments import NO_ENTRY
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact
from lianxi.projections.transfer_models import FactTransfer, TransferKind


def fold_transfer(event: Event, memory: Memory) -> None:
    """Apply one fact, before the folds that move the contact on."""
    match event:
        case fl.ContactTransferred() if contact := memory.contacts.get(event.contact):
            kind, target = _without_a_word(event)
            _add(contact, event, kind, target, memory)
        case p.ContactHandedOver() if contact := memory.contacts.get(event.contact):
            if event.to_agent is not None:
                _add(contact, event, TransferKind.WARM, event.to_agent, memory)
            else:
                _add(contact, event, TransferKind.EXTERNAL, event.number, memory)
        case e.FlowBegan():
            newest = memory.transfers_of.get(event.contact, ())[-1:]
            if newest and newest[0].kind is TransferKind.FLOW:
                newest[0].target = newest[0].target or event.flow
        case _:
            pass


def _without_a_word(event: fl.ContactTransferred) -> tuple[TransferKind, str]:
    """The flow's name follows in the event by which the contact enters it."""
    if event.number:
        return TransferKind.EXTERNAL, event.number
    if event.to_agent is not None:
        return TransferKind.COLD, event.to_agent
    if event.queue is not None:
        return TransferKind.QUEUE, event.queue
    return TransferKind.FLOW, ""


def _add(
    contact: FactContact,
    event: fl.ContactTransferred | p.ContactHandedOver,
    kind: TransferKind,
    target: str,
    memory: Memory,
) -> None:
    contact.transfers += 1
    former = memory.transfers_of.get(contact.contact, ())
    queue = contact.last_queue or QueueId("")
    memory.add(
        FactTransfer(
            transfer=f"{contact.contact}-{contact.transfers}",
            contact=contact.contact,
            direction=contact.direction,
            channel=contact.channel,
            number=contact.number,
            entry=contact.last_entry or NO_ENTRY,
            queue=queue,
            agent=event.agent,
            team=memory.team_of(event.agent),
            at=event.at,
            kind=kind,
            reason=event.reason,
            target=target,
            first_of_contact=not former,
            first_of_queue=all(one.queue != queue for one in former),
            first_of_agent=all(one.agent != event.agent for one in former),
        )
    )
