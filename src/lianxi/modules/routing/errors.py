"""Refusals of the routing module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class QueueNotFound(Rejection):
    """There is no such queue."""

    code = "queue_not_found"
    status = HTTPStatus.NOT_FOUND


class AgentNotFound(Rejection):
    """There is no such agent."""

    code = "agent_not_found"
    status = HTTPStatus.NOT_FOUND


class NumberNotFound(Rejection):
    """Nothing answers this number."""

    code = "number_not_found"
    status = HTTPStatus.NOT_FOUND


class TrunkNotFound(Rejection):
    """There is no such trunk."""

    code = "trunk_not_found"
    status = HTTPStatus.NOT_FOUND


class CalendarNotFound(Rejection):
    """There is no such calendar."""

    code = "calendar_not_found"
    status = HTTPStatus.NOT_FOUND


class AlreadyThere(Rejection):
    """There is one with this id already; change that one, or choose another id."""

    code = "already_there"


class ChangedMeanwhile(Rejection):
    """Somebody else changed this after you read it; read it again and repeat your change."""

    code = "changed_meanwhile"
    status = HTTPStatus.PRECONDITION_FAILED


class QueueRuleInvalid(Rejection):
    """The queue cannot be set like this; the facts name the field and what is wrong with it."""

    code = "queue_rule_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class RoutingInvalid(Rejection):
    """The routing cannot be set like this; the facts name the place and what is wrong there."""

    code = "routing_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class StillInUse(Rejection):
    """Something still leads to this or uses it, so it stays; the facts say what. Change that
    first."""

    code = "still_in_use"
