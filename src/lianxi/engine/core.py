"""Step, evolve, effects, next_deadline: a pure object and no clock.

input --decide--> events --evolve--> state
                  events --effects--> commands

`decide` is a generator whose events are applied as they are yielded, so each rule reads the state
its predecessors left. Whoever runs the engine appends the events of a step, then performs the
commands.
"""

from collections.abc import Iterable, Iterator

from lianxi.engine.acd import (
    agent_changes,
    callbacks,
    callers,
    calling,
    calling_back,
    calling_changes,
    contact_changes,
    entry_changes,
    fax_changes,
    fax_receiving,
    fax_sending,
    helping,
    holding,
    intents,
    leg_quality,
    limiting,
    merging,
    monitor_changes,
    monitoring,
    offer_changes,
    offering,
    outward_recording,
    overflowing,
    parties,
    party_changes,
    party_legs,
    presence,
    recording,
    recording_notice,
    staffing,
    supervising,
    talking,
    transferring,
    trunks,
    waiting,
    wrapping,
)
from lianxi.engine.acd.seating import settle
from lianxi.engine.asked import refusal
from lianxi.engine.deciding import DEADLINES, DECISIONS
from lianxi.engine.dialer import changes as dial_changes
from lianxi.engine.dialer import deciding as dial_deciding
from lianxi.engine.dialer.following import FOLLOWS, follow
from lianxi.engine.evolving import CHANGES, evolve
from lianxi.engine.ivr import changes as flow_changes
from lianxi.engine.ivr import listening, request_changes, requests
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.state import State
from lianxi.kernel.time import Instant

ROOMS = (
    agent_changes, callbacks, callers, calling, calling_back, calling_changes, contact_changes,
    dial_changes, dial_deciding, entry_changes, fax_changes, fax_receiving, fax_sending,
    flow_changes, helping, holding, intents, leg_quality, limiting, listening, merging,
    monitor_changes, monitoring, offer_changes, offering, outward_recording, overflowing,
    parties, party_changes, party_legs, presence, recording, recording_notice, request_changes,
    requests, staffing, supervising, talking, transferring, trunks, waiting, wrapping,
)  # fmt: skip
"""Imported so that every input finds its decision, every event its change, every timer its end."""


class Engine:
    """The switchboard: state plus the three functions around it."""

    def __init__(self, history: Iterable[Event] = (), state: State | None = None) -> None:
        self.state = State() if state is None else state
        for event in history:
            evolve(event, self.state)

    def step(self, given: Input) -> list[Event]:
        """Take one input to its conclusion, after the deadlines that came before it.

        Returns:
            The events it caused, in order, already applied to `self.state`.
            An input that changes nothing (a repeat, a stray, a wish that `refusal` turns down)
            returns `[]`.
        """
        state = self.state
        events: list[Event] = []
        while (name := state.timers.due(given.at)) is not None:
            self._ring(name, given.at, events)
            settle(state)
        decision = DECISIONS.get(type(given))
        if decision is not None and refusal(given, state) is None:
            self._apply(decision(given, state), events)
        if state.held_legs:
            self._apply(holding.attend(state, given.at), events)
        if state.monitors or state.helps:
            self._apply(monitoring.attend(state, given.at), events)
        floor = state.floor
        if floor.coming is not None and not floor.meeting:
            offer = offering.offer_to_coming(state, given.at)
            if offer is not None:
                evolve(offer, state)
                events.append(offer)
        settle(state)
        while floor.meeting:
            offers = offering.next_offers(state, given.at)
            if not offers:
                break
            for offer in offers:
                evolve(offer, state)
                events.append(offer)
        return events

    def next_deadline(self) -> Instant | None:
        """When to call `step(Tick(at=...))` next, or `None` while nothing is timed."""
        return self.state.timers.next()

    def _apply(self, decided: Iterator[Event], events: list[Event]) -> None:
        state = self.state
        first = len(events)
        for event in decided:
            CHANGES[type(event)](event, state)
            events.append(event)
        if state.dialing.dials or state.dialing.handling:
            for event in events[first:]:
                if type(event) in FOLLOWS:
                    self._apply(follow(event, state), events)

    def _ring(self, name: str, at: Instant, events: list[Event]) -> None:
        state = self.state
        armed = state.timers.armed(name)
        kind, _, key = name.partition(":")
        self._apply(DEADLINES[kind](key, state, at), events)
        if state.timers.armed(name) == armed:
            raise AssertionError(f"the deadline {name} had no consequence")
