"""The dialler's part of the switchboard: its inputs, its deadlines, its refusals."""

from collections.abc import Iterator

from lianxi.engine.deciding import deadline, decides
from lianxi.engine.dialer import answering, choosing, dialling
from lianxi.engine.dialer.memory import DialPhase
from lianxi.engine.messages.base import Event, Input
from lianxi.engine.messages.dialing import (
    BlockListPublished,
    CallProgress,
    DialPlanChanged,
    DialPlanPublished,
    PreviewSkipped,
    PreviewTaken,
    RecordsLoaded,
    RecordsRecalled,
)
from lianxi.engine.state import State
from lianxi.kernel.ids import CampaignId, DialId
from lianxi.kernel.time import Instant


@decides(
    CallProgress,
    PreviewTaken,
    PreviewSkipped,
    RecordsLoaded,
    RecordsRecalled,
    BlockListPublished,
    DialPlanPublished,
)
def decide_dialing(given: Input, state: State) -> Iterator[Event]:
    """What follows from an input about campaigns and dials; nothing from others."""
    if isinstance(given, CallProgress):
        dial = state.dialing.dials.get(given.dial)
        if dial is not None:
            yield from answering.progressed(dial, given.progress, state, given.at)
    elif isinstance(given, PreviewTaken):
        yield from answering.preview_taken(given, state)
    elif isinstance(given, PreviewSkipped):
        yield from answering.preview_skipped(given, state)
    elif isinstance(given, RecordsLoaded):
        yield from choosing.loaded(given, state)
    elif isinstance(given, RecordsRecalled):
        yield from choosing.recalled(given, state)
    elif isinstance(given, BlockListPublished):
        yield from choosing.blocked(given, state)
    elif isinstance(given, DialPlanPublished) and given.plan != state.dialing.plan:
        yield DialPlanChanged(at=given.at, plan=given.plan)


@deadline("pace")
def pace_due(campaign: str, state: State, at: Instant) -> Iterator[Event]:
    """The deadline `pace:<campaign>`."""
    yield from dialling.paced(CampaignId(campaign), state, at)


@deadline("dial")
def dial_due(dial: str, state: State, at: Instant) -> Iterator[Event]:
    """The deadline `dial:<id>`."""
    yield from answering.out_of_time(state.dialing.dials[DialId(dial)], state, at)


def dialing_refusal(given: PreviewTaken | PreviewSkipped, state: State) -> str | None:
    """The code of the reason why an agent may not take or skip a record, or `None`."""
    dial = state.dialing.dials.get(given.dial)
    if dial is None or dial.phase is not DialPhase.PREVIEW or dial.agent != given.agent:
        return "preview_over"
    return None
