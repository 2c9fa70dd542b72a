"""Rows of the live floor: agents, queues, contacts. Numbers are masked."""

from collections import Counter

from lianxi.engine.acd.limiting import WITH_LIMIT
from lianxi.engine.acd.pacing import wait_on_entering
from lianxi.engine.living import Contact
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import QueueId
from lianxi.kernel.masking import mask
from lianxi.kernel.time import Instant
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.names import agent_name, agent_name_by_id, menu_path, queue_name
from lianxi.projections.live.rows import AgentRow, ContactRow, LimitView, Next, QueueRow
from lianxi.projections.live.sight import Sight
from lianxi.projections.live.supervision import help_asked, in_on
from lianxi.projections.presence import ShownState

PHASES = {Phase.HELD: "hold", Phase.ENDED: "acw"}
"""Phases whose shown word is another."""

EXPECTED_STEP_MS = 10_000

IN_CONVERSATION = {ShownState.TALKING, ShownState.HOLD, ShownState.RECOVERING}


def waiting_lines(state: State) -> dict[QueueId, tuple[int, Instant]]:
    """How many wait in each queue, those that ring included, and since when the longest does."""
    lines: dict[QueueId, tuple[int, Instant]] = {}
    for entry in state.entries.values():
        count, longest = lines.get(entry.queue, (0, entry.since))
        lines[entry.queue] = (count + 1, min(longest, entry.since))
    return lines


def agent_rows(centre: Centre, sight: Sight) -> dict[str, AgentRow]:
    """Every visible agent, signed in or not."""
    state = centre.state
    rows: dict[str, AgentRow] = {}
    for setup in sight.agents(state):
        agent = state.agents.get(setup.id)
        shown = centre.shown(setup.id)
        contact_id = None
        following: Next | None = None
        if agent is not None:
            offer = state.offers.get(agent.offer) if agent.offer is not None else None
            contact_id = agent.contact or (offer.contact if offer is not None else None)
            if agent.next is not None:
                following = Next(to=agent.next.value, reason=agent.next_reason or None)
        contact = state.contacts.get(contact_id) if contact_id is not None else None
        rows[setup.id] = AgentRow(
            **agent_name(setup, centre),
            state=shown.state.value,
            since=shown.since,
            reason=shown.reason or None,
            next=following,
            hold_alarmed=contact is not None and contact.hold_alarmed,
            overstayed=agent is not None and agent.has_overstayed,
            contact=contact_id,
            queue=contact.queue if contact is not None else None,
            number=mask(contact.caller) if contact is not None else None,
            answered_today=centre.days.day(setup.id).answered,
            help=help_asked(setup.id, state),
            monitoring=in_on(agent, state) if agent is not None else None,
        )
    return rows


def queue_rows(centre: Centre, sight: Sight) -> dict[str, QueueRow]:
    """Every visible queue, with everybody who serves it counted, visible or not."""
    state = centre.state
    lines = waiting_lines(state)
    newest = max((entry.since for entry in state.entries.values()), default=Instant(0))
    ready, talking, acw, signed_in = (Counter[QueueId]() for _ in range(4))
    for agent in state.agents.values():
        setup = centre.setup(agent.id)
        served = setup.queues if setup is not None else ()
        signed_in.update(served)
        shown = centre.shown(agent.id).state
        contact = state.contacts.get(agent.contact) if agent.contact is not None else None
        if shown is ShownState.READY:
            ready.update(served)
        elif shown in IN_CONVERSATION and contact is not None and contact.queue is not None:
            talking[contact.queue] += 1
        elif shown is ShownState.ACW and agent.wrap_up is not None:
            acw[agent.wrap_up.queue] += 1
    visible = sight.queues(state)
    rows: dict[str, QueueRow] = {}
    for queue in state.routing.queues:
        if queue.id not in visible:
            continue
        waiting, longest = lines.get(queue.id, (0, None))
        rows[queue.id] = QueueRow(
            id=queue.id,
            name=queue.name,
            name_en=queue.name_en,
            waiting=waiting,
            longest_since=longest,
            ready=ready[queue.id],
            talking=talking[queue.id],
            acw=acw[queue.id],
            signed_in=signed_in[queue.id],
            answer_within_ms=queue.answer_within,
            unstaffed_since=centre.alarms.unstaffed_since(queue.id),
            expected_wait_ms=_expected_wait(queue.id, newest, state),
            wrap_up_limit_ms=_wrap_up_limit(queue, state),
            wrap_up_limited=_wrap_up_limited(queue.id, state),
        )
    return rows


def _wrap_up_limit(queue: Queue, state: State) -> int | None:
    if queue.wrap_up.mode not in WITH_LIMIT:
        return None
    other = state.wrap_limits.get(queue.id)
    return queue.wrap_up.limit if other is None else other.limit


def _wrap_up_limited(queue: QueueId, state: State) -> LimitView | None:
    other = state.wrap_limits.get(queue)
    return None if other is None else LimitView(limit_ms=other.limit, until=other.until)


def _expected_wait(queue: QueueId, newest: Instant, state: State) -> int | None:
    # Rounded: an estimate of the second would only make the board restless.
    wait = wait_on_entering(queue, state, newest)
    return None if wait is None else round(wait / EXPECTED_STEP_MS) * EXPECTED_STEP_MS


def contact_rows(centre: Centre, sight: Sight) -> dict[str, ContactRow]:
    """Every visible contact of which anything is open."""
    state = centre.state
    queues = sight.queues(state)
    return {
        contact.id: _contact_row(contact, centre)
        for contact in state.contacts.values()
        if sight.sees_contact(contact, centre, queues)
    }


def _contact_row(contact: Contact, centre: Centre) -> ContactRow:
    state = centre.state
    offer = state.offers.get(contact.offer) if contact.offer is not None else None
    agent = contact.agent or (offer.agent if offer is not None else None)
    wrap_up = state.agents[agent].wrap_up if agent in state.agents else None
    since = contact.arrived_at
    match contact.phase:
        case Phase.WAITING | Phase.OFFERED | Phase.JOINING:
            since = contact.queued_since or since
        case Phase.TALKING | Phase.RECOVERING:
            since = contact.connected_at or since
        case Phase.HELD:
            since = contact.held_since or since
        case Phase.ENDED:
            since = wrap_up.since if wrap_up is not None else since
        case Phase.FLOW:
            pass
    return ContactRow(
        id=contact.id,
        arrived_at=contact.arrived_at,
        phase=PHASES.get(contact.phase, contact.phase.value),
        since=since,
        hold_alarmed=contact.hold_alarmed,
        heard_badly=bool(state.bad_legs) and contact.id in state.bad_legs.values(),
        number=mask(contact.caller),
        name=contact.caller_name or None,
        queue=queue_name(contact.queue, state),
        agent=agent_name_by_id(agent, centre),
        menu_path=menu_path(contact),
    )
