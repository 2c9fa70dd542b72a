"""What each event changes in a work order. Pure."""

from dataclasses import replace
from typing import Any

from lianxi.kernel.ids import AreaId, ContactId, UserId
from lianxi.kernel.time import Instant
from lianxi.modules.cases.callback_kinds import CallbackKind
from lianxi.modules.cases.contracts import (
    Callback,
    CallbackResult,
    Case,
    CaseState,
    Dispatch,
    DispatchOutcome,
    DispatchRole,
    Extension,
    Handling,
    Review,
    Round,
)
from lianxi.office.flow.contracts import Happened

MOST_ATTEMPTS = 3
"""Of calling back, before somebody counts as unreachable (RL15)."""
ESCALATED_AT = 3
"""Misdispatches after which the supervisor hears of it (RL14)."""


def dispatched(case: Case, happened: Happened) -> Case:
    """Given to an area."""
    return _given(case, happened, DispatchRole.LEAD)


def given_to_one_more(case: Case, happened: Happened) -> Case:
    """加派: another area assists."""
    return _given(case, happened, DispatchRole.ASSIST)


def _given(case: Case, happened: Happened, role: DispatchRole) -> Case:
    dispatch = Dispatch(
        number=len(case.dispatches) + 1,
        round=case.round,
        area=AreaId(str(happened.facts["area"])),
        role=role,
        by=happened.user,
        at=happened.at,
        note=str(happened.facts.get("note", "")),
    )
    return replace(case, dispatches=(*case.dispatches, dispatch))


def _lead(case: Case, **changes: Any) -> Case:
    """The newest dispatch to the lead of this round, changed."""
    found = [d for d in case.dispatches if d.role is DispatchRole.LEAD and d.round == case.round][
        -1
    ]
    changed = replace(found, **changes)
    return replace(case, dispatches=tuple(changed if d is found else d for d in case.dispatches))


def accepted(case: Case, happened: Happened) -> Case:
    """签收."""
    return _lead(case, accepted_at=happened.at)


def reassigned(case: Case, happened: Happened) -> Case:
    """转派 inside the area: the dispatch stays."""
    person = happened.facts.get("person")
    return _lead(case, person=UserId(str(person)) if person else None)


def misdispatched(case: Case, happened: Happened) -> Case:
    """误派: not theirs."""
    changed = _lead(case, outcome=DispatchOutcome.RETURNED, return_reason=happened.reason)
    return replace(changed, misdispatches=case.misdispatches + 1)


def explained(case: Case, happened: Happened) -> Case:
    """误派说明: why it went to the wrong area."""
    return _lead(case, explanation=happened.reason, explained_at=happened.at)


def overruled(case: Case, happened: Happened) -> Case:
    """驳回: the arbiter says that it is theirs after all."""
    return _lead(
        case,
        outcome=DispatchOutcome.ACTIVE,
        explanation=happened.reason,
        explained_at=happened.at,
    )


def handled(case: Case, happened: Happened) -> Case:
    """Something was done."""
    facts = happened.facts
    lead = case.lead
    visited = bool(facts.get("visited", False))
    handling = Handling(
        number=len(case.handlings) + 1,
        round=case.round,
        dispatch=lead.number if lead else 0,
        workers=tuple(str(word).strip() for word in facts.get("workers", ()) if str(word).strip()),
        text=str(facts.get("text", "")),
        completed=happened.event == "complete",
        visited=visited,
        by=happened.user,
        at=happened.at,
    )
    return replace(case, handlings=(*case.handlings, handling), visited=case.visited or visited)


def completed(case: Case, happened: Happened) -> Case:
    """完成."""
    done = tuple(
        replace(d, outcome=DispatchOutcome.DONE)
        if d.round == case.round and d.outcome is DispatchOutcome.ACTIVE
        else d
        for d in case.dispatches
    )
    found = replace(handled(case, happened), dispatches=done, suspended=False)
    return _round(found, resolved_at=happened.at)


def called_back(case: Case, happened: Happened) -> Case:
    """回访: what the customer said."""
    contact = happened.facts.get("contact")
    callback = Callback(
        number=len(case.callbacks) + 1,
        round=case.round,
        by=happened.user,
        at=happened.at,
        result=CallbackResult(str(happened.facts["result"])),
        note=happened.reason,
        contact=ContactId(str(contact)) if contact else None,
        kind=CallbackKind(str(happened.facts.get("kind") or CallbackKind.CALL)),
    )
    return replace(case, callbacks=(*case.callbacks, callback))


