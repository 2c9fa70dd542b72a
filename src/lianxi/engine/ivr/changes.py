"""How facts about flows and prompts change the state."""

from lianxi.engine.evolving import changes
from lianxi.engine.messages.events import (
    FlowBegan,
    InputAwaited,
    InputRejected,
    PromptBegan,
    PromptEnded,
    StepEntered,
    StepLeft,
)
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State


@changes(FlowBegan)
def _(event: FlowBegan, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.flow = event.flow
    contact.version = event.version


@changes(StepEntered)
def _(event: StepEntered, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.node = event.node
    contact.tries = 0


@changes(StepLeft)
def _(event: StepLeft, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.node = None
    state.timers.clear(f"input:{event.contact}")
    if event.outcome is StepOutcome.CHOSEN:
        contact.menu_path.append((event.name, event.name_en))


@changes(InputRejected)
def _(event: InputRejected, state: State) -> None:
    state.contacts[event.contact].tries = event.tries
    state.timers.clear(f"input:{event.contact}")


@changes(InputAwaited)
def _(event: InputAwaited, state: State) -> None:
    state.timers.set(f"input:{event.contact}", event.until)


@changes(PromptBegan)
def _(event: PromptBegan, state: State) -> None:
    state.contacts[event.contact].playback = event.playback
    state.counters["playback"] = state.number("playback")
    state.timers.set(f"prompt:{event.contact}", event.deadline)


@changes(PromptEnded)
def _(event: PromptEnded, state: State) -> None:
    state.contacts[event.contact].playback = None
    state.timers.clear(f"prompt:{event.contact}")
