"""How events of flows become rows: nodes, answers to surveys, checks of identity.

Nobody tells in one word whether an identity was confirmed: an answer came, and the node was left
as done or asked again in the same instant.
"""

from lianxi.engine.messages import events as e
from lianxi.engine.messages import flowing as f
from lianxi.engine.messages.base import Event
from lianxi.engine.messages.values import StepOutcome
from lianxi.kernel.ids import ContactId, FlowId
from lianxi.kernel.time import Instant, between
from lianxi.projections.flow_models import (
    FactFlowStep,
    FactSurvey,
    FactVerification,
    VerificationResult,
)
from lianxi.projections.memory import Memory
from lianxi.projections.models import FactContact

ANSWERED = (f.RequestOutcome.DONE, f.RequestOutcome.UNKNOWN)


def fold_flow(event: Event, memory: Memory) -> None:
    """Apply one fact about a contact's way through flows."""
    match event:
        case e.FlowBegan() if contact := memory.contacts.get(event.contact):
            contact.flow = event.flow
            contact.flow_version = event.version
        case e.StepEntered() if contact := memory.contacts.get(event.contact):
            _enter_step(contact, event, memory)
        case e.StepLeft() if contact := memory.contacts.get(event.contact):
            _leave_step(contact, event, memory)
            _confirm(event, memory)
        case f.SurveyAnswered() if contact := memory.contacts.get(event.contact):
            _note_answer(contact, event, memory)
        case f.IdentityAsked() if contact := memory.contacts.get(event.contact):
            _ask_identity(contact, event, memory)
        case f.RequestEnded():
            _end_check(event, memory)
        case e.ContactEnded():
            check = _newest_check(event.contact, memory)
            if check is not None and check.result is None:
                check.result = VerificationResult.CALLER_GONE
        case _:
            pass


def _enter_step(contact: FactContact, event: e.StepEntered, memory: Memory) -> None:
    if contact.flow is None or contact.flow_version is None:
        return
    contact.flow_steps += 1
    memory.add(
        FactFlowStep(
            contact=contact.contact,
            seq=contact.flow_steps,
            flow=event.flow or contact.flow,
            version=event.version if event.flow else contact.flow_version,
            node=event.node,
            entered_at=event.at,
        )
    )


def _leave_step(contact: FactContact, event: e.StepLeft, memory: Memory) -> None:
    step = memory.open_step(contact)
    if step is not None:
        step.left_at = event.at
        step.outcome = event.outcome
        step.digit = event.digit
        step.name = event.name
        step.name_en = event.name_en


def _flow_now(contact: FactContact, memory: Memory) -> FlowId:
    step = memory.open_step(contact)
    return step.flow if step is not None else contact.flow or FlowId("")


def _note_answer(contact: FactContact, event: f.SurveyAnswered, memory: Memory) -> None:
    agent = event.agent or contact.last_agent
    memory.add(
        FactSurvey(
            contact=contact.contact,
            seq=len(memory.answers_of.get(contact.contact, ())) + 1,
            direction=contact.direction,
            channel=contact.channel,
            number=contact.number,
            at=event.at,
            flow=_flow_now(contact, memory),
            node=event.node,
            question=event.question,
            answer=event.answer,
            queue=event.queue or contact.last_queue,
            agent=agent,
            team=None if agent is None else memory.team_of(agent),
        )
    )


def _ask_identity(contact: FactContact, event: f.IdentityAsked, memory: Memory) -> None:
    memory.add(
        FactVerification(
            contact=contact.contact,
            seq=len(memory.checks_of.get(contact.contact, ())) + 1,
            direction=contact.direction,
            channel=contact.channel,
            number=contact.number,
            request=event.request,
            flow=_flow_now(contact, memory),
            node=event.node,
            connector=event.connector,
            asked_at=event.at,
        )
    )


def _end_check(event: f.RequestEnded, memory: Memory) -> None:
    check = _newest_check(event.contact, memory)
    if check is None or check.request != event.request or check.result is not None:
        return
    if event.outcome not in ANSWERED:
        is_late = event.outcome is f.RequestOutcome.TIMED_OUT
        check.result = VerificationResult.TIMED_OUT if is_late else VerificationResult.FAILED
        return
    check.result = VerificationResult.REFUSED
    check.answered_at = max(event.at, check.asked_at)
    check.latency_ms = between(check.asked_at, check.answered_at)


def _confirm(event: e.StepLeft, memory: Memory) -> None:
    check = _newest_check(event.contact, memory)
    is_done = event.outcome is StepOutcome.DONE
    if check is None or not is_done or check.node != event.node:
        return
    if check.result is VerificationResult.REFUSED and _is_at(check, event.at):
        check.result = VerificationResult.CONFIRMED


def _is_at(check: FactVerification, at: Instant) -> bool:
    return check.answered_at == max(at, check.asked_at)


def _newest_check(contact: ContactId, memory: Memory) -> FactVerification | None:
    checks = memory.checks_of.get(contact)
    return checks[-1] if checks else None
