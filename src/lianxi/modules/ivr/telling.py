"""The events of a caller on trial, as lines that a person reads."""

from collections.abc import Mapping, Sequence

from lianxi.engine.ivr.nodes.announcement import ASKED as ANNOUNCEMENTS
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.events import (
    ContactEnded,
    ContactQueued,
    InputRejected,
    PromptBegan,
    StepEntered,
    StepLeft,
)
from lianxi.engine.messages.expressions import Value
from lianxi.engine.messages.fax import FaxBegan
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.flowing import (
    CustomerAsked,
    DigitCollected,
    HttpAsked,
    IdentityAsked,
    LanguageChosen,
    RequestEnded,
    SubFlowBegan,
    SubFlowEnded,
    SurveyAnswered,
    TransferOutAsked,
    TransferOutConnected,
    VariablesSet,
    VoicemailBegan,
)
from lianxi.kernel.ids import FlowId, NodeId, PromptName
from lianxi.kernel.time import Instant
from lianxi.modules.ivr.contracts import WalkStep


class Telling:
    """What happened so far, and in which flow and node the caller is."""

    def __init__(self, flow: FlowId) -> None:
        self.steps: list[WalkStep] = []
        self.playing: tuple[PromptName, ...] = ()
        """What is being played, or was played last."""
        self._flows = [flow]
        self._node: NodeId | None = None

    def tell(
        self,
        at: Instant,
        kind: str,
        *,
        node: NodeId | None = None,
        what: str = "",
        prompts: tuple[PromptName, ...] = (),
        values: Mapping[str, Value] | None = None,
    ) -> None:
        """Add a line."""
        self.steps.append(
            WalkStep(
                at=at,
                kind=kind,
                flow=self._flows[-1],
                node=node or self._node,
                what=what,
                prompts=prompts,
                values=values or {},
            )
        )

    def hear(self, events: Sequence[Event]) -> None:
        """Tell what the engine said; bookkeeping is left out."""
        for event in events:
            self._one(event)

    def _one(self, event: Event) -> None:
        at = event.at
        match event:
            case StepEntered():
                self._node = event.node
                self.tell(at, "entered")
            case StepLeft():
                self.tell(at, "left", what=event.outcome.value)
                self._node = None
            case PromptBegan():
                self.playing = event.prompts
                self.tell(at, "said", prompts=event.prompts, what=event.language)
            case InputRejected():
                self.tell(at, "wrong" if event.digit else "silent", what=str(event.tries))
            case DigitCollected():
                self.tell(at, "digit", what=event.digit)
            case VariablesSet():
                self.tell(at, "set", values=event.values)
            case LanguageChosen():
                self.tell(at, "language", what=event.language)
            case SurveyAnswered():
                given = "" if event.answer is None else str(event.answer)
                self.tell(at, "survey", what=given)
            case SubFlowBegan():
                self._flows.append(event.flow)
                self.tell(at, "sub_flow", what=event.flow, values=event.values)
            case SubFlowEnded():
                self._flows.pop()
                self.tell(at, "back", values=event.values)
            case _:
                self._outside(event)

    def _outside(self, event: Event) -> None:
        """What concerns others than the caller."""
        at = event.at
        match event:
            case HttpAsked(connector=connector) if connector == ANNOUNCEMENTS:
                self.tell(at, "asked_announcement", what=str(event.arguments["number"]))
            case HttpAsked():
                self.tell(at, "asked_http", what=event.connector, values=event.arguments)
            case CustomerAsked():
                self.tell(at, "asked_customer", what=event.number)
            case IdentityAsked():
                self.tell(at, "asked_identity", what=event.number)
            case VoicemailBegan():
                self.tell(at, "asked_voicemail", what=event.queue)
            case FaxBegan():
                self.tell(at, "asked_fax", what=event.queue)
            case TransferOutAsked():
                self.tell(at, "asked_transfer", what=event.number)
            case TransferOutConnected():
                self.tell(at, "talking")
            case RequestEnded():
                self.tell(at, "answered", what=event.outcome.value)
            case CallbackRegistered():
                self.tell(at, "callback", what=event.number)
            case ContactQueued():
                self.tell(at, "queued", what=event.queue)
            case ContactEnded():
                self.tell(at, "ended")
            case _:
                return
