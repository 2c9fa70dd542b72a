"""Who is to be called back: promised for later, in line, or in an agent's hand."""

from collections.abc import Collection

from typing_extensions import TypedDict  # pydantic needs this one below Python 3.12

from lianxi.engine.messages.values import Channel, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, ContactId, QueueId
from lianxi.kernel.masking import mask
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.names import queue_name
from lianxi.projections.live.rows import QueueName

PLANNED = "planned"


class NotToBeCalled(TypedDict):
    """Why a number is not to be called any more, and until when; null = for good."""

    reason: str
    until: int | None


class CallbackRow(TypedDict):
    """One callback that is not over. The number is masked; instants are epoch milliseconds."""

    id: str
    number: str
    queue: QueueName | None
    since: int
    """Since when the person counts as waiting."""
    due: int | None
    """Agreed for this moment; null = when it is the person's turn."""
    until: int | None
    """By when it was promised."""
    remark: str
    """What it is about."""
    promised_by: str | None
    """The agent's name who promised it."""
    phase: str
    """planned, or as a contact's: waiting, offered, joining, dialling, talking."""
    do_not_call: NotToBeCalled | None
    """It was promised, and is not to be called any more: who takes it does not call."""


def callback_rows(centre: Centre, queues: Collection[QueueId]) -> list[CallbackRow]:
    """The callbacks of these queues, who waits longest first."""
    state = centre.state
    rows = [
        CallbackRow(
            id=planned.contact,
            number=mask(planned.number),
            queue=queue_name(planned.queue, state),
            since=planned.since,
            due=state.timers.armed(f"callback:{planned.contact}"),
            until=planned.until,
            remark=planned.remark,
            promised_by=_name(planned.promised_by, state),
            phase=PLANNED,
            do_not_call=None,
        )
        for planned in state.planned.values()
        if planned.queue in queues
    ]
    for contact in state.contacts.values():
        if contact.phase is Phase.ENDED:
            continue  # only its after-call work is open
        if contact.channel is Channel.CALLBACK and contact.queue in queues:
            rows.append(
                CallbackRow(
                    id=contact.id,
                    number=mask(contact.caller),
                    queue=queue_name(contact.queue, state),
                    since=contact.queued_since or contact.arrived_at,
                    due=None,
                    until=contact.until,
                    remark=contact.remark,
                    promised_by=_name(contact.promised_by, state),
                    phase=contact.phase.value,
                    do_not_call=None,
                )
            )
    return sorted(rows, key=lambda row: (row["since"], row["id"]))


def callback_number(centre: Centre, callback: str) -> str:
    """The number of a callback that is not over, in full."""
    planned = centre.state.planned.get(ContactId(callback))
    return planned.number if planned else centre.state.contacts[ContactId(callback)].caller


def _name(agent: AgentId | None, state: State) -> str | None:
    setup = state.setup(agent) if agent is not None else None
    return None if setup is None else setup.name


def callback_row(
    centre: Centre, callback: ContactId, queues: Collection[QueueId]
) -> CallbackRow | None:
    """One callback of these queues; `None` when it is over or of another queue."""
    return next((row for row in callback_rows(centre, queues) if row["id"] == callback), None)
