"""Refusals about faxes."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class FaxOver(Rejection):
    """This fax is sent or given up already; there is nothing to be stopped."""

    code = "fax_over"
    status = HTTPStatus.CONFLICT


class FaxNotFound(Rejection):
    """There is no such fax, or it is not among those you may see."""

    code = "fax_not_found"
    status = HTTPStatus.NOT_FOUND


class FaxUnreadable(Rejection):
    """This document cannot be sent: it is no PDF, needs a password, or has no or too many pages."""

    code = "fax_unreadable"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


OF_FAXES: dict[str, type[Rejection]] = {FaxOver.code: FaxOver}
