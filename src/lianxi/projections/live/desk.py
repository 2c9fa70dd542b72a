"""What one desk shows. The server says of each action whether it is possible, the page never."""

from typing import Literal

from lianxi.engine.acd.party_sides import leg_of
from lianxi.engine.acd.recording_choice import is_recorded
from lianxi.engine.acd.wrap_up_rules import wrap_up_rule
from lianxi.engine.at_desk import Agent
from lianxi.engine.living import Contact
from lianxi.engine.messages.routing import AgentSetup, Queue
from lianxi.engine.messages.values import (
    Activity,
    Channel,
    Phase,
    WrapUpMode,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId
from lianxi.kernel.masking import mask
from lianxi.kernel.pinyin import sounds
from lianxi.kernel.time import between
from lianxi.projections.live import supervision
from lianxi.projections.live.allowed import allowed
from lianxi.projections.live.boards import waiting_lines
from lianxi.projections.live.centre import Centre
from lianxi.projections.live.names import agent_name, menu_path, queue_name
from lianxi.projections.live.rows import (
    ContactView,
    DeskQueue,
    DeskView,
    InvitedView,
    Next,
    OfferView,
    PartyView,
    Pop,
    ReasonName,
    TodayView,
    WrapUpCode,
    WrapUpView,
)


def desk_view(centre: Centre, setup: AgentSetup, *, here: bool) -> DeskView:
    """The view of an agent's desk.

    Args:
        centre: the replica.
        setup: whose desk.
        here: whether it is this person's browser that holds the desk.
    """
    state = centre.state
    agent = state.agents.get(setup.id)
    shown = centre.shown(setup.id)
    contact = _contact_of(agent, state)
    following = None
    if agent is not None and agent.next is not None:
        following = Next(to=agent.next.value, reason=agent.next_reason or None)
    device: Literal["browser", "phone"] | None = None
    if agent is not None:
        device = "browser" if agent.device.value == "browser" else "phone"
    talking = agent is not None and agent.activity is Activity.TALKING
    about = _contact(contact, setup.id, state) if contact is not None else None
    return DeskView(
        agent=agent_name(setup, centre),
        signed_in=agent is not None,
        here=agent is not None and here,
        device=device,
        registered=agent is not None and agent.registered,
        state=shown.state.value,
        since=shown.since,
        reason=shown.reason or None,
        next=following,
        offer=_offer(agent, state),
        contact=about if talking else None,
        wrap_up=_wrap_up(agent, contact, state, about=None if talking else about),
        reasons=[
            ReasonName(
                code=reason.code,
                name=reason.name,
                name_en=reason.name_en,
                allowance_ms=reason.allowance,
            )
            for reason in state.routing.reasons
        ],
        queues=_queues(setup, state),
        today=_today(centre, setup),
        allowed=allowed(agent, state),
        overstays_at=state.timers.armed(f"overstay:{setup.id}"),
        invited=_invited(agent, contact, state),
        listeners=supervision.listeners(agent, contact, state) if agent and contact else [],
        monitoring=supervision.in_on(agent, state) if agent is not None else None,
        help=supervision.help_asked(setup.id, state),
        notice=supervision.notice(agent) if agent is not None else None,
        wrap_up_time=setup.wrap_up_time.value,
    )


def _contact_of(agent: Agent | None, state: State) -> Contact | None:
    if agent is None or agent.contact is None:
        return None
    return state.contacts.get(agent.contact)


def _offer(agent: Agent | None, state: State) -> OfferView | None:
    offer = state.offers.get(agent.offer) if agent is not None and agent.offer else None
    contact = state.contacts.get(offer.contact) if offer is not None else None
    if offer is None or contact is None:
        return None
    since = contact.queued_since if contact.queued_since is not None else offer.made_at
    return OfferView(
        id=offer.id,
        contact=contact.id,
        since=offer.made_at,
        expires_at=offer.expires_at,
        pop=Pop(
            number=mask(contact.caller),
            name=contact.caller_name or None,
            queue=queue_name(contact.queue, state),
            waited_ms=between(since, offer.made_at),
            menu_path=menu_path(contact),
            channel=contact.channel.value,
            remark=contact.remark,
            until=contact.until,
        ),
    )


def _invited(agent: Agent | None, contact: Contact | None, state: State) -> InvitedView | None:
    if agent is None or contact is None:
        return None
    if agent.activity is not Activity.OFFERED or agent.offer is not None:
        return None
    call = state.calls.get(contact.id)
    by = call.agent if call is not None else contact.agent
    setup = state.setup(by) if by is not None else None
    if setup is None or setup.id == agent.id:
        return None
    return InvitedView(
        contact=contact.id,
        name=setup.name,
        no=setup.no,
        why="colleague" if contact.channel is Channel.INTERNAL else "consult",
        since=agent.since,
    )


def _contact(contact: Contact, own: AgentId, state: State) -> ContactView:
    phase: Literal["dialling", "talking", "hold", "recovering"] = "talking"
    if contact.phase is Phase.DIALLING:
        phase = "dialling"
    elif contact.phase is Phase.HELD:
        phase = "hold"
    elif contact.phase is Phase.RECOVERING:
        phase = "recovering"
    queue = _rule(contact, state)
    recording: Literal["on", "paused", "off", "failed"] = "on" if contact.recording else "off"
    if queue is not None and not is_recorded(contact, state):
        recording = "off"
    elif contact.recording_problem:
        recording = "failed"
    elif contact.recording_paused_at is not None:
        recording = "paused"
    return ContactView(
        id=contact.id,
        number=mask(contact.caller),
        name=contact.caller_name or None,
        queue=queue_name(contact.queue, state),
        menu_path=menu_path(contact),
        connected_at=contact.connected_at,
        phase=phase,
        hold_since=contact.held_since,
        hold_alarmed=contact.hold_alarmed,
        recall_at=state.timers.armed(f"recall:{contact.id}"),
        held_ms=contact.held,
        waited_ms=contact.waited,
        recording=recording,
        recording_resumes_at=state.timers.armed(f"record:{contact.id}"),
        recording_problem=contact.recording_problem or None,
        talk=contact.talk.value,
        parties=_parties(contact, state),
        is_internal=contact.channel is Channel.INTERNAL,
        is_guest=contact.agent != own and leg_of(own, contact) is not None,
    )


def _parties(contact: Contact, state: State) -> list[PartyView]:
    names = {agent: state.agents[agent].name for agent in state.agents}
    return [
        PartyView(
            leg=party.leg,
            agent=party.agent,
            name=names.get(party.agent, "") if party.agent is not None else "",
            number=mask(party.number),
            phase=party.phase.value,
            since=party.since,
        )
        for party in contact.parties.values()
    ]


def _rule(contact: Contact, state: State) -> Queue | None:
    return state.queue(contact.queue) if contact.queue is not None else None


def _wrap_up(
    agent: Agent | None, contact: Contact | None, state: State, *, about: ContactView | None
) -> WrapUpView | None:
    if agent is None or contact is None:
        return None
    under_way = agent.wrap_up
    queue = state.queue(under_way.queue) if under_way is not None else _rule(contact, state)
    rule = wrap_up_rule(queue.id if queue is not None else None, agent.id, state)
    limit: int | None = rule.limit if rule.mode in {WrapUpMode.LIMITED, WrapUpMode.FIXED} else None
    if under_way is not None:
        limit = None if under_way.until is None else between(under_way.since, under_way.until)
    extended = under_way.extended if under_way is not None else 0
    return WrapUpView(
        contact=contact.id,
        about=about,
        since=under_way.since if under_way is not None else None,
        limit_ms=limit,
        mode=rule.mode.value,
        extended=extended,
        extensions_left=max(0, rule.extensions - extended) if limit is not None else 0,
        codes=[
            WrapUpCode(
                code=each.code,
                name=each.name,
                name_en=each.name_en,
                sounds=sounds(each.name),
            )
            for each in (queue.dispositions if queue is not None else ())
        ],
        disposition=contact.disposition or None,
        note=contact.note,
    )


def _queues(setup: AgentSetup, state: State) -> list[DeskQueue]:
    lines = waiting_lines(state)
    shown: list[DeskQueue] = []
    for queue in state.routing.queues:
        if queue.id in setup.queues:
            waiting, longest = lines.get(queue.id, (0, None))
            shown.append(
                DeskQueue(
                    id=queue.id,
                    name=queue.name,
                    name_en=queue.name_en,
                    waiting=waiting,
                    longest_since=longest,
                )
            )
    return shown


def _today(centre: Centre, setup: AgentSetup) -> TodayView:
    day = centre.days.day(setup.id)
    return TodayView(
        answered=day.answered,
        talk_s=round(day.talk_ms / 1000),
        hold_s=round(day.hold_ms / 1000),
        wrap_up_s=round(day.wrap_up_ms / 1000),
        aht_s=round(day.handled_ms / day.handled / 1000) if day.handled else None,
    )
