"""Refusals of flows."""

from lianxi.kernel.errors import Rejection


class EventNotAllowed(Rejection):
    """This cannot be done in the present state; look at what the matter is now and choose one of
    the steps it allows."""

    code = "event_not_allowed"
