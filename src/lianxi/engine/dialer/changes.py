"""How facts about dials change the state."""

import msgspec

from lianxi.engine.acd.seating import refresh
from lianxi.engine.dialer.clock import look_soon
from lianxi.engine.dialer.guarding import DropAccount
from lianxi.engine.dialer.memory import (
    CampaignMemory,
    Dial,
    DialPhase,
    Handling,
    Tried,
    Waiting,
)
from lianxi.engine.evolving import changes
from lianxi.engine.messages.campaigns import Campaign, DialOutcome, lawful
from lianxi.engine.messages.dialing import (
    BlockListChanged,
    DialAnswered,
    DialConnected,
    DialDropped,
    DialEnded,
    DialHandled,
    DialPlanChanged,
    DialReassigned,
    DialRerouted,
    DialStarted,
    PreviewMade,
    RecordPutOff,
    RecordsTaken,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, DialId
from lianxi.kernel.time import after, between

LEARNED = (
    DialOutcome.BUSY,
    DialOutcome.NO_ANSWER,
    DialOutcome.FAILED,
    DialOutcome.MACHINE,
)
"""Outcomes that tell something about who answers."""


@changes(DialPlanChanged)
def _(event: DialPlanChanged, state: State) -> None:
    dialing = state.dialing
    dialing.plan = event.plan
    dialing.calendars = {calendar.id: calendar for calendar in event.plan.calendars}
    configured = {rule.id for rule in event.plan.campaigns}
    for former in [name for name in dialing.campaigns if name not in configured]:
        memory = dialing.campaigns[former]
        memory.rule = _stopped(memory.rule)
        state.timers.clear(f"pace:{former}")
        if not memory.dials:
            del dialing.campaigns[former]
    for rule in map(lawful, event.plan.campaigns):
        known = dialing.campaigns.get(rule.id)
        if known is None:
            dialing.campaigns[rule.id] = CampaignMemory(rule=rule, account=_account(rule))
        else:
            if _account_terms(known.rule) != _account_terms(rule):
                known.account = _account(rule)
            known.rule = rule
        if rule.is_running:
            state.timers.set(f"pace:{rule.id}", event.at)
        else:
            state.timers.clear(f"pace:{rule.id}")


def _stopped(rule: Campaign) -> Campaign:
    return msgspec.structs.replace(rule, is_running=False)


def _account(rule: Campaign) -> DropAccount:
    return DropAccount(
        cap=rule.drop_cap, sample=rule.sample, stretch=rule.stretch, window=rule.drop_window
    )


def _account_terms(rule: Campaign) -> tuple[float, int, int, int]:
    return rule.drop_cap, rule.sample, rule.stretch, rule.drop_window


@changes(RecordsTaken)
def _(event: RecordsTaken, state: State) -> None:
    memory = state.dialing.campaigns[event.campaign]
    for record in event.records:
        memory.loaded += 1
        memory.put(Waiting(record=record, number=memory.loaded, due=record.due))
    timer = f"pace:{event.campaign}"
    armed = state.timers.armed(timer)
    if armed is not None and armed > event.at:
        state.timers.set(timer, event.at)


@changes(RecordPutOff)
def _(event: RecordPutOff, state: State) -> None:
    memory = state.dialing.campaigns[event.campaign]
    number = memory.waiting[event.record].number
    record = memory.take(event.record)
    if record is None:
        return
    if event.until is None:
        memory.finish(event.record)
    else:
        memory.put(Waiting(record=record, number=number, due=event.until))


@changes(BlockListChanged)
def _(event: BlockListChanged, state: State) -> None:
    numbers = state.dialing.blocked.setdefault(event.list, set())
    numbers.difference_update(event.removed)
    numbers.update(event.added)


@changes(PreviewMade)
def _(event: PreviewMade, state: State) -> None:
    memory = state.dialing.campaigns[event.campaign]
    record = memory.take(event.record)
    assert record is not None
    state.counters["dial"] = state.number("dial")
    state.dialing.dials[event.dial] = Dial(
        id=event.dial,
        campaign=event.campaign,
        record=record,
        phase=DialPhase.PREVIEW,
        since=event.at,
        attempts=_tried(memory, record.number, record.attempts).attempts,
    )
    memory.dials[event.dial] = None
    state.dialing.numbers[record.number] = event.dial
    _reserve(event.dial, event.agent, state)
    state.timers.set(f"dial:{event.dial}", event.until)


@changes(DialStarted)
def _(event: DialStarted, state: State) -> None:
    memory = state.dialing.campaigns[event.campaign]
    dial = state.dialing.dials.get(event.dial)
    if dial is None:
        record = memory.take(event.record)
        assert record is not None
        state.counters["dial"] = state.number("dial")
        dial = Dial(
            id=event.dial,
            campaign=event.campaign,
            record=record,
            phase=DialPhase.RINGING,
            since=event.at,
        )
        state.dialing.dials[event.dial] = dial
        memory.dials[event.dial] = None
        state.dialing.numbers[event.number] = event.dial
        if event.agent is not None:
            _reserve(event.dial, event.agent, state)
    dial.phase = DialPhase.RINGING
    dial.since = event.at
    dial.leg = event.leg
    dial.contact = event.contact
    dial.attempts = event.attempt
    dial.trunk = event.trunk
    _tried(memory, event.number, event.attempt).attempts = event.attempt
    state.timers.set(f"dial:{event.dial}", event.give_up_at)


@changes(DialRerouted)
def _(event: DialRerouted, state: State) -> None:
    dial = state.dialing.dials[event.dial]
    dial.tried = (*dial.tried, dial.trunk)
    dial.trunk = event.trunk
    dial.leg = event.leg
    state.timers.set(f"dial:{event.dial}", event.give_up_at)


@changes(DialReassigned)
def _(event: DialReassigned, state: State) -> None:
    dial = state.dialing.dials[event.dial]
    look_soon(state.dialing.campaigns[dial.campaign], state, event.at)
    _release(dial, state)
    if event.agent is not None:
        _reserve(event.dial, event.agent, state)


@changes(DialAnswered)
def _(event: DialAnswered, state: State) -> None:
    dial = state.dialing.dials[event.dial]
    memory = state.dialing.campaigns[event.campaign]
    memory.curve.learn(between(dial.since, event.at), answered=True)
    memory.account.answered(event.at)
    look_soon(memory, state, event.at)
    dial.phase = DialPhase.ANSWERED
    dial.since = event.at
    _release(dial, state)
    state.dialing.contacts[event.contact] = event.dial
    state.timers.set(f"dial:{event.dial}", event.connect_by)


@changes(DialConnected)
def _(event: DialConnected, state: State) -> None:
    dial = state.dialing.dials[event.dial]
    dial.phase = DialPhase.TALKING
    dial.since = event.at
    state.timers.clear(f"dial:{event.dial}")
    state.dialing.handling[event.agent] = Handling(
        campaign=event.campaign, dial=event.dial, since=event.at
    )


@changes(DialDropped)
def _(event: DialDropped, state: State) -> None:
    dial = state.dialing.dials[event.dial]
    if dial.phase is DialPhase.ANSWERED:
        memory = state.dialing.campaigns[event.campaign]
        memory.account.dropped(event.at)
        number = dial.record.number
        state.dialing.resting.pop(number, None)
        state.dialing.resting[number] = after(event.at, memory.rule.rest_after_drop)
    dial.since = event.at
    if event.kept_until is None:
        dial.phase = DialPhase.DROPPED
        state.timers.clear(f"dial:{event.dial}")
    else:
        dial.phase = DialPhase.LATE
        state.timers.set(f"dial:{event.dial}", event.kept_until)


@changes(DialEnded)
def _(event: DialEnded, state: State) -> None:
    dialing = state.dialing
    dial = dialing.dials.pop(event.dial)
    memory = dialing.campaigns[event.campaign]
    del memory.dials[event.dial]
    look_soon(memory, state, event.at)
    state.timers.clear(f"dial:{event.dial}")
    dialing.contacts.pop(dial.contact, None)
    dialing.numbers.pop(dial.record.number, None)
    _release(dial, state)
    if dial.phase is DialPhase.RINGING and event.outcome in LEARNED:
        memory.curve.learn(between(dial.since, event.at), answered=False)
    for handling in (h for h in dialing.handling.values() if h.dial == event.dial):
        handling.talked_until = event.at
        memory.talks.learn(between(handling.since, event.at))
    if not memory.dials and all(rule.id != event.campaign for rule in dialing.plan.campaigns):
        del dialing.campaigns[event.campaign]
    if event.next_at is None:
        memory.finish(event.record)
    else:
        _tried(memory, dial.record.number, event.attempts).next_at = event.next_at


@changes(DialHandled)
def _(event: DialHandled, state: State) -> None:
    del state.dialing.handling[event.agent]
    memory = state.dialing.campaigns.get(event.campaign)
    if memory is not None:
        memory.wraps.learn(event.wrapped)
        look_soon(memory, state, event.at)


def _tried(memory: CampaignMemory, number: str, attempts: int) -> Tried:
    """What was tried with a number, now the newest of all."""
    tried = memory.tried.pop(number, None)
    if tried is None:
        tried = Tried(attempts=attempts)
    memory.tried[number] = tried
    return tried


def _reserve(dial: DialId, agent: AgentId, state: State) -> None:
    state.dialing.dials[dial].agent = agent
    state.dialing.reserved[agent] = dial
    state.agents[agent].is_held = True
    refresh(state.agents[agent], state)


def _release(dial: Dial, state: State) -> None:
    agent = dial.agent
    dial.agent = None
    if agent is None or state.dialing.reserved.pop(agent, None) is None:
        return
    if agent in state.agents:
        state.agents[agent].is_held = False
        refresh(state.agents[agent], state)
