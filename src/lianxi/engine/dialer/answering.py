"""From the answer to an agent, or to a drop; and every other way a dial ends."""

from collections.abc import Iterator

from lianxi.engine.acd import offering, waiting
from lianxi.engine.acd.ending import end
from lianxi.engine.acd.intents import settle
from lianxi.engine.acd.outward_recording import file_of
from lianxi.engine.acd.prompting import say
from lianxi.engine.dialer import choosing
from lianxi.engine.dialer.memory import Dial, DialPhase
from lianxi.engine.dialer.starting import rerouted, started, way_to
from lianxi.engine.ivr.moving import leave
from lianxi.engine.living import Contact
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.campaigns import DialOutcome, DialProgress
from lianxi.engine.messages.dialing import (
    DialAnswered,
    DialDropped,
    DialEnded,
    PreviewSkipped,
    PreviewTaken,
)
from lianxi.engine.messages.events import ContactBegan, ContactQueued
from lianxi.engine.messages.values import (
    Channel,
    EntryOutcome,
    LegCause,
    OfferOutcome,
    Party,
    StepOutcome,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import EntryId
from lianxi.kernel.time import Instant, Millis, after

AHEAD = Millis(86_400_000)
"""So much older than it is stands a person who was called: behind nobody. It is for two seconds."""

KEPT = Millis(5_000)
"""A person whose agent is on the way is kept so long after the time was over."""

UNANSWERED = {
    DialProgress.BUSY: DialOutcome.BUSY,
    DialProgress.NO_ANSWER: DialOutcome.NO_ANSWER,
    DialProgress.FAILED: DialOutcome.FAILED,
    DialProgress.TRUNK_FAILED: DialOutcome.FAILED,
    DialProgress.MACHINE: DialOutcome.MACHINE,
}


def progressed(dial: Dial, progress: DialProgress, state: State, at: Instant) -> Iterator[Event]:
    """The switch speaks about a dial that rings; about others it repeats itself."""
    if dial.phase is not DialPhase.RINGING:
        return
    if progress is DialProgress.ANSWERED:
        yield from _answered(dial, state, at)
    elif progress is DialProgress.TRUNK_FAILED and (anew := rerouted(dial, state, at)) is not None:
        yield anew
    elif progress in UNANSWERED:
        machine = progress is DialProgress.MACHINE
        yield from finish(dial, UNANSWERED[progress], state, at, hang_up=machine)


def _answered(dial: Dial, state: State, at: Instant) -> Iterator[Event]:
    """A person: into the line, before all others, and to the agent it was for."""
    rule = state.dialing.campaigns[dial.campaign].rule
    agent = dial.agent
    yield DialAnswered(
        at=at,
        dial=dial.id,
        campaign=dial.campaign,
        contact=dial.contact,
        agent=agent,
        connect_by=after(at, rule.connect_within),
    )
    yield ContactBegan(
        at=at,
        contact=dial.contact,
        leg=dial.leg,
        channel=Channel.OUTBOUND,
        dialled=rule.caller_number,
        caller=dial.record.number,
        caller_name=dial.record.name,
        recording=file_of(dial.leg, dial.contact, rule.queue, state),
        trunk=dial.trunk,
    )
    queue = state.queue(rule.queue)
    if queue is None:
        return  # dropped when the time is over: nobody serves it
    since = at if dial.record.since is None else dial.record.since
    contact = state.contacts[dial.contact]
    yield ContactQueued(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        entry=EntryId(f"e{state.number('entry')}"),
        queue=queue.id,
        priority=queue.priority,
        since=since,
        announce_at=None,
        stood=Instant(since - AHEAD),
        media=False,  # silence: no music after "hello?"
    )
    if agent is not None and state.floor.is_free(agent) and contact.entry is not None:
        entry = state.entries[contact.entry]
        yield offering.offer_to(entry, state.agents[agent], state, at)


def out_of_time(dial: Dial, state: State, at: Instant) -> Iterator[Event]:
    """The deadline of a dial passed."""
    rule = state.dialing.campaigns[dial.campaign].rule
    if dial.phase is DialPhase.PREVIEW and rule.preview_dials:
        yield from _dial_read(dial, state, at)
    elif dial.phase is DialPhase.PREVIEW:
        yield from finish(dial, DialOutcome.EXPIRED, state, at)
    elif dial.phase is DialPhase.RINGING:
        yield from finish(dial, DialOutcome.NO_ANSWER, state, at, hang_up=True)
    else:
        contact = state.contacts[dial.contact]
        if dial.phase is DialPhase.ANSWERED and contact.offer is not None:
            yield _dropped(dial, after(at, KEPT), at)
        else:
            yield from _drop(dial, contact, state, at)


def _drop(dial: Dial, contact: Contact, state: State, at: Instant) -> Iterator[Event]:
    """Nobody came: say so, and let the person go."""
    prompts = state.dialing.campaigns[dial.campaign].rule.drop_prompts
    yield _dropped(dial, None, at)
    for offer in contact.offers:
        yield from offering.end(state.offers[offer], OfferOutcome.NO_ANSWER, state, at, leaves=True)
    if contact.node is not None:  # somebody sent the person into a flow meanwhile
        yield leave(contact, StepOutcome.ENDED, at)
    if contact.entry is not None:
        yield waiting.left(contact.entry, EntryOutcome.FLOW_OUT, state, at, ringing=False)
    if prompts:
        yield from say(contact, prompts, state, at)
    else:
        yield from end(contact, state, at, by=Party.SYSTEM, cause=LegCause.NORMAL)


def _dropped(dial: Dial, kept_until: Instant | None, at: Instant) -> DialDropped:
    return DialDropped(
        at=at,
        dial=dial.id,
        campaign=dial.campaign,
        record=dial.record.id,
        contact=dial.contact,
        kept_until=kept_until,
    )


def preview_taken(given: PreviewTaken, state: State) -> Iterator[Event]:
    """The agent has read it: dial."""
    dial = _read_by(given, state)
    if dial is not None:
        yield from _dial_read(dial, state, given.at)


def preview_skipped(given: PreviewSkipped, state: State) -> Iterator[Event]:
    """The agent passes it by."""
    dial = _read_by(given, state)
    if dial is not None:
        yield from finish(dial, DialOutcome.SKIPPED, state, given.at)


def _read_by(given: PreviewTaken | PreviewSkipped, state: State) -> Dial | None:
    dial = state.dialing.dials.get(given.dial)
    reads = dial is not None and dial.phase is DialPhase.PREVIEW and dial.agent == given.agent
    return dial if reads else None


def _dial_read(dial: Dial, state: State, at: Instant) -> Iterator[Event]:
    """Dial what was read, unless the hour is over or the number was taken off meanwhile."""
    memory = state.dialing.campaigns[dial.campaign]
    if not choosing.may_still_be_dialled(dial.record, memory, state.dialing, at):
        yield from finish(dial, DialOutcome.EXPIRED, state, at)
        return
    way = yield from way_to(dial.record, memory, state, at)
    if way is None:
        yield from finish(dial, DialOutcome.EXPIRED, state, at)
    else:
        yield started(dial.id, dial.record, dial.agent, memory, at, way)


def finish(
    dial: Dial, outcome: DialOutcome, state: State, at: Instant, *, hang_up: bool = False
) -> Iterator[Event]:
    """The dial is over; whoever was reserved for it gets what was asked for meanwhile."""
    rule = state.dialing.campaigns[dial.campaign].rule
    agent = dial.agent
    yield DialEnded(
        at=at,
        dial=dial.id,
        campaign=dial.campaign,
        record=dial.record.id,
        outcome=outcome,
        attempts=dial.attempts,
        next_at=choosing.next_try(rule, outcome, dial.attempts, at),
        leg=dial.leg,
        hang_up=hang_up,
    )
    if agent is not None and agent in state.agents:
        yield from settle(state.agents[agent], state, at)
