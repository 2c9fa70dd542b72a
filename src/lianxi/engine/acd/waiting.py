"""Waiting in a queue: joining it, being told the place in line, leaving by hanging up."""

from collections.abc import Iterator
from math import ceil

from lianxi.engine.acd.prompting import say, spoken_number
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import ContactQueued, EntryEnded, PositionAnnounced
from lianxi.engine.messages.routing import Queue
from lianxi.engine.messages.values import EntryOutcome, Phase
from lianxi.engine.state import Contact, Entry, State
from lianxi.kernel.ids import EntryId, PromptName
from lianxi.kernel.time import Instant, Millis, after, between

NOT_NOW = Millis(5_000)
"""An announcement that would talk over something else is put off this long."""

MOST_SAID = 99
"""Longer lines and waits are not counted out to the caller."""


def join(
    contact: Contact,
    queue: Queue,
    state: State,
    at: Instant,
    *,
    since: Instant | None = None,
    recovered: bool = False,
) -> Iterator[Event]:
    """Into the line. `since` keeps the place of one who has waited before."""
    every = queue.announcements.every
    yield ContactQueued(
        at=at,
        contact=contact.id,
        leg=contact.leg,
        entry=EntryId(f"e{state.number('entry')}"),
        queue=queue.id,
        priority=queue.priority,
        since=at if since is None else since,
        announce_at=after(at, every) if every else None,
        recovered=recovered,
    )


def leave(
    contact: Contact, outcome: EntryOutcome, state: State, at: Instant, *, ringing: bool
) -> Iterator[Event]:
    """Out of the line, for good."""
    if contact.entry is None:
        return
    entry = state.entries[contact.entry]
    yield EntryEnded(
        at=at,
        contact=contact.id,
        entry=entry.id,
        queue=entry.queue,
        outcome=outcome,
        waited=between(entry.entered_at, at),
        ringing=ringing,
    )


def turn_away_stranded(state: State, at: Instant) -> Iterator[Event]:
    """Callers in line for a queue that is configured no more are told so and let go: nobody would
    ever serve them."""
    configured = {queue.id for queue in state.routing.queues}
    for place in list(state.line):
        entry = state.entries[place[4]]
        if entry.queue not in configured:
            contact = state.contacts[entry.contact]
            yield from leave(contact, EntryOutcome.FLOW_OUT, state, at, ringing=False)
            yield from say(contact, (PromptName("sorry_all_lines"),), state, at)


def announce(entry: Entry, state: State, at: Instant) -> Iterator[Event]:
    """Tell the place in line and the estimated wait; put off while something else is heard."""
    contact = state.contacts[entry.contact]
    queue = state.queue(entry.queue)
    rule = queue.announcements if queue is not None else None
    position = min(state.position(entry), entry.announced or MOST_SAID + 1)
    if (
        rule is None
        or not rule.every
        or contact.phase is not Phase.WAITING
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
    yield from say(contact, words(position if rule.position else None, minutes), state, at)


def estimated_minutes(entry: Entry, position: int, state: State) -> int | None:
    """Place in line times the smoothed time between answers of this queue, in whole minutes.

    Returns:
        0 for under a minute; `None` while the queue has answered fewer than two contacts.
    """
    pace = state.pace.get(entry.queue)
    if pace is None or pace.every is None:
        return None
    return ceil(position * pace.every / 60_000) if position * pace.every >= 60_000 else 0


def words(position: int | None, minutes: int | None) -> tuple[PromptName, ...]:
    """The prompts of an announcement; only "all agents are busy" when there is nothing to count."""
    said: tuple[PromptName, ...] = ()
    if position is not None and position <= MOST_SAID:
        said += (PromptName("position_prefix"), *spoken_number(position))
        said += (PromptName("position_suffix"),)
    if minutes == 0:
        said += (PromptName("wait_less_than_one_minute"),)
    elif minutes is not None and minutes <= MOST_SAID:
        said += (PromptName("wait_prefix"), *spoken_number(minutes), PromptName("wait_minutes"))
    return said or (PromptName("agents_busy"),)
