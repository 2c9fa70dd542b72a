"""Waiting in a queue: joining it, being told the place in line, leaving by hanging up."""

from collections.abc import Iterator
from math import ceil
from typing import Final

import msgspec

from lianxi.engine.acd import pacing
from lianxi.engine.acd.prompting import say
from lianxi.engine.deciding import deadline
from lianxi.engine.hours import is_open
from lianxi.engine.ivr.speaking import counted
from lianxi.engine.living import Contact, Entry
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactQueued, EntryEnded, PositionAnnounced
from lianxi.engine.messages.floor_events import EntryWidened
from lianxi.engine.messages.routing import Queue, Stage
from lianxi.engine.messages.values import EntryOutcome, OverflowWhen, Phase
from lianxi.engine.state import State
from lianxi.kernel.ids import AgentId, EntryId, PromptName
from lianxi.kernel.time import Instant, Millis, after, between

OVERFLOW_WHEN_WAITED: Final = OverflowWhen.WAITED
PHASE_WAITING: Final = Phase.WAITING

NOT_NOW = Millis(5_000)
"""An announcement that would talk over something else is put off this long."""

MOST_SAID = 99
"""Longer lines and waits are not counted out to the caller."""


def at_this_hour(queue: Queue, state: State, at: Instant) -> Queue:
    """The queue's rule with what another time of day replaces in it."""
    for override in queue.overrides:
        calendar = state.calendar(override.calendar)
        if calendar is not None and is_open(calendar, at):
            return msgspec.structs.replace(
                queue,
                priority=queue.priority if override.priority is None else override.priority,
                stages=queue.stages if override.stages is None else override.stages,
                overflow=queue.overflow if override.overflow is None else override.overflow,
            )
    return queue


def joined(
    contact: Contact,
    queue: Queue,
    state: State,
    at: Instant,
    *,
    since: Instant | None = None,
    recovered: bool = False,
    wanted: AgentId | None = None,
) -> ContactQueued:
    """Into the line. `since` keeps the place of one who has waited before.

    Args:
        recovered: back in the line it was answered from: it keeps the stage of widening, too.
        wanted: an agent to wait for alone at first, whatever the queue's own rule for that is.
    """
    if queue.overrides:
        queue = at_this_hour(queue, state, at)
    every = queue.announcements.every if contact.has_media else Millis(0)
    start = at if since is None else since
    priority = queue.priority + contact.priority
    stages = queue.stages
    wanted_until = None
    if wanted is not None:
        wanted_until = after(at, Millis(2 * queue.ring))
    elif contact.wanted is not None and queue.last_agent and contact.wanted in state.agents:
        wanted = contact.wanted
        wanted_until = after(at, queue.last_agent)
    stage = reached(contact, stages) if recovered else 0
    before = contact.stood if recovered else Millis(0)
    entry = EntryId(f"e{state.number('entry')}")
    announce_at = after(at, every) if every else None
    stood = Instant(start - priority * state.routing.age_worth)
    is_plain = not (stages or queue.overflow or contact.needs or recovered or wanted is not None)
    if is_plain and contact.has_media:
        # Most callers: a message costs the more the more of its fields are given.
        return ContactQueued(
            at=at, contact=contact.id, leg=contact.leg, entry=entry, queue=queue.id,
            priority=priority, since=start, announce_at=announce_at, stood=stood,
        )  # fmt: skip
    return ContactQueued(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        entry=entry,
        queue=queue.id,
        priority=priority,
        since=start,
        announce_at=announce_at,
        recovered=recovered,
        stood=stood,
        stage=stage,
        before=before,
        level=stages[stage].level if stages else 1,
        needs=contact.needs,
        wanted=wanted,
        wanted_until=wanted_until,
        widen_at=_widen_at(stages, stage, before, at),
        overflow_at=_overflow_at(queue, at) if queue.overflow else None,
        media=contact.has_media,
    )


def reached(contact: Contact, stages: tuple[Stage, ...]) -> int:
    """The stage at which who comes back to a line goes on: the one that was reached in it, or a
    later one that the wait so far is long enough for; the last one where there are fewer now."""
    last = max(len(stages) - 1, 0)
    stage = min(contact.stage, last)
    while stage < last and stages[stage + 1].after <= contact.stood:
        stage += 1
    return stage


def _widen_at(stages: tuple[Stage, ...], stage: int, before: Millis, at: Instant) -> Instant | None:
    if stage + 1 >= len(stages):
        return None
    return after(at, Millis(max(1, stages[stage + 1].after - before)))


def _overflow_at(queue: Queue, at: Instant) -> Instant | None:
    for rule in queue.overflow:
        if rule.when is OVERFLOW_WHEN_WAITED:
            return after(at, Millis(rule.threshold))
    return None


