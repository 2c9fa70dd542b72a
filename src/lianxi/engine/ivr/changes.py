"""How facts about flows and prompts change the state."""

from lianxi.engine.evolving import changes
from lianxi.engine.ivr.walk import Frame, Walk
from lianxi.engine.messages.events import (
    FlowBegan,
    InputAwaited,
    InputRejected,
    PromptBegan,
    PromptEnded,
    StepEntered,
    StepLeft,
)
from lianxi.engine.messages.flowing import (
    DigitCollected,
    DigitKept,
    DigitsHidden,
    DigitsShown,
    DigitsTaken,
    LanguageChosen,
    SubFlowBegan,
    SubFlowEnded,
    SurveyAnswered,
    VariablesSet,
)
from lianxi.engine.messages.values import StepOutcome
from lianxi.engine.state import State
from lianxi.kernel.ids import ContactId, TrunkId


def walk_of(contact: ContactId, state: State) -> Walk:
    """What the contact carries through its flow.

    Raises:
        AssertionError: the contact never entered a flow.
    """
    walk = state.contacts[contact].walk
    assert walk is not None
    return walk


@changes(FlowBegan)
def _(event: FlowBegan, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.flow = event.flow
    contact.version = event.version
    contact.walk = Walk(flow=event.flow, version=event.version, pinned=event.pinned or {})


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
        contact.menu_path = (*contact.menu_path, (event.name, event.name_en))
    walk = contact.walk
    if walk is not None:
        walk.digits = ""
        walk.question = 0
        walk.trunk = TrunkId("")
        walk.tried = ()
        if walk.request is not None:
            walk.request = None
            walk.is_outside = False
            state.timers.clear(f"request:{event.contact}")


@changes(InputRejected)
def _(event: InputRejected, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.tries = event.tries
    if contact.walk is not None:
        contact.walk.digits = ""
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


# --- keys


@changes(DigitKept)
def _(event: DigitKept, state: State) -> None:
    walk_of(event.contact, state).typed += event.digit


@changes(DigitsTaken)
def _(event: DigitsTaken, state: State) -> None:
    walk = walk_of(event.contact, state)
    walk.typed = walk.typed[event.count :]
    walk.ignored = ""


@changes(DigitCollected)
def _(event: DigitCollected, state: State) -> None:
    walk = walk_of(event.contact, state)
    walk.digits += event.digit
    walk.ignored = event.ignored
    walk.ignored_until = event.until
    state.timers.set(f"input:{event.contact}", event.until)


@changes(DigitsHidden)
def _(event: DigitsHidden, state: State) -> None:
    walk = walk_of(event.contact, state)
    walk.request = event.request
    walk.secrets[event.variable] = event.request
    state.counters["request"] = state.number("request")


@changes(DigitsShown)
def _(event: DigitsShown, state: State) -> None:
    walk_of(event.contact, state).request = None


# --- variables, language, sub-flows, survey


@changes(VariablesSet)
def _(event: VariablesSet, state: State) -> None:
    walk_of(event.contact, state).values.update(event.values)


@changes(LanguageChosen)
def _(event: LanguageChosen, state: State) -> None:
    state.contacts[event.contact].language = event.language


@changes(SubFlowBegan)
def _(event: SubFlowBegan, state: State) -> None:
    walk = walk_of(event.contact, state)
    walk.frames.append(
        Frame(
            flow=walk.flow,
            version=walk.version,
            back=event.back,
            values=walk.values,
            results=event.results,
            secrets=walk.secrets,
        )
    )
    walk.flow = event.flow
    walk.version = event.version
    walk.values = dict(event.values)
    walk.secrets = {}


@changes(SubFlowEnded)
def _(event: SubFlowEnded, state: State) -> None:
    walk = walk_of(event.contact, state)
    frame = walk.frames.pop()
    for name, found in frame.results.items():
        if found in walk.secrets:
            frame.secrets[name] = walk.secrets[found]
    walk.flow = frame.flow
    walk.version = frame.version
    walk.values = frame.values
    walk.values.update(event.values)
    walk.secrets = frame.secrets


@changes(SurveyAnswered)
def _(event: SurveyAnswered, state: State) -> None:
    contact = state.contacts[event.contact]
    contact.tries = 0
    walk_of(event.contact, state).question += 1
    state.timers.clear(f"input:{event.contact}")
