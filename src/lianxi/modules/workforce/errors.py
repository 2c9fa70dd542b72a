"""Refusals of the workforce module."""

from http import HTTPStatus

from lianxi.kernel.errors import Rejection


class LoadExceedsAgents(Rejection):
    """With callers who never hang up the queue grows without end unless there are more agents
    than erlangs of load; give more agents, or say how patient the callers are."""

    code = "load_exceeds_agents"
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class StaffingInputInvalid(Rejection):
    """Staffing cannot be calculated from this; the facts name the field and what is wrong."""

    code = "staffing_input_invalid"
    status = HTTPStatus.UNPROCESSABLE_ENTITY
