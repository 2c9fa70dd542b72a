"""What a contact went through in flows beside menus: one rung per thing that happened.

What callers type is not told, and numbers are masked.
"""

from lianxi.engine.messages import events as e
from lianxi.engine.messages import flowing as f
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.fax import (
    FaxAsked,
    FaxBrokeOff,
    FaxGivenUp,
    FaxLeft,
    FaxMissed,
    FaxSent,
)
from lianxi.engine.messages.floor_events import CallbackRegistered
from lianxi.engine.messages.values import StepOutcome
from lianxi.kernel.ids import QueueId
from lianxi.kernel.masking import mask

Told = tuple[str, dict[str, str | int | bool | None]]
"""The kind of the rung, and its facts."""

STEP_KINDS = {
    StepOutcome.BRANCHED: "branched",
    StepOutcome.UNKNOWN: "step_unknown",
    StepOutcome.FAILED: "step_failed",
    StepOutcome.TIMED_OUT: "step_timed_out",
}


def of_flow(event: Event) -> Told | None:
    """The rung of one fact; `None` for facts that are not worth one."""
    match event:
        case e.StepLeft() if event.outcome in STEP_KINDS:
            choice = {"choice": event.name} if event.name else {}
            choice |= {"choice_en": event.name_en} if event.name_en else {}
            return STEP_KINDS[event.outcome], {"node": event.node, **choice}
        case f.LanguageChosen():
            return "language", {"language": event.language}
        case f.SubFlowBegan():
            return "sub_flow", {"flow": event.flow, "version": event.version}
        case f.HttpAsked():
            return "http_asked", {"connector": event.connector}
        case f.CustomerAsked():
            return "customer_asked", {"number": mask(event.number)}
        case f.IdentityAsked():
            return "identity_asked", {"number": mask(event.number)}
        case f.TransferOutAsked():
            return "transfer_asked", {"number": mask(event.number)}
        case f.TransferOutConnected():
            return "transfer_connected", {}
        case f.SurveyAnswered():
            return "survey_answered", {"question": event.question, "answer": event.answer}
        case FaxAsked():
            return "fax_asked", {"number": mask(event.number), "pages": event.pages}
        case FaxBrokeOff():
            return "fax_broke_off", {"cause": event.cause, "attempt": event.attempt}
        case FaxSent():
            return "fax_sent", {"pages": event.pages}
        case FaxGivenUp():
            return "fax_given_up", {"cause": event.cause, "attempts": event.attempts}
        case _:
            return None


def queue_of(event: Event) -> tuple[Told, QueueId] | None:
    """The rung of a fact that leaves something for a queue, and the queue."""
    match event:
        case f.VoicemailLeft():
            return ("voicemail_left", {"length_ms": event.length}), event.queue
        case FaxLeft():
            told: Told = "fax_left", {"pages": event.pages, "is_whole": event.is_whole}
            return told, event.queue
        case FaxMissed():
            return ("fax_missed", {"cause": event.cause}), event.queue
        case CallbackRegistered():
            return ("callback_asked", {"number": mask(event.number)}), event.queue
        case _:
            return None


def typed(digits: str) -> str:
    """A wrong key as it is; of a wrong input only how long it was."""
    return digits if len(digits) <= 1 else "x" * len(digits)
