"""When an event of a work order is refused. Pure."""

from lianxi.modules.cases.contracts import CallbackResult, Case, DispatchOutcome
from lianxi.modules.cases.errors import (
    AreaReturnedIt,
    CallbackNotDue,
    CallbackNotRequired,
    CallbackRequired,
    CaseReasonMissing,
    HandlingMissing,
    NoExtension,
    OwnWork,
    SuspendedAlready,
    WarningOpen,
)
from lianxi.office.flow.contracts import Happened

BETWEEN_ATTEMPTS_MS = 2 * 3_600_000
"""Of calling back somebody who was not reached (RL15)."""


def has_reason(case: Case, happened: Happened) -> None:
    """A reason was given."""
    if not happened.reason.strip():
        raise CaseReasonMissing(event=happened.event)


def may_go_there(case: Case, happened: Happened) -> None:
    """The area has not returned it before, or there is a reason to send it there again."""
    area = happened.facts["area"]
    returned = any(
        d.area == area and d.outcome is DispatchOutcome.RETURNED for d in case.dispatches
    )
    if returned and not happened.reason.strip():
        raise AreaReturnedIt(area=area)


def has_handling(case: Case, happened: Happened) -> None:
    """Who did it and what was done are on record."""
    if not any(word.strip() for word in happened.facts.get("workers", ())):
        raise HandlingMissing(missing="workers")
    if not str(happened.facts.get("text", "")).strip():
        raise HandlingMissing(missing="text")


def wants_callback(case: Case, happened: Happened) -> None:
    """The customer is to be called back, and not every few minutes."""
    if not case.callback_required:
        raise CallbackNotRequired
    tries = [c for c in case.callbacks if c.round == case.round]
    if tries and happened.at - tries[-1].at < BETWEEN_ATTEMPTS_MS and is_missed(happened):
        raise CallbackNotDue(after=tries[-1].at + BETWEEN_ATTEMPTS_MS)


def wants_no_callback(case: Case, happened: Happened) -> None:
    """Nobody waits for a word of the customer."""
    if case.callback_required:
        raise CallbackRequired


def is_other_person(case: Case, happened: Happened) -> None:
    """Four eyes: who reviews neither dispatched nor handled it."""
    by = happened.user
    mine = {d.by for d in case.dispatches} | {h.by for h in case.handlings}
    if by is not None and by in mine:
        raise OwnWork


def is_not_suspended(case: Case, happened: Happened) -> None:
    """It does not wait for the customer."""
    if case.suspended:
        raise SuspendedAlready(suspended=True)


def is_suspended(case: Case, happened: Happened) -> None:
    """It waits for the customer."""
    if not case.suspended:
        raise SuspendedAlready(suspended=False)


def no_extension_asked(case: Case, happened: Happened) -> None:
    """Nobody asked for more time yet."""
    if case.extension is not None:
        raise NoExtension(asked=True)


def extension_asked(case: Case, happened: Happened) -> None:
    """Somebody asked for more time."""
    if case.extension is None:
        raise NoExtension(asked=False)


def is_missed(happened: Happened) -> bool:
    """Whether the customer was not reached."""
    return happened.facts.get("result") == CallbackResult.UNREACHABLE


def has_no_warning(case: Case, happened: Happened) -> None:
    """A warning about it that is open keeps it open (R141)."""
    if case.warned:
        raise WarningOpen
