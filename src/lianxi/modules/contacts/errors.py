"""Refusals of the contacts module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class RecordNotFound(Rejection):
    """There is no such contact, or it is not among those you may see."""

    code = "record_not_found"
    status = HTTPStatus.NOT_FOUND


class NumberUnknown(Rejection):
    """The caller's number was withheld; there is nothing to show."""

    code = "number_withheld"
    status = HTTPStatus.CONFLICT
