"""Refusals of the scripts module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class ScriptNotFound(Rejection):
    """There is no such script, it was withdrawn, or it belongs to queues that are not yours."""

    code = "script_not_found"
    status = HTTPStatus.NOT_FOUND


class ScriptInvalid(Rejection):
    """The script cannot be published like this; the facts name the step and what is wrong with
    it."""

    code = "script_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class ScriptChangedMeanwhile(Rejection):
    """Somebody else changed this script after you read it; compare both and save again."""

    code = "script_changed_meanwhile"
    status = HTTPStatus.PRECONDITION_FAILED


class ScriptUnchanged(Rejection):
    """The draft is the same as the newest version; there is nothing to publish."""

    code = "script_unchanged"


class StatementUnknown(Rejection):
    """The script's version has no such mandatory statement; reload the page."""

    code = "script_statement_unknown"
    status = HTTPStatus.NOT_FOUND
