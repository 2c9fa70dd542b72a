"""Refusals of the customers module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class CustomerNotFound(Rejection):
    """No customer has this number."""

    code = "customer_not_found"
    status = HTTPStatus.NOT_FOUND


class CodeInvalid(Rejection):
    """A service code has 4 to 20 digits and nothing else; choose another one."""

    code = "code_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
