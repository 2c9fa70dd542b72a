"""Refusals of the reports."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class FormulaUnknown(Rejection):
    """This figure has no formula of that name; the page about the figure lists them."""

    code = "formula_unknown"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class QueueNotYours(Rejection):
    """You may look at the figures of your own queues only; choose one of them."""

    code = "queue_not_yours"
    status = HTTPStatus.FORBIDDEN