def closed_by_customer(case: Case, happened: Happened) -> Case:
    """It is well, or the customer does not say: finished for the customer."""
    return _round(called_back(case, happened), closed_at=happened.at)


def unsatisfied(case: Case, happened: Happened) -> Case:
    """It is not well: this round ends, another begins."""
    ended = _round(called_back(case, happened), closed_at=happened.at, outcome="unsatisfied")
    return _another(ended, happened.at)


def submitted(case: Case, happened: Happened) -> Case:
    """送审: finished for the customer."""
    return _round(case, closed_at=happened.at)


def approved(case: Case, happened: Happened) -> Case:
    """审核通过."""
    return _round(_reviewed(case, happened, passed=True), outcome="archived")


def rejected(case: Case, happened: Happened) -> Case:
    """审核不通过: this round ends, another begins."""
    ended = _round(_reviewed(case, happened, passed=False), outcome="rejected")
    return _another(ended, happened.at)


def _reviewed(case: Case, happened: Happened, *, passed: bool) -> Case:
    review = Review(
        number=len(case.reviews) + 1,
        round=case.round,
        by=happened.user,
        at=happened.at,
        mode=case.audit_mode,
        passed=passed,
        reason=happened.reason,
    )
    return replace(case, reviews=(*case.reviews, review))


def reopened(case: Case, happened: Happened) -> Case:
    """重开: a new round with fresh targets (RL13)."""
    ended = case if case.rounds[-1].outcome else _round(case, outcome="reopened")
    return replace(_another(ended, happened.at), hash="")


def withdrawn(case: Case, happened: Happened) -> Case:
    """撤销; a warning about it ends with it."""
    merged = happened.facts.get("merged_into")
    ended = _round(case, closed_at=happened.at, outcome="merged" if merged else "withdrawn")
    return replace(ended, suspended=False, warned=False, merged_into=merged)


def _round(case: Case, **changes: Any) -> Case:
    return replace(case, rounds=(*case.rounds[:-1], replace(case.rounds[-1], **changes)))


def _another(case: Case, at: Instant) -> Case:
    return replace(case, rounds=(*case.rounds, Round(number=case.round + 1, opened_at=at)))


def suspended(case: Case, happened: Happened) -> Case:
    """挂起."""
    return replace(case, suspended=True)


def resumed(case: Case, happened: Happened) -> Case:
    """解挂."""
    return replace(case, suspended=False)


def urged(case: Case, happened: Happened) -> Case:
    """催办."""
    return replace(case, urges=case.urges + 1)


def supervised(case: Case, happened: Happened) -> Case:
    """督办, or no longer."""
    return replace(case, supervised=bool(happened.facts.get("on", True)))


def warned(case: Case, happened: Happened) -> Case:
    """A warning about it began, or is over."""
    return replace(case, warned=bool(happened.facts.get("on", True)))


def more_time_asked(case: Case, happened: Happened) -> Case:
    """延期申请."""
    asked = Extension(
        minutes=int(happened.facts["minutes"]),
        reason=happened.reason,
        by=happened.user,
        at=happened.at,
    )
    return replace(case, extension=asked)


def more_time_decided(case: Case, happened: Happened) -> Case:
    """Granted or refused; the clock is moved by who fires it."""
    return replace(case, extension=None)


def attempts(case: Case) -> int:
    """How often the customer was tried in this round."""
    return sum(c.round == case.round for c in case.callbacks)


def callback_event(case: Case, result: CallbackResult) -> str:
    """Which event a result of calling back is."""
    match result:
        case CallbackResult.UNSATISFIED:
            return "callback_unsatisfied"
        case CallbackResult.UNREACHABLE if attempts(case) + 1 < MOST_ATTEMPTS:
            return "callback_missed"
        case _:
            return "callback_closed"


def is_frozen(case: Case) -> bool:
    """Whether its content may no longer be changed."""
    return case.state in (CaseState.REVIEW, CaseState.ARCHIVED, CaseState.WITHDRAWN)
