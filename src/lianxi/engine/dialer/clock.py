"""The clock of a campaign: when it is looked at next, and what wakes it before."""

from typing import Final

from lianxi.engine.dialer.memory import CampaignMemory, Stood
from lianxi.engine.evolving import changes
from lianxi.engine.messages.campaigns import PaceCause
from lianxi.engine.messages.dialing import CampaignPaced
from lianxi.engine.state import State
from lianxi.kernel.time import Instant, Millis, after

TICK = Millis(1_000)

REMEMBERED = Millis(3 * 86_400_000)
"""What was tried with a number is forgotten so long after it may be tried again; whoever hands the
record in again says how often it was."""

FORGOTTEN_AT_ONCE = 20
"""Per pacing."""

STANDING: Final = (PaceCause.PACED, PaceCause.GUARDED, PaceCause.LINES)
"""Causes of a campaign that may dial and has somebody to call."""


def stood_of(event: CampaignPaced) -> Stood | None:
    """How things stand when there is nothing to add; `None` if they do not stand."""
    if event.ahead or event.reserved or event.cause not in STANDING:
        return None
    return (event.cause, event.present, event.free, event.open)


def look_soon(memory: CampaignMemory, state: State, at: Instant) -> None:
    """A dial changed: who had nothing to add may have now."""
    if memory.stood is None:
        return
    memory.stood = None
    timer = f"pace:{memory.rule.id}"
    armed = state.timers.armed(timer)
    if armed is not None and armed > after(at, TICK):
        state.timers.set(timer, after(at, TICK))


@changes(CampaignPaced)
def _(event: CampaignPaced, state: State) -> None:
    memory = state.dialing.campaigns[event.campaign]
    memory.fall_due(event.at)
    memory.stood = stood_of(event)
    state.timers.set(f"pace:{event.campaign}", event.next_at)
    _forget(memory, state, event.at)


def _forget(memory: CampaignMemory, state: State, at: Instant) -> None:
    for _ in range(FORGOTTEN_AT_ONCE):
        number = next(iter(memory.tried), None)
        if number is None or after(memory.tried[number].next_at, REMEMBERED) > at:
            break
        del memory.tried[number]
    resting = state.dialing.resting
    for _ in range(FORGOTTEN_AT_ONCE):
        number = next(iter(resting), None)
        if number is None or resting[number] > at:
            break
        del resting[number]
