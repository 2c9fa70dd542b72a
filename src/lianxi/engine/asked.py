"""May a person have this now? One stable code per reason; asked before the step, writes nothing."""

from collections.abc import Callable
from typing import Any, Final

from lianxi.engine.acd import fax_sending, limiting
from lianxi.engine.acd.callbacks import MAY_LEAVE, is_open
from lianxi.engine.acd.calling_refusals import CALL_REFUSALS, between_colleagues
from lianxi.engine.acd.holding import is_held_at_device
from lianxi.engine.acd.monitor_refusals import HELP_REFUSALS, MONITOR_REFUSALS
from lianxi.engine.acd.party_refusals import (
    PARTY_REFUSALS,
    is_party,
    unreachable_outside,
    while_consulting,
    with_parties,
)
from lianxi.engine.acd.recording import longest_pause, start_refusal
from lianxi.engine.acd.recording_choice import is_recorded
from lianxi.engine.acd.supervising import IN_LINE
from lianxi.engine.acd.talking import IN_CALL
from lianxi.engine.acd.transferring import is_reachable
from lianxi.engine.acd.wrapping import of, rule_of
from lianxi.engine.at_desk import Agent
from lianxi.engine.dialer.deciding import dialing_refusal
from lianxi.engine.messages.agent_inputs import (
    AgentForced,
    AgentSignedIn,
    AgentSignedOut,
    AgentStateAsked,
    CallbackAsked,
    CallbackCancelled,
    ContactPulled,
    ContactRanked,
    HangUpAsked,
    HoldAsked,
    LegAsked,
    MergeAsked,
    OfferRefused,
    OfferTaken,
    RecordingPauseAsked,
    RecordingResumeAsked,
    ResumeAsked,
    TransferAsked,
    WrapUpExtended,
    WrapUpFinished,
    WrapUpNoted,
)
from lianxi.engine.messages.base import Input
from lianxi.engine.messages.dialing import PreviewSkipped, PreviewTaken
from lianxi.engine.messages.fax import FaxSendAsked, FaxSendStopped
from lianxi.engine.messages.limiting import WrapUpLimitAsked
from lianxi.engine.messages.recordings import RecordingStartAsked
from lianxi.engine.messages.values import Activity, Intent, Phase, WrapUpMode
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId

TALKING = (Phase.TALKING, Phase.HELD)

Refusal = Callable[[Any, State], str | None]
OwnRefusal = Callable[[Any, Agent, State], str | None]


def refusal(given: Input, state: State) -> str | None:
    """The code of the reason why not, or `None`. Asking for what already is so is no reason, but
    for a second hold: it would not begin the time anew."""
    own = OF_AGENT.get(type(given))
    if own is not None:
        agent = state.agents.get(given.agent)  # type: ignore[attr-defined]
        return "not_signed_in" if agent is None else own(given, agent, state)
    asked = OF_CENTRE.get(type(given))
    return None if asked is None else asked(given, state)


def _sign_in(given: AgentSignedIn, state: State) -> str | None:
    return "agent_unknown" if state.setup(given.agent) is None else None


def _merge(given: MergeAsked, state: State) -> str | None:
    known = any(rule.id == given.group for rule in state.routing.merges)
    return None if known or given.group in state.merged else "group_unknown"


def _sign_out(given: AgentSignedOut, agent: Agent, state: State) -> str | None:
    return "in_call" if agent.is_serving() else None


def _force(given: AgentForced, agent: Agent, state: State) -> str | None:
    if given.to is None and agent.is_serving():
        return "in_call"
    return _reason(given.to, given.reason, state, forced=True)


def _ask_state(given: AgentStateAsked, agent: Agent, state: State) -> str | None:
    return _reason(given.to, given.reason, state)


def _ask_leg(given: LegAsked, agent: Agent, state: State) -> str | None:
    return None if agent.activity is Activity.TALKING else "not_talking"


def _hold(given: HoldAsked, agent: Agent, state: State) -> str | None:
    code = _in_call(given.contact, agent, state, TALKING)
    if code is None and state.contacts[given.contact].phase is Phase.HELD:
        return "already_held"
    return code or with_parties(given.contact, state)


def _resume(given: ResumeAsked, agent: Agent, state: State) -> str | None:
    code = _in_call(given.contact, agent, state, TALKING)
    if code is None and is_held_at_device(state.contacts[given.contact], state):
        return "held_at_device"
    return code


def _record_again(given: RecordingResumeAsked, agent: Agent, state: State) -> str | None:
    return _in_call(given.contact, agent, state, TALKING)


def _pause(given: RecordingPauseAsked, agent: Agent, state: State) -> str | None:
    code = _in_call(given.contact, agent, state, TALKING)
    if code is not None:
        return code
    contact = state.contacts[given.contact]
    if not is_recorded(contact, state):
        return "not_recorded"
    return None if longest_pause(contact, state) else "pausing_not_allowed"


def _hang_up(given: HangUpAsked, agent: Agent, state: State) -> str | None:
    is_calling = agent.contact == given.contact and given.contact in state.calls
    if is_calling or is_party(agent, given.contact, state):
        return None
    code = _in_call(given.contact, agent, state, IN_CALL)
    return code or while_consulting(given.contact, state)


def _take(given: OfferTaken, agent: Agent, state: State) -> str | None:
    offer = state.offers.get(given.offer)
    return None if offer is not None and offer.agent == agent.id else "offer_over"


