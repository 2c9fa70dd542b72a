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


class QueueRuleInvalid(Rejection):
    """The queue cannot be set like this; the facts name the field and what is wrong with it."""

    code = "queue_rule_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
