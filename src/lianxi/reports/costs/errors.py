"""Refusals of the ledger."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CostInvalid(Rejection):
    """The cost entry is not written as it should be; the field named here says where: its period
    ends on or after the day it begins and is at most five years long, and the amount is above
    zero."""

    code = "cost_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class CostCurrencyDiffers(Rejection):
    """The ledger is kept in another currency; book the amount in that one."""

    code = "cost_currency_differs"


class CostNotFound(Rejection):
    """There is no such cost entry, or it is cancelled already."""

    code = "cost_not_found"
    status = HTTPStatus.NOT_FOUND