def _note(given: WrapUpNoted, agent: Agent, state: State) -> str | None:
    is_mine = agent.contact == given.contact or given.contact in agent.texts
    return None if is_mine else "not_your_contact"


def _reason(to: Intent | None, reason: str, state: State, *, forced: bool = False) -> str | None:
    if to is not Intent.NOT_READY or forced:
        return "state_unknown" if to is Intent.NOT_RESPONDING else None
    known = any(r.code == reason for r in state.routing.reasons)
    return None if known else "reason_unknown"


def _refuse_offer(given: OfferRefused, agent: Agent, state: State) -> str | None:
    offer = state.offers.get(given.offer)
    if offer is None or offer.agent != agent.id or offer.accepted:
        return "offer_over"
    queue_id = state.contacts[offer.contact].queue
    queue = state.queue(queue_id) if queue_id is not None else None
    return None if queue is None or queue.agent_may_refuse else "refusing_not_allowed"


def _in_call(
    contact: ContactId, agent: Agent, state: State, phases: tuple[Phase, ...]
) -> str | None:
    if agent.contact != contact and contact not in agent.texts:
        return "not_your_contact"
    if state.contacts[contact].agent != agent.id:
        return "not_talking"
    return None if state.contacts[contact].phase in phases else "not_talking"


def _transfer(given: TransferAsked, agent: Agent, state: State) -> str | None:
    code = _in_call(given.contact, agent, state, IN_CALL)
    code = code or between_colleagues(given.contact, state)
    if code is not None:
        return code
    contact = state.contacts[given.contact]
    if contact.hops >= state.routing.most_hops:
        return "transfers_used_up"
    if contact.parties:
        return "parties_there"
    if given.number:
        if not contact.has_media:
            return "number_invalid"
        return unreachable_outside(given.number, state)
    if given.to.agent == agent.id:
        return "transfer_to_self"
    return None if is_reachable(given.to, contact, state) else "transfer_target_unknown"


def _of_waiting(given: ContactPulled | ContactRanked, state: State) -> str | None:
    contact = state.contacts.get(given.contact)
    if contact is None or contact.phase not in IN_LINE or contact.entry is None:
        return "contact_not_waiting"
    if isinstance(given, ContactPulled) and not is_reachable(given.to, contact, state):
        return "transfer_target_unknown"
    return None


def _callback(given: CallbackAsked, state: State) -> str | None:
    contact = state.contacts.get(given.contact)
    queue = given.queue
    if queue is None and contact is not None:
        queue = contact.queue
    if queue is None or state.queue(queue) is None:
        return "queue_unknown"
    if not given.number.strip():
        return "number_missing"
    if contact is not None and contact.phase not in MAY_LEAVE:
        return "contact_not_waiting"
    return None


def _cancel_callback(given: CallbackCancelled, state: State) -> str | None:
    return None if is_open(given.callback, state) else "callback_over"


def _finish(given: WrapUpFinished, agent: Agent, state: State) -> str | None:
    wrap_up = of(agent, given.contact)
    if wrap_up is None:
        return "wrap_up_over"
    queue = state.queue(wrap_up.queue)
    codes = {d.code for d in queue.dispositions} if queue is not None else set()
    if codes and not given.disposition:
        return "disposition_missing"
    if given.disposition and given.disposition not in codes:
        return "disposition_unknown"
    if rule_of(wrap_up, agent.id, state).mode is WrapUpMode.FIXED:
        return "wrap_up_fixed"
    return _reason(given.then, given.reason, state)


def _extend(given: WrapUpExtended, agent: Agent, state: State) -> str | None:
    wrap_up = of(agent, given.contact)
    if wrap_up is None:
        return "wrap_up_over"
    rule = rule_of(wrap_up, agent.id, state)
    if wrap_up.until is None or wrap_up.extended >= rule.extensions:
        return "no_extension_left"
    return None


OF_CENTRE: Final[dict[type[Input], Refusal]] = {
    ContactPulled: _of_waiting,
    ContactRanked: _of_waiting,
    PreviewTaken: dialing_refusal,
    PreviewSkipped: dialing_refusal,
    MergeAsked: _merge,
    WrapUpLimitAsked: limiting.refusal,
    CallbackAsked: _callback,
    CallbackCancelled: _cancel_callback,
    AgentSignedIn: _sign_in,
    FaxSendAsked: fax_sending.refusal,
    FaxSendStopped: fax_sending.stop_refusal,
    **MONITOR_REFUSALS,
}
"""By the type of the input: what the centre as a whole has against it."""

OF_AGENT: Final[dict[type[Input], OwnRefusal]] = {
    AgentSignedOut: _sign_out,
    AgentStateAsked: _ask_state,
    AgentForced: _force,
    LegAsked: _ask_leg,
    HoldAsked: _hold,
    ResumeAsked: _resume,
    RecordingPauseAsked: _pause,
    RecordingStartAsked: start_refusal,
    RecordingResumeAsked: _record_again,
    HangUpAsked: _hang_up,
    OfferTaken: _take,
    OfferRefused: _refuse_offer,
    TransferAsked: _transfer,
    WrapUpNoted: _note,
    WrapUpFinished: _finish,
    WrapUpExtended: _extend,
    **PARTY_REFUSALS,
    **CALL_REFUSALS,
    **HELP_REFUSALS,
}
"""The same of what a signed-in agent asks for."""