@deadline("widen")
def widen(key: str, state: State, at: Instant) -> Iterator[Event]:
    """The caller's own wait has reached the next stage, or several that a late clock passed: more
    agents may serve, whether or not somebody is being rung at this moment."""
    entry = state.entries[EntryId(key)]
    queue = state.queue(entry.queue)
    stages = at_this_hour(queue, state, at).stages if queue is not None else ()
    began = Instant(entry.entered_at - entry.before)
    stage = entry.stage + 1
    while stage + 1 < len(stages) and after(began, stages[stage + 1].after) <= at:
        stage += 1
    is_more = stage + 1 < len(stages)
    yield EntryWidened(
        at=at,
        contact=entry.contact,
        entry=entry.id,
        stage=stage,
        level=stages[stage].level if stage < len(stages) else 1,
        next_at=after(began, stages[stage + 1].after) if is_more else None,
    )


@deadline("wanted")
def wanted_over(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Waited for one agent long enough: anybody who serves the queue may come."""
    yield from not_served(state.entries[EntryId(key)], state, at)


def not_served(entry: Entry, state: State, at: Instant) -> Iterator[Event]:
    """The wanted agent did not take it. Handed on by somebody who is there and free, it comes back
    to that agent first; else anybody who serves the queue may come."""
    former = state.contacts[entry.contact].handed_by
    agent = state.agents.get(former) if former is not None else None
    queue = state.queue(entry.queue)
    if agent is not None and queue is not None and agent.is_available():
        yield EntryWidened(
            at=at,
            contact=entry.contact,
            entry=entry.id,
            stage=entry.stage,
            level=entry.level,
            wanted=agent.id,
            wanted_until=after(at, Millis(2 * queue.ring)),
        )
        return
    yield EntryWidened(
        at=at,
        contact=entry.contact,
        entry=entry.id,
        stage=entry.stage,
        level=entry.level,
        wanted_over=True,
    )


def left(
    entry_id: EntryId, outcome: EntryOutcome, state: State, at: Instant, *, ringing: bool
) -> EntryEnded:
    """Out of the line, for good."""
    entry = state.entries[entry_id]
    return EntryEnded(
        at=at,
        contact=entry.contact,
        entry=entry_id,
        queue=entry.queue,
        outcome=outcome,
        waited=between(entry.entered_at, at),
        ringing=ringing,
    )


@deadline("announce")
def announce(key: str, state: State, at: Instant) -> Iterator[Event]:
    """Tell the place in line and the estimated wait; put off while something else is heard."""
    entry = state.entries[EntryId(key)]
    contact = state.contacts[entry.contact]
    queue = state.queue(entry.queue)
    rule = queue.announcements if queue is not None else None
    position = min(state.position(entry), entry.announced or MOST_SAID + 1)
    if (
        rule is None
        or not rule.every
        or contact.phase is not PHASE_WAITING
        or contact.playback is not None
    ):
        yield PositionAnnounced(
            at=at,
            contact=contact.id,
            entry=entry.id,
            position=position,
            wait_minutes=None,
            next_at=after(at, NOT_NOW),
            said=False,
        )
        return
    minutes = estimated_minutes(entry, position, state) if rule.wait else None
    yield PositionAnnounced(
        at=at,
        contact=contact.id,
        entry=entry.id,
        position=position,
        wait_minutes=minutes,
        next_at=after(at, rule.every),
    )
    place = position if rule.position else None
    yield from say(contact, words(place, minutes, contact.language), state, at)


def estimated_minutes(entry: Entry, position: int, state: State) -> int | None:
    """The expected wait in whole minutes.

    Returns:
        0 for under a minute; `None` while there is nothing to go by.
    """
    wait = pacing.expected_wait(entry.queue, position, entry.place, state)
    if wait is None:
        return None
    return ceil(wait / 60_000) if wait >= 60_000 else 0


def words(position: int | None, minutes: int | None, language: str = "") -> tuple[PromptName, ...]:
    """The prompts of an announcement; only "all agents are busy" when there is nothing to count."""
    said: tuple[PromptName, ...] = ()
    if position is not None and position <= MOST_SAID:
        said += (PromptName("position_prefix"), *counted(position, language))
        said += (PromptName("position_suffix"),)
    if minutes == 0:
        said += (PromptName("wait_less_than_one_minute"),)
    elif minutes is not None and minutes <= MOST_SAID:
        said += (PromptName("wait_prefix"), *counted(minutes, language), PromptName("wait_minutes"))
    return said or (PromptName("agents_busy"),)
