"""Refusals of the ledger."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class Unbalanced(Rejection):
    """What leaves and what arrives do not add up to zero; the facts name the item and by how
    much."""

    code = "unbalanced"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotEnough(Rejection):
    """The account does not hold so much of this item."""

    code = "not_enough"


class VoucherNotFound(Rejection):
    """There is no such voucher."""

    code = "voucher_not_found"
    status = HTTPStatus.NOT_FOUND


class ReversedAlready(Rejection):
    """This voucher was reversed before."""

    code = "reversed_already"
