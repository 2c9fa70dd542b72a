"""Refusals of deadlines."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class DeadlineRefused(Rejection):
    """This deadline cannot be kept: its time is not positive, it counts open time without a
    calendar, or a mark is not exactly one of a share of the time and a distance from its end."""

    code = "deadline_refused"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class DeadlineChanged(Rejection):
    """Somebody else set this deadline after you read it; look at both and set it again."""

    code = "deadline_changed"
    status = HTTPStatus.PRECONDITION_FAILED
