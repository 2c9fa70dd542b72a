"""Refusals of the warnings module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class WarningNotFound(Rejection):
    """There is no such complaint warning, or you may not see it."""

    code = "warning_not_found"
    status = HTTPStatus.NOT_FOUND


class WarningChanged(Rejection):
    """Somebody else changed this warning after you read it; look at what it is now."""

    code = "warning_changed"
    status = HTTPStatus.PRECONDITION_FAILED


class WarnedAlready(Rejection):
    """A warning about this work order is open already; go on with that one."""

    code = "warned_already"


class CannotWarn(Rejection):
    """The work order is archived or withdrawn; reopen it before you warn of it."""

    code = "cannot_warn"


class NotYourPost(Rejection):
    """This step belongs to another post; only its holder or a supervisor can do it."""

    code = "not_your_post"
    status = HTTPStatus.FORBIDDEN


class WarningTextMissing(Rejection):
    """Write down your reason or opinion: this step needs it."""

    code = "warning_text_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WarningRejected(Rejection):
    """The supervisor found that the sheet does not conform; it has to be sent back."""

    code = "warning_rejected"


class WarningNotRejected(Rejection):
    """Decide first that the sheet does not conform, and say why; then send it back."""

    code = "warning_not_rejected"


class FirstRound(Rejection):
    """Reports of each day begin when the customer was not satisfied once."""

    code = "first_round"


class SatisfactionMissing(Rejection):
    """Say whether the customer is satisfied now."""

    code = "satisfaction_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class WarningSetupInvalid(Rejection):
    """This cannot be set for complaint warnings; the facts name the field and the reason."""

    code = "warning_setup_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class SheetContentsMissing(Rejection):
    """The sheet needs its six contents, each of them required: number, district, problem, findings,
    dissatisfaction and difficulty; other questions may stand beside them."""

    code = "sheet_contents_missing"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
