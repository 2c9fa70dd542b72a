"""Refusals of the cases module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CaseNotFound(Rejection):
    """There is no such work order, or you may not see it."""

    code = "case_not_found"
    status = HTTPStatus.NOT_FOUND


class CaseTypeNotFound(Rejection):
    """There is no such type of work order, or it is no longer used."""

    code = "case_type_not_found"
    status = HTTPStatus.NOT_FOUND


class AreaNotFound(Rejection):
    """There is no such work area, or it is no longer used."""

    code = "area_not_found"
    status = HTTPStatus.NOT_FOUND


class CaseChanged(Rejection):
    """Somebody else changed this work order after you read it; look at what it is now."""

    code = "case_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class CaseClosed(Rejection):
    """The work order is archived or withdrawn; what is written about it stays as it is."""

    code = "case_closed"


class CaseReasonMissing(Rejection):
    """Say why: this step needs a reason."""

    code = "case_reason_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CaseTextMissing(Rejection):
    """A work order needs a title, and what it is about."""

    code = "case_text_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class HandlingMissing(Rejection):
    """Before it is complete, say who did the work and what was done."""

    code = "handling_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AreaReturnedIt(Rejection):
    """This area returned the work order before; give a reason to send it there again."""

    code = "area_returned_it"


class NotYourArea(Rejection):
    """The work order is with another area; only its people can do this."""

    code = "not_your_area"
    status = HTTPStatus.FORBIDDEN


class CallbackNotDue(Rejection):
    """The customer was tried less than two hours ago; try again later."""

    code = "callback_not_due"


class CallbackRequired(Rejection):
    """The customer has to be called back before this work order is reviewed."""

    code = "callback_required"


class CallbackNotRequired(Rejection):
    """Work orders of this type are not called back; send it to review."""

    code = "callback_not_required"


class CallbackNotWaiting(Rejection):
    """The customer of this work order need not be called back, or was already."""

    code = "callback_not_waiting"


class CannotCallBack(Rejection):
    """This person may not call customers back, or not about this work order; choose another."""

    code = "cannot_call_back"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class OwnWork(Rejection):
    """You dispatched or handled this work order; somebody else has to review it."""

    code = "own_work"
    status = HTTPStatus.FORBIDDEN


class SuspendedAlready(Rejection):
    """The work order waits for the customer already, or does not wait."""

    code = "suspended_already"


class NoExtension(Rejection):
    """Nobody has asked for more time, or it is asked for already."""

    code = "no_extension"


class CannotMerge(Rejection):
    """A work order cannot be merged into itself, or into one that is closed."""

    code = "cannot_merge"


class WarningOpen(Rejection):
    """A complaint warning about this work order is still open; it stays open until that is
    closed."""

    code = "warning_open"


class CaseFactsMissing(Rejection):
    """This step needs to be told more: the facts say what is missing."""

    code = "case_facts_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CaseSetupChanged(Rejection):
    """Somebody else changed this after you read it; look at both and save again."""

    code = "case_setup_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class CaseSetupInvalid(Rejection):
    """This cannot be kept; the facts name the field and what is wrong with it."""

    code = "case_setup_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class AreaInUse(Rejection):
    """Open work orders are with this area; dispatch them elsewhere before you switch it off."""

    code = "area_in_use"


class PresetNotFound(Rejection):
    """There is no preset of this name."""

    code = "preset_not_found"
    status = HTTPStatus.NOT_FOUND
