"""Refusals of the connectors module, and what keeps a system outside from being asked."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class ConnectorNotFound(Rejection):
    """There is no such connector."""

    code = "connector_not_found"
    status = HTTPStatus.NOT_FOUND


class ConnectorInvalid(Rejection):
    """The connector is not written as it should be; the field named here says where: names are of
    small letters, digits and underscores, addresses begin with http:// or https:// and have no user
    name in them."""

    code = "connector_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class NotAnswered(Exception):
    """A system outside gave no answer that could be used.

    Args:
        cause: stable code.
    """

    def __init__(self, cause: str) -> None:
        self.cause = cause
        super().__init__(cause)
